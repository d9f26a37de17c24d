import assert from "node:assert/strict";

import { StackGraph, UNKNOWN, type Resource, type Value } from "../graph";
import { resource } from "../test/stack";
import { originsOf } from "./distributions";
import { hintOf } from "./hints";

const lb = (name: string, properties: Record<string, Value> = {}) =>
    resource("aws:lb/loadBalancer:LoadBalancer", name, {
        arn: name,
        dnsName: `${name}.elb.amazonaws.com`,
        ...properties,
    });
const listener = (of: string, properties: Record<string, Value> = {}, used: Record<string, readonly Resource[]> = {}) =>
    resource(
        "aws:lb/listener:Listener",
        `listener-${of}`,
        { arn: `listener-${of}`, loadBalancerArn: of, ...properties },
        used,
    );
const rule = (of: string, name: Value, values: readonly Value[], number = 1) =>
    resource("aws:lb/listenerRule:ListenerRule", `rule-${of}-${number}`, {
        listenerArn: `listener-${of}`,
        conditions: [{ httpHeader: { httpHeaderName: name, values: [...values] } }],
    });
const certificate = resource("aws:acm/certificate:Certificate", "certificate", { arn: UNKNOWN });

interface Edge {
    readonly host?: Value;
    readonly headers?: readonly (readonly [name: Value, value: Value])[];
    readonly certificate?: Value;
    readonly used?: readonly Resource[];
}

/** The load balancer that an origin may be, and why. */
function hint({ host = "origin.example.com", headers = [], certificate, used = [] }: Edge, ...resources: Resource[]) {
    const edge = resource(
        "aws:cloudfront/distribution:Distribution",
        "edge",
        {
            viewerCertificate: { acmCertificateArn: certificate },
            origins: [
                {
                    originId: "o",
                    domainName: host,
                    customOriginConfig: {},
                    customHeaders: headers.map(([name, value]) => ({ name, value })),
                },
            ],
        },
        { viewerCertificate: used },
    );
    const graph = new StackGraph([...resources, edge]);
    const [origin] = originsOf(edge);
    const found = origin && hintOf(graph, edge, origin);
    return found && `${found.loadBalancer.name} ${found.reason}`;
}

