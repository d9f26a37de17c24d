import assert from "node:assert/strict";

import { UNKNOWN, type Resource, type Value } from "../../graph";
import { albNoPublicIngress as rule } from "../../rules/alb-no-public-ingress";
import { group, groupRule, inline, lb, prefixList, standalone } from "../../test/ingress";
import { resource, stackMessages, stackVerdicts } from "../../test/stack";

const list = (id: string, ...cidrs: Value[]) =>
    resource(prefixList, id, { id, entries: cidrs.map((cidr) => ({ cidr })) });

/** A balancer with a group for each list of ranges, called g0, g1 and so on. */
const grouped = (...ranges: Value[][]): Resource[] => [
    resource(lb, "web", { securityGroups: ranges.map((_, index) => `sg-${index}`) }),
    ...ranges.map((cidrBlocks, index) =>
        resource(group, `g${index}`, { id: `sg-${index}`, ingress: [{ cidrBlocks }] }),
    ),
];

/** 0.47 % of the public addresses each. */
const [some, others] = ["17.0.0.0/8", "53.0.0.0/8"] as const;

/** Title: the stack, and what is said of it. */
const cases: Readonly<Record<string, readonly [stack: readonly Resource[], ...verdicts: string[]]>> = {
    "is said beside an opening of the other family": [
        inline({ ipv6CidrBlocks: ["::/0"], cidrBlocks: ["0.0.0.0/1"] }),
        "advisory: alb ingress[0].cidrBlocks[0]",
        "violation: alb ingress[0].ipv6CidrBlocks[0]",
    ],
    "is said of the one group that has it, and not of the balancer besides": [
        grouped(["0.0.0.0/1"], ["160.0.0.0/8"]),
        "advisory: g0 ingress[0].cidrBlocks[0]",
    ],
    "is not what two groups have together where they let in the same": [grouped([some, others], [some, others])],
    "is not said twice of a list that two rules name": [
        [...standalone({ prefixListId: "pl-1", fromPort: 80 }, { prefixListId: "pl-1" }), list("pl-1", "0.0.0.0/1")],
        "advisory: rule0 prefixListId",
    ],
    "is not said twice of a list that two rules name beside a range": [
        [
            ...standalone({ prefixListId: "pl-1" }, { prefixListId: "pl-1" }, { cidrIpv4: "192.0.2.0/24" }),
            list("pl-1", "0.0.0.0/1"),
        ],
        "advisory: alb",
    ],
    "is that of one family where a list holds both": [
        [...standalone({ prefixListId: "pl-1" }), list("pl-1", "2600::/14", "17.0.0.0/8")],
        "advisory: rule0 prefixListId",
    ],
    "is in doubt where the only rule with the list is": [
        [
            ...standalone(),
            resource(groupRule, "perhaps", { type: UNKNOWN, securityGroupId: "sg-1", prefixListIds: ["pl-1"] }),
            list("pl-1", "0.0.0.0/1"),
        ],
        "cannot tell: perhaps type",
    ],
    "is in doubt once where a list with an unknown entry is named twice": [
        [
            ...standalone({ prefixListId: "pl-1" }, { prefixListId: "pl-1" }, { cidrIpv4: "192.0.2.0/24" }),
            list("pl-1", UNKNOWN),
        ],
        "cannot tell: pl-1 entries[0].cidr",
    ],
};

describe("a wide share", () => {
    for (const [title, [stack, ...verdicts]] of Object.entries(cases)) {
        it(title, () => {
            assert.deepEqual(stackVerdicts(rule, stack), verdicts);
        });
    }

    it("names each range once, though two rules let it in by one list", () => {
        const [message] = stackMessages(rule, [
            ...standalone({ prefixListId: "pl-1" }, { prefixListId: "pl-1" }, { cidrIpv4: "192.0.2.0/24" }),
            list("pl-1", "0.0.0.0/1"),
        ]);
        assert.equal(message?.match(/0\.0\.0\.0 to 127\.255\.255\.255/g)?.length, 1);
    });
});
