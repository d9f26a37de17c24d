import assert from "node:assert/strict";
import { RehearsedStack } from "../rehearsedStack";

describe("refusals of the rehearsed AWS: load balancers", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    it("one Availability Zone, and groups and subnets that are not there", async () => {
        const [subnet] = await stack.subnets();
        await assert.rejects(
            stack.loadBalancer({ subnets: [subnet] }),
            /ValidationError: At least two subnets in two different Availability Zones/,
        );
        await assert.rejects(
            stack.loadBalancer({ subnets: [subnet, subnet] }),
            /InvalidConfigurationRequest: .*same Availability Zone/,
        );
        await assert.rejects(stack.loadBalancer({ subnets: ["subnet-0", subnet] }), /SubnetNotFound/);
        await assert.rejects(
            stack.loadBalancer({ securityGroups: ["sg-0"] }),
            /One or more security groups are invalid/,
        );
        await assert.rejects(stack.loadBalancer({ name: `${"a".repeat(33)}` }), /1 to 32 letters/);
    });
    it("subnets of another VPC", async () => {
        const balancer = await stack.loadBalancer();
        const vpcId = (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" })).id;
        await stack.create("aws:ec2/internetGateway:InternetGateway", { vpcId });
        const subnets = await Promise.all(
            ["a", "b"].map(async (zone, index) => {
                const cidrBlock = `10.9.${index}.0/24`;
                const availabilityZone = `eu-central-1${zone}`;
                return (await stack.create("aws:ec2/subnet:Subnet", { vpcId, cidrBlock, availabilityZone })).id;
            }),
        );
        await assert.rejects(
            stack.update(balancer, { ...balancer.inputs, subnets }),
            /SetSubnets.*must belong to the VPC/,
        );
    });
    it("subnets that are too small, or without IPv6 for a dual stack", async () => {
        await assert.rejects(
            stack.loadBalancer({ ipAddressType: "dualstack" }),
            /ValidationError: You must specify subnets with an associated IPv6 CIDR block/,
        );
        const vpcId = (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" })).id;
        const subnets = await Promise.all(
            ["a", "b"].map(async (zone, index) => {
                const cidrBlock = `10.9.${index}.0/28`;
                const availabilityZone = `eu-central-1${zone}`;
                return (await stack.create("aws:ec2/subnet:Subnet", { vpcId, cidrBlock, availabilityZone })).id;
            }),
        );
        await assert.rejects(stack.loadBalancer({ subnets, internal: true }), /InvalidSubnet: Not enough IP space/);
    });
    it("a dual stack outside subnets of IPv6, and no public IPv4 where there is none at all", async () => {
        const vpc = await stack.create("aws:ec2/vpc:Vpc", {
            cidrBlock: "10.9.0.0/16",
            assignGeneratedIpv6CidrBlock: true,
        });
        const vpcId = vpc.id;
        const block = String(vpc.properties.ipv6CidrBlock);
        assert.match(block, /^2600:1f18:[0-9a-f]{4}:[0-9a-f]{2}00::\/56$/);
        await stack.create("aws:ec2/internetGateway:InternetGateway", { vpcId });
        const subnet = async (zone: string, number: number, ipv6CidrBlock?: string) =>
            (
                await stack.create("aws:ec2/subnet:Subnet", {
                    vpcId,
                    cidrBlock: `10.9.${number}.0/24`,
                    availabilityZone: `eu-central-1${zone}`,
                    ipv6CidrBlock,
                })
            ).id;
        const range = (number: number) => block.replace("00::/56", `0${number}::/64`);
        const subnets = [await subnet("a", 0, range(0)), await subnet("b", 1, range(1))];
        await assert.rejects(subnet("c", 2, range(1)), /InvalidSubnet\.Conflict/);
        await assert.rejects(subnet("c", 2, "2600:1f19::/64"), /InvalidSubnet\.Range/);
        const securityGroups: string[] = [];
        const balancer = await stack.loadBalancer({ subnets, securityGroups });
        const dualstack = await stack.update(balancer, { ...balancer.inputs, ipAddressType: "dualstack" });
        const withoutIpv6 = [subnets[0], await subnet("c", 3)];
        await assert.rejects(
            stack.update(dualstack, { ...dualstack.inputs, subnets: withoutIpv6 }),
            /You must specify subnets with an associated IPv6 CIDR block/,
        );
        const ipAddressType = "dualstack-without-public-ipv4";
        await stack.update(dualstack, { ...dualstack.inputs, ipAddressType });
        await assert.rejects(
            stack.loadBalancer({ subnets, securityGroups, ipAddressType, internal: true }),
            /ipAddressType: is "dualstack-without-public-ipv4", but an internal load balancer has no public addresses/,
        );
        await assert.rejects(
            stack.loadBalancer({ subnets, ipAddressType, loadBalancerType: "network" }),
            /which load balancers of type "application" have only/,
        );
        await stack.loadBalancer({
            name: "inside",
            subnets,
            securityGroups,
            ipAddressType: "dualstack",
            internal: true,
        });
        assert.equal((await stack.update(vpc, vpc.inputs)).properties.ipv6CidrBlock, block);
    });
    it("health checks out of bounds, and bodies of other types", async () => {
        const vpcId = await stack.vpcId();
        const group = (healthCheck: object) =>
            stack.create("aws:lb/targetGroup:TargetGroup", { port: 443, protocol: "HTTPS", vpcId, healthCheck });
        await assert.rejects(
            group({ interval: 10, timeout: 10 }),
            /ValidationError: .*'10' must be smaller than .*'10'/,
        );
        for (const matcher of ["500", "200-500", "199", "ok"]) {
            await assert.rejects(group({ matcher }), /InvalidConfigurationRequest: .*must be within '200-499'/);
        }
        for (const bound of [{ interval: 4 }, { timeout: 121 }, { healthyThreshold: 1 }, { unhealthyThreshold: 11 }]) {
            await assert.rejects(group(bound), /healthCheck\.\w+: is \d+; AWS allows/);
        }
        const made = await group({ matcher: "200,302", interval: 5, timeout: 2 });
        await assert.rejects(
            stack.update(made, { ...made.inputs, healthCheck: { matcher: "600" } }),
            /ModifyTargetGroup.*InvalidConfigurationRequest/,
        );
        await assert.rejects(
            stack.listener({
                defaultActions: [
                    { type: "fixed-response", fixedResponse: { contentType: "text/xml", statusCode: "403" } },
                ],
            }),
            /contentType: is "text\/xml"; AWS allows "text\/plain"/,
        );
    });
    it("deletion protection", async () => {
        const balancer = await stack.loadBalancer({ enableDeletionProtection: true });
        await assert.rejects(stack.delete(balancer), /OperationNotPermitted.*deletion protection is enabled/);
        await stack.delete(await stack.update(balancer, { ...balancer.inputs, enableDeletionProtection: false }));
        assert.deepEqual(stack.account.all("LoadBalancer"), []);
    });
    it("no listener of HTTP, which has no policy after a refresh either", async () => {
        const { id: loadBalancerArn } = await stack.loadBalancer();
        const defaultActions = [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }];
        const inputs = { loadBalancerArn, port: 80, protocol: "HTTP", defaultActions };
        const listener = await stack.create("aws:lb/listener:Listener", inputs);
        assert.equal((await stack.read(listener))?.inputs.sslPolicy, undefined);
    });
    it("HTTPS without a usable certificate or policy", async () => {
        await assert.rejects(stack.listener(), /ValidationError: A certificate must be specified for HTTPS listeners/);
        const abroad = await stack.certificate("us-east-1", "origin.example.com");
        const { id } = await stack.create("aws:acm/certificate:Certificate", {
            domainName: "b.example.com",
            validationMethod: "DNS",
        });
        const balancer = stack.account.all("LoadBalancer")[0]?.id;
        await assert.rejects(
            stack.listener({ loadBalancerArn: balancer, certificateArn: abroad.id }),
            /CertificateNotFound/,
        );
        const secure = (certificateArn: string, more: object = {}) =>
            stack.create("aws:lb/listener:Listener", {
                loadBalancerArn: balancer,
                port: 443,
                protocol: "HTTPS",
                certificateArn,
                defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }],
                ...more,
            });
        await assert.rejects(secure(abroad.id), /CertificateNotFound/);
        await assert.rejects(secure(id), /UnsupportedCertificate/);
        const here = await stack.certificate("eu-central-1", "origin.example.com");
        await assert.rejects(
            secure(here.id, { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2099-01" }),
            /SSLPolicyNotFound/,
        );
        assert.equal((await secure(here.id)).properties.sslPolicy, "ELBSecurityPolicy-2016-08");
        await assert.rejects(secure(here.id), /DuplicateListener/);
    });
    it("rules: priorities in use and headers beyond the limits", async () => {
        const certificate = await stack.certificate("eu-central-1", "origin.example.com");
        const parent = await stack.listener({ certificateArn: certificate.id });
        const add = (httpHeader: object, priority = 1) =>
            stack.create("aws:lb/listenerRule:ListenerRule", {
                listenerArn: parent.id,
                priority,
                conditions: [{ httpHeader }],
                actions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } }],
            });
        await add({ httpHeaderName: "X-Secret", values: ["a"] });
        await assert.rejects(add({ httpHeaderName: "X-Secret", values: ["b"] }), /PriorityInUse/);
        await assert.rejects(
            add({ httpHeaderName: "X".repeat(41), values: ["b"] }, 2),
            /httpHeaderName: is "X{41}"; AWS allows 1 to 40/,
        );
        await assert.rejects(
            add({ httpHeaderName: "X", values: ["b".repeat(129)] }, 2),
            /values\[0\]: is a text of 129 characters; AWS allows 1 to 128/,
        );
        await assert.rejects(
            add({ httpHeaderName: "X", values: [..."abcdef"] }, 2),
            /conditions: has 6 values; AWS allows 5/,
        );
    });
    it("logins at no provider, over HTTP, or that hold too long", async () => {
        const certificate = await stack.certificate("eu-central-1", "origin.example.com");
        const parent = await stack.listener({ certificateArn: certificate.id });
        const url = "https://login.example.com";
        const oidc = {
            issuer: url,
            authorizationEndpoint: url,
            tokenEndpoint: url,
            userInfoEndpoint: url,
            clientId: "site",
            clientSecret: "secret",
        };
        const add = (more: object, priority = 1) =>
            stack.create("aws:lb/listenerRule:ListenerRule", {
                listenerArn: parent.id,
                priority,
                conditions: [{ pathPattern: { values: ["/admin/*"] } }],
                actions: [
                    { type: "authenticate-oidc", authenticateOidc: { ...oidc, ...more } },
                    { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } },
                ],
            });
        await assert.rejects(add({ tokenEndpoint: "http://login.example.com" }), /tokenEndpoint: .*URLs of HTTPS/);
        await assert.rejects(add({ sessionTimeout: 604_801 }), /sessionTimeout: .*AWS allows 1 to 604800 seconds/);
        await add({ sessionTimeout: 604_800 });
    });
    it("what somebody else made of a rule's actions stays where its conditions change", async () => {
        const certificate = await stack.certificate("eu-central-1", "origin.example.com");
        const parent = await stack.listener({ certificateArn: certificate.id });
        const answers = (statusCode: string) => [
            { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode } },
        ];
        const inputs = (value: string, statusCode: string) => ({
            listenerArn: parent.id,
            priority: 1,
            conditions: [{ httpHeader: { httpHeaderName: "X-Secret", values: [value] } }],
            actions: answers(statusCode),
        });
        const made = await stack.create("aws:lb/listenerRule:ListenerRule", inputs("a", "200"));
        const record = stack.account.find("ListenerRule", made.id);
        assert.ok(record);
        stack.account.put({ ...record, properties: { ...record.properties, actions: answers("404") } });
        const statusOf = () => JSON.stringify(stack.account.find("ListenerRule", made.id)?.properties.actions);
        const rotated = await stack.update(made, inputs("b", "200"));
        assert.match(statusOf(), /"404"/);
        await stack.update(
            { ...rotated, properties: { ...rotated.properties, actions: answers("200") } },
            inputs("b", "201"),
        );
        assert.match(statusOf(), /"201"/);
    });
    it("deleting a target group that a rule forwards to", async () => {
        const target = await stack.create("aws:lb/targetGroup:TargetGroup", {
            port: 443,
            protocol: "HTTPS",
            targetType: "ip",
            vpcId: await stack.vpcId(),
        });
        const certificate = await stack.certificate("eu-central-1", "origin.example.com");
        await stack.listener({
            certificateArn: certificate.id,
            defaultActions: [{ type: "forward", targetGroupArn: target.id }],
        });
        await assert.rejects(stack.delete(target), /ResourceInUse: Target group/);
    });
});
