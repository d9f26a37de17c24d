import assert from "node:assert/strict";

import { UNKNOWN, type Resource, type Value } from "../../graph";
import { lb, nativeGroup, nativeIngress, prefixList, prefixListEntry } from "../../test/ingress";
import { resource, stackMessages, stackVerdicts } from "../../test/stack";
import { albIngressCloudfrontOnly } from "../../rules/alb-ingress-cloudfront-only";
import { albNoPublicIngress } from "../../rules/alb-no-public-ingress";
import { prefixListWeight } from "../../rules/prefix-list-weight";

const group = (name: string, id: string) => resource(nativeGroup, name, { groupId: id, groupName: "web" });
const [first, second] = [group("first", "sg-1"), group("second", "sg-2")];
const dnsName = "web-1.eu-west-1.elb.amazonaws.com";
const balancer = resource(lb, "web", { securityGroups: ["sg-1"], dnsName });
const edge = resource("aws:cloudfront/distribution:Distribution", "edge", {
    origins: [{ originId: "web", domainName: dnsName, customOriginConfig: {} }],
});
const rule = (properties: Record<string, Value>) => resource(nativeIngress, "in", properties);

/** Whatever the order, the same is said. */
function inEveryOrder(check: (resources: readonly Resource[], order: string) => void, ...resources: Resource[]): void {
    const reversed = [...resources].reverse();
    check(resources, "as given");
    check(reversed, "reversed");
}

describe("a name that several security groups have", () => {
    const open = rule({ groupName: "web", cidrIp: "0.0.0.0/0" });
    const narrow = rule({ groupName: "web", cidrIp: "198.51.100.0/24" });

    it("leaves open which of them a rule opens, and says so in words", () => {
        inEveryOrder(
            (all, order) => {
                assert.deepEqual(stackVerdicts(albNoPublicIngress, all), ["cannot tell: in groupName"], order);
                assert.match(
                    stackMessages(albNoPublicIngress, all).join("\n"),
                    /groupName is "web", and several security groups of this stack have that name/,
                );
            },
            first,
            second,
            balancer,
            open,
        );
    });

    it("is no name of theirs where they are more than anybody would read, and the rule says so once", () => {
        const all = Array.from({ length: 21 }, (_, index) => group(`group${index}`, `sg-${index}`));
        const every = [
            ...all.map((_, index) => resource(lb, `web${index}`, { securityGroups: [`sg-${index}`] })),
            open,
        ];
        assert.deepEqual(stackMessages(albNoPublicIngress, [...all, ...every]), [
            'Cannot tell whether this rule opens a load balancer: groupName is "web", and several security groups of this stack have that name.',
        ]);
        const twenty = stackVerdicts(albNoPublicIngress, [...all.slice(1), ...every.slice(1)]);
        assert.deepEqual(twenty, new Array<string>(20).fill("cannot tell: in groupName"), "each balancer is named");
    });

    it("leaves open whether others than CloudFront get in, once for a rule", () => {
        const both = resource(lb, "web", { securityGroups: ["sg-1", "sg-2"], dnsName });
        for (const balanced of [balancer, both]) {
            inEveryOrder(
                (all, order) => {
                    const found = stackVerdicts(albIngressCloudfrontOnly, all);
                    assert.deepEqual(found, ["cannot tell: in groupName"], order);
                    assert.match(stackMessages(albIngressCloudfrontOnly, all).join("\n"), /several security groups/);
                },
                first,
                second,
                balanced,
                edge,
                narrow,
            );
        }
    });

    it("is one group's where the others have other names, or where the state holds the one twice", () => {
        for (const other of [resource(nativeGroup, "second", { groupId: "sg-2" }), group("second", "sg-1")]) {
            inEveryOrder(
                (all, order) => {
                    assert.deepEqual(stackVerdicts(albNoPublicIngress, all), ["violation: in cidrIp"], order);
                },
                first,
                other,
                balancer,
                open,
            );
        }
    });

    it("does not bless what a rule lets in because one of them is blessed", () => {
        const own = resource(nativeGroup, "own", { groupId: "sg-1" });
        const others = [
            resource(nativeGroup, "one", { groupName: "jobs" }),
            resource(nativeGroup, "two", { groupName: "jobs" }),
        ];
        const lets = rule({ groupId: "sg-1", sourceSecurityGroupName: "jobs" });
        inEveryOrder(
            (all, order) => {
                const said = (securityGroupIds: string[]) =>
                    stackVerdicts(albIngressCloudfrontOnly, all, { securityGroupIds });
                assert.deepEqual(said(["one"]), ["violation: in sourceSecurityGroupName"], order);
                assert.deepEqual(said(["one", "two"]), [], order);
            },
            own,
            ...others,
            balancer,
            edge,
            lets,
        );
    });
});

describe("a rule whose group is not certain", () => {
    it("has no certain weight in any of them", () => {
        const list = resource(prefixList, "list", { id: "pl-1", maxEntries: 61 });
        const lets = rule({ groupName: "web", sourcePrefixListId: "pl-1" });
        inEveryOrder(
            (all, order) => {
                assert.deepEqual(stackVerdicts(prefixListWeight, all), [], order);
                const said = stackVerdicts(prefixListWeight, all, { rulesPerSecurityGroup: 40 });
                assert.deepEqual(said, ["cannot tell: first"], order);
            },
            first,
            second,
            list,
            balancer,
            lets,
        );
    });
});

describe("an id that is not known and may be several lists'", () => {
    it("is that of CloudFront's only where every one of them is", () => {
        const cloudFront = resource(prefixList, "cloudFront", {
            name: "com.amazonaws.global.cloudfront.origin-facing",
        });
        const own = resource(prefixList, "own", { entries: [{ cidr: "198.51.100.0/24" }] });
        const ofBoth = resource(
            prefixListEntry,
            "entry",
            { prefixListId: UNKNOWN },
            { prefixListId: [own, cloudFront] },
        );
        const lets = resource(
            nativeIngress,
            "in",
            { groupId: "sg-1", sourcePrefixListId: UNKNOWN },
            { sourcePrefixListId: [ofBoth] },
        );
        inEveryOrder(
            (all, order) => {
                const found = stackVerdicts(albIngressCloudfrontOnly, all);
                assert.deepEqual(found, ["cannot tell: in sourcePrefixListId"], order);
            },
            first,
            cloudFront,
            own,
            ofBoth,
            balancer,
            edge,
            lets,
        );
    });
});
