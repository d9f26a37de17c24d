import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, changed, compliantStack, verdicts } from "../test/compliantStack";
import { messagesOf, testRule, says } from "../test/testRule";
import { albListenerSecurityPolicy, messages } from "./alb-listener-security-policy";

const recommended = [
    "TLS13-1-3-2021-06",
    "TLS13-1-3-FIPS-2023-04",
    "TLS13-1-2-Res-2021-06",
    "TLS13-1-2-Res-FIPS-2023-04",
    "TLS13-1-3-PQ-2025-09",
    "TLS13-1-2-Res-FIPS-PQ-2025-09",
    "TLS13-1-3-FIPS-PQ-2025-09",
];
const refused = [
    "2016-08",
    "TLS13-1-0-2021-06",
    "TLS13-1-0-PQ-2025-09",
    "TLS13-1-2-PQ-2025-09",
    "TLS13-1-2-2021-06",
    "FS-1-2-Res-2020-10",
];
const names = (all: readonly string[]) => all.map((name) => `ELBSecurityPolicy-${name}`);

describe("alb-listener-security-policy", () => {
    testRule(albListenerSecurityPolicy, {
        breaks: {
            ...Object.fromEntries(
                names(refused).map((name) => [
                    name,
                    ["listener.sslPolicy", name, "violation: listener sslPolicy"] as const,
                ]),
            ),
            "a missing policy": ["listener.sslPolicy", undefined, "violation: listener sslPolicy"],
        },
        accepts: {
            ...Object.fromEntries(names(recommended).map((name) => [name, ["listener.sslPolicy", name] as const])),
        },
        unknowns: { "listener.sslPolicy": ["cannot tell: listener sslPolicy"], "listener.protocol": [] },
        shapes: ["listener.sslPolicy", "listener.protocol"],
    });

    it("takes another list from its setting", () => {
        const settings = { securityPolicies: ["ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07"] };
        assert.deepEqual(messagesOf(albListenerSecurityPolicy, compliantStack(), "state", settings), [
            messages.notRecommended(
                "sslPolicy",
                '"ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", which the setting securityPolicies does not list',
                "ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07",
                settings.securityPolicies,
            ),
        ]);
    });

    it("leaves a network load balancer's TLS listener alone", () => {
        const program = broken("listener.protocol", "TLS");
        (program.listener?.properties ?? {}).sslPolicy = "ELBSecurityPolicy-2016-08";
        assert.deepEqual(verdicts(albListenerSecurityPolicy, program), []);
    });
});

describe("alb-listener-security-policy says of", () => {
    it("an outdated policy", () => {
        says(albListenerSecurityPolicy, { "listener.sslPolicy": "ELBSecurityPolicy-2016-08" }, [
            'sslPolicy is "ELBSecurityPolicy-2016-08", which accepts TLS 1.0. Write "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", or one of: ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09.',
        ]);
    });

    it("a policy by what it accepts", () => {
        const why = (sslPolicy: string) =>
            /^sslPolicy is "[^"]+", which (.*?)\. Write/.exec(
                messagesOf(albListenerSecurityPolicy, changed({ "listener.sslPolicy": sslPolicy })).join(),
            )?.[1];
        for (const [policy, expected] of Object.entries({
            "FS-2018-06": "accepts TLS 1.0",
            "TLS13-1-0-FIPS-2023-04": "accepts TLS 1.0",
            "TLS-1-1-2017-01": "accepts TLS 1.1",
            "FS-1-1-2019-08": "accepts TLS 1.1",
            "TLS-1-2-2017-01": "accepts cipher suites without forward secrecy",
            "TLS13-1-2-Ext2-2021-06": "accepts cipher suites without forward secrecy",
            "TLS13-1-2-2021-06": "accepts cipher suites in CBC mode",
            "FS-1-2-Res-2019-08": "accepts cipher suites in CBC mode",
            "FS-1-2-Res-2020-10": "Security Hub's ELB.17 does not accept",
        })) {
            assert.equal(why(`ELBSecurityPolicy-${policy}`), expected, policy);
        }
    });

    it("a missing policy", () => {
        says(albListenerSecurityPolicy, { "listener.sslPolicy": undefined }, [
            `sslPolicy is missing (AWS's default is ELBSecurityPolicy-2016-08, which accepts TLS 1.0). Write "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", or one of: ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09.`,
        ]);
    });

    it("a policy that is not known yet", () => {
        says(albListenerSecurityPolicy, { "listener.sslPolicy": UNKNOWN }, [
            "Cannot tell whether the listener uses a recommended security policy: sslPolicy is not known yet.",
        ]);
    });

    it("an empty list of its setting", () => {
        assert.deepEqual(messagesOf(albListenerSecurityPolicy, compliantStack(), "state", { securityPolicies: [] }), [
            "The setting securityPolicies of alb-listener-security-policy is empty, so no security policy is accepted. List the ones to accept, or remove the setting.",
        ]);
    });
});
