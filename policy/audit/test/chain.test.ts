import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";

import { Ajv } from "ajv";

import { rules } from "../../rules";
import { auditSource } from "../auditSource";
import type { AuditedStack } from "../auditedStack";
import { formats } from "../outputs";
import { makeReport } from "../report";
import { distributionType, exported, temporaryFolder, urnOf } from "./estate";
import { sarifSchema } from "./sarifSchema";

const shop = urnOf("dev", "shop", "shop:index:Shop");
const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

function resource(type: string, name: string, inputs: Record<string, unknown>, more: Record<string, unknown> = {}) {
    const urn = urnOf("dev", name, type);
    return { urn, type, id: `${name}-id`, custom: true, parent: shop, inputs, outputs: inputs, ...more };
}

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ruleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const listType = "aws:ec2/managedPrefixList:ManagedPrefixList";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";

const component = { urn: shop, type: "shop:index:Shop", custom: false };
const balancer = resource(balancerType, "alb", {
    securityGroups: ["sg-1"],
    dnsName: "alb-1.eu-west-1.elb.amazonaws.com",
});
const group = (name: string, id: string, ingress: readonly unknown[] = []) =>
    resource(groupType, name, { ingress }, { id });
const rule = (name: string, more: Record<string, unknown>) =>
    resource(ruleType, name, { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443, ...more });

/** Steps in words: label, name, property and value. */
interface Told {
    readonly steps: readonly string[];
    readonly urns: readonly (string | undefined)[];
}

