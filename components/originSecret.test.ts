import assert from "node:assert/strict";
import { tokens, acceptedSecrets, sentSecret } from "./test/deployedEdge";
import { deploy, type Deployment } from "./test/deployment";

describe("The rotation of the secret header", () => {
    it("never lets CloudFront send a value that the load balancer refuses", async () => {
        const generations: Deployment[] = [];
        for (const originSecretGeneration of [1, 2, 3]) {
            generations.push(await deploy({ originSecretGeneration }));
        }
        generations.forEach((now, index) => {
            const accepted = acceptedSecrets(now);
            assert.ok(accepted.includes(sentSecret(now)), "after the update");
            const before = generations[index - 1];
            if (before !== undefined) {
                assert.notEqual(sentSecret(now), sentSecret(before));
                assert.ok(accepted.includes(sentSecret(before)), "between the listener rule and the distribution");
                assert.ok(acceptedSecrets(before).includes(sentSecret(now)), "in stacks that are deployed later");
            }
        });
    });

    it("has changed the listener rule before it changes the distribution", async () => {
        const { events } = await deploy({ originSecretGeneration: 2 }, { slowType: tokens.listenerRule });
        const accepts = events.indexOf(`answered ${tokens.listenerRule}`);
        const sends = events.indexOf(`asked ${tokens.distribution}`);
        assert.ok(accepts !== -1 && accepts < sends, events.join("\n"));
    });

    it("has listed the certificates for the names that CloudFront will ask for before that", async () => {
        const { events } = await deploy({ forwardHostHeader: true }, { slowType: tokens.listenerCertificate });
        const listed = events.lastIndexOf(`answered ${tokens.listenerCertificate}`);
        const asks = events.indexOf(`asked ${tokens.distribution}`);
        assert.ok(listed !== -1 && listed < asks, events.join("\n"));
    });

    it("keeps a value under its own logical name while it becomes the previous one", async () => {
        const names = async (originSecretGeneration: number) =>
            (await deploy({ originSecretGeneration })).all(tokens.randomPassword).map(({ name }) => name);
        const secrets = (...generations: number[]) => generations.map((one) => `edge-origin-secret-${one}`);
        assert.deepEqual(await names(1), secrets(1, 2));
        assert.deepEqual(await names(2), secrets(2, 1, 3));
        assert.deepEqual(await names(3), secrets(3, 2, 4));
    });
});
