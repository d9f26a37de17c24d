import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { findLoadBalancer } from "./existingLoadBalancer";
import { tokens, origin } from "./test/deployedEdge";
import { deploy, type Deployment } from "./test/deployment";
import { settled } from "./test/settled";

const arns = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";
const existingLoadBalancer = {
    arn: `${arns}:loadbalancer/app/site/50dc6c495c0c9188`,
    securityGroupId: "sg-0123456789abcdef0",
    targetGroupArn: `${arns}:targetgroup/site/73e2d6bc24d8a067`,
};

describe("EncryptedEdge on a load balancer that exists", () => {
    let deployment: Deployment;
    let warnings: string[];

    before(async () => {
        warnings = [];
        const warn = pulumi.log.warn;
        (pulumi.log as { warn: unknown }).warn = (message: string) => Promise.resolve(void warnings.push(message));
        try {
            deployment = await deploy({ subnetIds: undefined, existingLoadBalancer });
        } finally {
            (pulumi.log as { warn: unknown }).warn = warn;
        }
    });

    it("adds a listener that answers 403, a rule to its group, and nothing else to it", () => {
        const { loadBalancerArn, port, certificateArn, defaultActions } = deployment.find(tokens.listener).inputs;
        assert.deepEqual([loadBalancerArn, port], [existingLoadBalancer.arn, 8443]);
        assert.equal(certificateArn, "arn:aws:mock:aws:acm/certificate:Certificate:edge-origin-certificate");
        assert.match(JSON.stringify(defaultActions), /"statusCode":"403"/);
        const { securityGroupId, prefixListId, fromPort, toPort } = deployment.find(tokens.ingressRule).inputs;
        assert.deepEqual(
            [securityGroupId, prefixListId, fromPort, toPort],
            [existingLoadBalancer.securityGroupId, "pl-of-com.amazonaws.global.cloudfront.origin-facing", 8443, 8443],
        );
        for (const type of [
            tokens.loadBalancer,
            tokens.targetGroup,
            tokens.securityGroup,
            tokens.egressRule,
            tokens.bucket,
        ]) {
            assert.deepEqual(deployment.all(type), [], type);
        }
    });

    it("opens another port before it closes the one that CloudFront uses", () => {
        const anew = (type: string) => deployment.find(type).options.replaceOnChanges;
        assert.deepEqual(anew(tokens.listener), ["port"]);
        assert.deepEqual(anew(tokens.ingressRule), ["fromPort", "toPort"]);
    });

    it("leads this distribution's requests to the target group that serves", () => {
        assert.deepEqual(deployment.find(tokens.listenerRule).inputs.actions, [
            { type: "forward", targetGroupArn: existingLoadBalancer.targetGroupArn },
        ]);
        const { customOriginConfig } = origin(deployment.find(tokens.distribution).inputs);
        assert.equal((customOriginConfig as { httpsPort?: number }).httpsPort, 8443);
        const { outputs } = deployment;
        assert.deepEqual(
            [outputs.loadBalancerDnsName, outputs.loadBalancerSecurityGroupId, outputs.targetProtocol],
            ["site.elb.amazonaws.com", existingLoadBalancer.securityGroupId, "HTTP"],
        );
        assert.deepEqual(
            [outputs.originPort, outputs.targetGroupArn, outputs.targetGroupArnSuffix, outputs.targetSecurityGroupId],
            [8443, existingLoadBalancer.targetGroupArn, "targetgroup/site/1", ""],
        );
    });

    it("says beforehand that the group has no room for the prefix list", () => {
        assert.equal(warnings.length, 1);
        assert.match(
            warnings[0] ?? "",
            /sg-0123456789abcdef0 has 6 inbound rules.*counts as 55.*may hold 60.*quota L-0EA8095F is raised/,
        );
    });

    const records = (among: Deployment) =>
        among.all(tokens.record).filter(({ name }) => /-viewer-(a|aaaa|https)-/.test(name));

    it("leaves the viewers' records alone until it is told", async () => {
        assert.deepEqual(records(deployment), []);
        const leadsTo = async (viewerRecords: string) => {
            const told = await deploy({ existingLoadBalancer: { ...existingLoadBalancer, viewerRecords } });
            return records(told).map(({ inputs, options }) => {
                const [alias] = inputs.aliases as [{ name: string }];
                return [inputs.type, alias.name, inputs.allowOverwrite, options.retainOnDelete];
            });
        };
        assert.deepEqual(await leadsTo("loadBalancer"), [
            ["A", "site.elb.amazonaws.com", true, true],
            ["AAAA", "site.elb.amazonaws.com", true, true],
        ]);
        assert.deepEqual(await leadsTo("distribution"), [
            ["A", "d111111abcdef8.cloudfront.net", true, true],
            ["AAAA", "d111111abcdef8.cloudfront.net", true, true],
            ["HTTPS", "d111111abcdef8.cloudfront.net", true, undefined],
        ]);
    });

    it("shares validation records with the certificate of the live site", () => {
        const validation = deployment.all(tokens.record).filter(({ name }) => name.includes("-validation-"));
        assert.ok(validation.length > 0);
        for (const { inputs, options } of validation) {
            assert.deepEqual([inputs.allowOverwrite, options.retainOnDelete], [true, true]);
        }
    });

    it("makes its own targets, or the next ones, where that is asked for", async () => {
        const { targetGroupArn, ...balancer } = existingLoadBalancer;
        assert.ok(targetGroupArn);
        const own = await deploy({ existingLoadBalancer: balancer, targetPort: 8443 });
        assert.equal(own.find(tokens.targetGroup).inputs.port, 8443);
        assert.equal(own.find(tokens.egressRule).inputs.securityGroupId, balancer.securityGroupId);
        const moving = await deploy({ existingLoadBalancer, nextTargets: { port: 8443, weight: 10 } });
        const [action] = moving.find(tokens.listenerRule).inputs.actions as [{ forward: { targetGroups: unknown } }];
        assert.deepEqual(action.forward.targetGroups, [
            { arn: targetGroupArn, weight: 90 },
            { arn: `arn:aws:mock:${tokens.targetGroup}:edge-t2`, weight: 10 },
        ]);
        assert.equal(moving.find(tokens.egressRule, "-8443").inputs.fromPort, 8443);
    });

    it("says everything that is wrong with the load balancer at once", async () => {
        const found = (name: string) =>
            new Promise<string>((resolve) => {
                const arn = `${arns}:loadbalancer/app/${name}/50dc6c495c0c9188`;
                const wanted = { arn, securityGroupId: "sg-0fedcba9876543210" };
                settled(findLoadBalancer(wanted, "vpc-0123456789abcdef0", {})).then(
                    () => resolve(""),
                    (error: unknown) => resolve((error as Error).message),
                );
            });
        const internal = await found("internal");
        assert.match(internal, /existingLoadBalancer\.arn is an internal load balancer.*internet-facing/);
        assert.match(
            internal,
            /existingLoadBalancer\.securityGroupId is "sg-0fedcba9876543210", which the load balancer does not have. Write one of "sg-0123456789abcdef0"/,
        );
        assert.match(
            await found("elsewhere"),
            /vpcId is "vpc-0123456789abcdef0", but the load balancer is in "vpc-0fed/,
        );
        assert.match(
            await found("six"),
            /existingLoadBalancer\.arn is a load balancer of the IP address type "dualstack-without-public-ipv4".* Set it to "dualstack"/,
        );
    });
});