describe("audit: chain", () => {
    const folder = temporaryFolder();
    after(() => folder.remove());

    async function audited(...resources: readonly unknown[]): Promise<AuditedStack> {
        const file = path.join(folder.path, "dev.json");
        writeFileSync(file, exported([component, ...resources]));
        const task = { source: { kind: "file" as const, path: file }, cli: { command: "pulumi" } };
        const answer = await auditSource(task, rules, new Set());
        assert.ok(answer.kind === "judged");
        assert.deepEqual(answer.stack.problems, []);
        return answer.stack;
    }

    async function told(ruleName: string, ...resources: readonly unknown[]): Promise<Told> {
        const stack = await audited(...resources);
        const results = stack.results.filter((result) => result.rule === ruleName && result.kind === "violation");
        assert.equal(results.length, 1, JSON.stringify(stack.results, null, 1));
        const chain = results[0]?.chain ?? [];
        const steps = chain.map(({ label, name, path, value }) =>
            [label, name, path, value === undefined ? undefined : `= ${value}`].filter(Boolean).join(" "),
        );
        return { steps, urns: chain.map((step) => step.urn) };
    }

    it("leads from the load balancer through its group and the rule to the range", async () => {
        const open = rule("everybody", { cidrIpv4: "0.0.0.0/0" });
        const { steps, urns } = await told("alb-no-public-ingress", balancer, group("web", "sg-1"), open);
        assert.deepEqual(steps, [
            "load balancer alb securityGroups[0]",
            "security group web",
            'rule everybody cidrIpv4 = "0.0.0.0/0"',
        ]);
        assert.deepEqual(urns, [balancer.urn, urnOf("dev", "web", groupType), open.urn]);
    });

    it("leads to an entry of the group's own list", async () => {
        const open = group("web", "sg-1", [
            { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] },
        ]);
        assert.deepEqual((await told("alb-no-public-ingress", balancer, open)).steps, [
            "load balancer alb securityGroups[0]",
            "security group web",
            'its own rules web ingress[0].cidrBlocks[1] = "0.0.0.0/0"',
        ]);
    });

    it("leads through a prefix list, and through each range of several that are open together", async () => {
        const list = resource(
            listType,
            "all",
            { entries: [{ cidr: "0.0.0.0/1" }, { cidr: "128.0.0.0/1" }] },
            { id: "pl-1" },
        );
        const byList = await told(
            "alb-no-public-ingress",
            balancer,
            group("web", "sg-1"),
            list,
            rule("listed", { prefixListId: "pl-1" }),
        );
        assert.deepEqual(byList.steps.slice(2), [
            "rule listed prefixListId",
            "prefix list all = 0.0.0.0 to 255.255.255.255",
        ]);
        const halves = await told(
            "alb-no-public-ingress",
            balancer,
            group("web", "sg-1"),
            rule("low", { cidrIpv4: "0.0.0.0/1" }),
            rule("high", { cidrIpv4: "128.0.0.0/1" }),
        );
        assert.deepEqual(halves.steps.slice(2), [
            'rule low cidrIpv4 = "0.0.0.0/1"',
            'rule high cidrIpv4 = "128.0.0.0/1"',
        ]);
    });

    it("counts load balancers beyond the first and ranges beyond the fifth", async () => {
        const sixteenths = Array.from({ length: 16 }, (_, index) =>
            rule(`r${index}`, { cidrIpv4: `${index * 16}.0.0.0/4` }),
        );
        const other = { ...balancer, urn: urnOf("dev", "other", balancerType), id: "other" };
        const { steps } = await told("alb-no-public-ingress", balancer, other, group("web", "sg-1"), ...sixteenths);
        assert.equal(steps[0], "load balancer, one of 2 alb securityGroups[0]");
        assert.equal(steps.length, 8);
        assert.equal(steps.at(-1), "and 9 more ranges");
    });

    it("visits each group where several together are open", async () => {
        const both = { ...balancer, inputs: { securityGroups: ["sg-1", "sg-2"] }, outputs: undefined };
        const { steps } = await told(
            "alb-no-public-ingress",
            { ...both, outputs: both.inputs },
            group("a", "sg-1"),
            group("b", "sg-2"),
            rule("low", { cidrIpv4: "0.0.0.0/1" }),
            rule("high", { cidrIpv4: "128.0.0.0/1", securityGroupId: "sg-2" }),
        );
        assert.deepEqual(steps, [
            "load balancer alb securityGroups[0]",
            "security group a",
            'rule low cidrIpv4 = "0.0.0.0/1"',
            "load balancer alb securityGroups[1]",
            "security group b",
            'rule high cidrIpv4 = "128.0.0.0/1"',
        ]);
    });

    const origin = {
        originId: "alb",
        domainName: "alb-1.eu-west-1.elb.amazonaws.com",
        customOriginConfig: { originProtocolPolicy: "match-viewer" },
    };
    const edge = resource(distributionType, "edge", { origins: [origin] });

    it("begins at the distribution where it is what makes the load balancer an origin", async () => {
        const { steps } = await told(
            "alb-ingress-cloudfront-only",
            edge,
            balancer,
            group("web", "sg-1"),
            rule("office", { cidrIpv4: "192.0.2.0/24" }),
        );
        assert.deepEqual(steps, [
            `distribution edge origins[0].domainName = "${origin.domainName}"`,
            "load balancer alb securityGroups[0]",
            "security group web",
            'rule office cidrIpv4 = "192.0.2.0/24"',
        ]);
    });

    it("shows the value of an origin's property, and where the origin leads", async () => {
        const resources = [edge, balancer, group("web", "sg-1")];
        assert.deepEqual((await told("cloudfront-origin-https-only", ...resources)).steps, [
            'resource edge origins[0].customOriginConfig.originProtocolPolicy = "match-viewer"',
        ]);
        assert.deepEqual((await told("cloudfront-origin-authenticated", ...resources)).steps, [
            `distribution edge origins[0].domainName = "${origin.domainName}"`,
            "load balancer alb",
        ]);
    });

    it("leads through the listener to a rule that forwards without the header", async () => {
        const sending = resource(distributionType, "edge", {
            origins: [{ ...origin, customHeaders: [{ name: "X-Edge", value: "s" }] }],
        });
        const listener = resource("aws:lb/listener:Listener", "https", { loadBalancerArn: balancer.id });
        const listenerRule = (name: string, conditions: readonly unknown[]) =>
            resource("aws:lb/listenerRule:ListenerRule", name, {
                listenerArn: listener.id,
                actions: [{ type: "forward" }],
                conditions,
            });
        const { steps } = await told(
            "cloudfront-origin-authenticated",
            sending,
            balancer,
            listener,
            listenerRule("guarded", [{ httpHeader: { httpHeaderName: "X-Edge", values: ["s"] } }]),
            listenerRule("health", [{ pathPattern: { values: ["/health"] } }]),
        );
        assert.deepEqual(steps, ["load balancer alb", "listener https", "listener rule health conditions"]);
    });

    it("hides a value that the program marked as secret", async () => {
        const hidden = rule("hidden", { cidrIpv4: { ...secretMark, plaintext: JSON.stringify("0.0.0.0/0") } });
        const { steps } = await told("alb-no-public-ingress", balancer, group("web", "sg-1"), hidden);
        assert.equal(steps.at(-1), "rule hidden cidrIpv4 = [secret]");
        const office = rule("office", { cidrIpv4: { ...secretMark, plaintext: JSON.stringify("192.0.2.0/24") } });
        const behind = await told("alb-ingress-cloudfront-only", edge, balancer, group("web", "sg-1"), office);
        assert.equal(behind.steps.at(-1), 'rule office cidrIpv4 = "[secret]"');
        const low = { ...secretMark, plaintext: JSON.stringify("0.0.0.0/1") };
        const list = resource(
            listType,
            "halves",
            { entries: [{ cidr: "128.0.0.0/1" }, { cidr: low }] },
            { id: "pl-1" },
        );
        const listed = rule("listed", { prefixListId: "pl-1" });
        const byList = await told("alb-no-public-ingress", balancer, group("web", "sg-1"), list, listed);
        assert.equal(byList.steps.at(-1), "prefix list halves = [secret]");
    });

    it("is shown item by item in HTML and as a code flow in SARIF", async () => {
        const hostile = `web"'><img src=x onerror=alert(1)>`;
        const stack = await audited(
            balancer,
            group(hostile, "sg-1"),
            rule("everybody", { cidrIpv4: "0.0.0.0/0" }),
            rule("outside", { cidrIpv6: "::/0", securityGroupId: "sg-1" }),
        );
        const pack = { name: "encrypted-edge-policy", version: "1.2.3" };
        const report = makeReport({ pack, rules, failOn: "mandatory", stacks: [stack], remaining: 0 });
        const page = [...formats.html(report)].join("");
        assert.doesNotMatch(page, /<img/);
        const article = /<article[^>]*data-rule="alb-no-public-ingress"(?:(?!<\/article>).)*/s.exec(page)?.[0] ?? "";
        const items = [...article.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(([, text]) =>
            (text as string).replace(/<br>/g, " ").replace(/<[^>]+>/g, ""),
        );
        assert.deepEqual(items, [
            "stack shop/dev",
            "in shop shop:index:Shop",
            `load balancer alb ${balancerType}`,
            "property securityGroups[0]",
            `security group web&quot;&#39;&gt;&lt;img src=x onerror=alert(1)&gt; ${groupType}`,
            `rule everybody ${ruleType}`,
            "property cidrIpv4",
            "value &quot;0.0.0.0/0&quot;",
        ]);

        const sarif = JSON.parse([...formats.sarif(report)].join("")) as SarifLog;
        const validate = new Ajv({ allErrors: true }).compile(sarifSchema);
        validate(sarif);
        assert.deepEqual(validate.errors ?? [], []);
        const flow = sarif.runs[0]?.results.find((result) => result.ruleId === "alb-no-public-ingress")?.codeFlows?.[0];
        const locations = flow?.threadFlows[0]?.locations.map(({ location }) => location) ?? [];
        assert.deepEqual(
            locations.map((location) => location.message.text),
            [
                'load balancer "alb" securityGroups[0]',
                `security group ${JSON.stringify(hostile)}`,
                'rule "everybody" cidrIpv4 = "0.0.0.0/0"',
            ],
        );
        assert.deepEqual(
            locations.map((location) => location.logicalLocations.at(-1)?.fullyQualifiedName),
            [balancer.urn, urnOf("dev", hostile, groupType), urnOf("dev", "everybody", ruleType)],
        );
    });
});

interface SarifLog {
    readonly runs: readonly {
        readonly results: readonly {
            readonly ruleId: string;
            readonly codeFlows?: readonly {
                readonly threadFlows: readonly {
                    readonly locations: readonly {
                        readonly location: {
                            readonly message: { readonly text: string };
                            readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
                        };
                    }[];
                }[];
            }[];
        }[];
    }[];
}
