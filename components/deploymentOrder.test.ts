import assert from "node:assert/strict";
import { tokens } from "./test/deployedEdge";
import { deploy } from "./test/deployment";

describe("A first update", () => {
    it("makes the load balancer and the web ACL while the certificates are validated", async () => {
        const { events } = await deploy({}, { slowType: tokens.certificateValidation });
        const validated = events.indexOf(`answered ${tokens.certificateValidation}`);
        for (const early of [tokens.loadBalancer, tokens.targetGroup, tokens.webAcl]) {
            const asked = events.indexOf(`asked ${early}`);
            assert.ok(asked !== -1 && asked < validated, `${early}\n${events.join("\n")}`);
        }
        // The listener is what needs the certificate.
        assert.ok(events.indexOf(`asked ${tokens.listener}`) > validated);
    });

    it("makes the certificates while the load balancer is made", async () => {
        const { events } = await deploy({}, { slowType: tokens.loadBalancer });
        const made = events.indexOf(`answered ${tokens.loadBalancer}`);
        assert.ok(events.lastIndexOf(`answered ${tokens.certificateValidation}`) < made, events.join("\n"));
    });
});