describe("an origin may be a load balancer of the stack", () => {
    it("where a record without a name is in a zone that the stack does not hold: it has that zone's name", () => {
        const reason = 'web is behind record "record", whose zone is not known in this stack';
        const web = lb("web");
        const records = ["web.elb.amazonaws.com"];
        for (const record of [
            resource("aws:route53/record:Record", "record", { zoneId: "Z9", name: "", records }),
            resource("ovh:Domain/zoneRecord:ZoneRecord", "record", { subdomain: "@", target: records[0] }),
        ]) {
            assert.equal(hint({}, web, record), reason, record.type);
        }
    });

    const sent = 'demands the header "X-Key" that the distribution sends';
    const web = [lb("web"), listener("web")];

    it("that demands a header which the distribution sends, in either case, by any of its values", () => {
        const stack = [...web, rule("web", "x-kEY", ["first", "second*"])];
        assert.equal(hint({ headers: [["X-Key", "first"]] }, ...stack), `web ${sent}`);
        assert.equal(hint({ headers: [["X-Key", "second half"]] }, ...stack), `web ${sent}`);
        assert.equal(hint({ headers: [["X-Key", UNKNOWN]] }, ...stack), `web ${sent}`);
        assert.equal(hint({ headers: [["X-Key", "third"]] }, ...stack), undefined);
        assert.equal(hint({ headers: [["X-Other", "first"]] }, ...stack), undefined);
        assert.equal(hint({}, ...stack), undefined);
        assert.equal(hint({ headers: [["X-Key", "first"]] }, ...web, rule("web", "X-Key", [])), undefined);
    });

    it("whichever of several balancers and rules demands that value", () => {
        const other = [lb("other"), listener("other")];
        const stack = [
            ...web,
            ...other,
            rule("web", "X-Key", ["a"]),
            rule("web", "X-Key", ["b"], 2),
            rule("other", "X-Key", ["c"]),
        ];
        assert.equal(hint({ headers: [["X-Key", "a"]] }, ...stack), `web ${sent}`);
        assert.equal(hint({ headers: [["X-Key", "b"]] }, ...stack), `web ${sent}`);
        assert.equal(hint({ headers: [["X-Key", "c"]] }, ...stack), `other ${sent}`);
    });

    it("never by a header whose name is not known", () => {
        assert.equal(hint({ headers: [[UNKNOWN, "a"]] }, ...web, rule("web", "X-Key", ["a"])), undefined);
        assert.equal(hint({ headers: [["X-Key", "a"]] }, ...web, rule("web", UNKNOWN, ["a"])), undefined);
        assert.equal(hint({ headers: [[UNKNOWN, "a"]] }, ...web, rule("web", UNKNOWN, ["a"])), undefined);
    });

    it("that has the same certificate, by its ARN or as a resource of the stack", () => {
        const shared = "web has the same certificate as the distribution";
        const stack = [lb("web"), listener("web", { certificateArn: "arn:1" })];
        assert.equal(hint({ certificate: "arn:1" }, ...stack), shared);
        assert.equal(hint({ certificate: "arn:2" }, ...stack), undefined);
        const preview = [
            certificate,
            lb("web"),
            listener("web", { certificateArn: UNKNOWN }, { certificateArn: [certificate] }),
        ];
        assert.equal(hint({ certificate: UNKNOWN, used: [certificate] }, ...preview), shared);
        // Two values that are not known are not the same.
        const unknown = [lb("web"), listener("web", { certificateArn: UNKNOWN })];
        assert.equal(hint({ certificate: UNKNOWN }, ...unknown), undefined);
        assert.equal(hint({ certificate: undefined }, lb("web"), listener("web")), undefined);
    });

    it("and is no network load balancer", () => {
        const network = lb("network", { loadBalancerType: "network" });
        assert.equal(
            hint({ certificate: "arn:1" }, network, listener("network", { certificateArn: "arn:1" })),
            undefined,
        );
    });

    it("behind a record whose zone the stack does not know, as far as the names agree", () => {
        const record = (name: string, target: Value = "web.elb.amazonaws.com") =>
            resource("cloudflare:index/record:Record", "record", { zoneId: "Z1", name, content: target });
        const behind = 'web is behind record "record", whose zone is not known in this stack';
        for (const name of ["origin", "Origin", "origin.example"]) {
            assert.equal(hint({}, lb("web"), record(name)), behind, name);
        }
        for (const name of ["other", "example", "com", "rigin"]) {
            assert.equal(hint({}, lb("web"), record(name)), undefined, name);
        }
        assert.equal(hint({}, lb("web"), record("origin", "192.0.2.1")), undefined);
        assert.equal(hint({ host: UNKNOWN }, lb("web"), record("origin")), undefined);
        const elsewhere = { ...record("origin"), properties: { ...record("origin").properties, zone: "other.com" } };
        assert.equal(hint({}, lb("web"), elsewhere), undefined);
        const both = [
            lb("web"),
            record("origin"),
            lb("other"),
            { ...record("origin", "other.elb.amazonaws.com"), urn: "urn:2" },
        ];
        assert.equal(hint({}, ...both), behind);
        assert.equal(hint({}, ...both.slice(2)), behind.replace("web", "other"));
    });

    it("behind a record of Route 53 whose zone the stack does not know, until the provider has completed its name", () => {
        const record = (properties: Record<string, Value>, type = "aws:route53/record:Record") =>
            resource(type, "record", { zoneId: "Z1", records: ["web.elb.amazonaws.com"], ...properties });
        const behind = 'web is behind record "record", whose zone is not known in this stack';
        for (const name of ["origin", "*", "origin.example", "*.example"]) {
            assert.equal(hint({}, lb("web"), record({ name })), behind, name);
            assert.equal(hint({}, lb("web"), record({ name, fqdn: UNKNOWN })), behind, name);
        }
        assert.equal(hint({}, lb("web"), record({ name: "*.other" })), undefined);
        assert.equal(hint({}, lb("web"), record({ name: "origin", fqdn: "origin.example.org" })), undefined);
        // Route 53 itself takes full names only.
        assert.equal(hint({}, lb("web"), record({ name: "origin" }, "aws-native:route53:RecordSet")), undefined);
    });
});
