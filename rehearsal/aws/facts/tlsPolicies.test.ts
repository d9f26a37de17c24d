import assert from "node:assert/strict";
import { createSecureContext } from "node:tls";
import { backendPolicy, listenerPolicies, originPolicy, viewerPolicies } from "./tlsPolicies";

describe("TLS policies", () => {
    const viewers = [
        "SSLv3",
        "TLSv1",
        "TLSv1_2016",
        "TLSv1.1_2016",
        "TLSv1.2_2018",
        "TLSv1.2_2019",
        "TLSv1.2_2021",
        "TLSv1.2_2025",
        "TLSv1.3_2025",
    ];
    const listeners: readonly [string, string][] = [
        ["ELBSecurityPolicy-TLS13-1-3-2021-06", "TLSv1.3"],
        ["ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09", "TLSv1.3"],
        ["ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "TLSv1.2"],
        ["ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04", "TLSv1.2"],
        ["ELBSecurityPolicy-TLS13-1-2-2021-06", "TLSv1.2"],
        ["ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04", "TLSv1.2"],
        ["ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", "TLSv1.2"],
        ["ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09", "TLSv1.2"],
        ["ELBSecurityPolicy-TLS13-1-1-2021-06", "TLSv1.1"],
        ["ELBSecurityPolicy-TLS13-1-0-PQ-2025-09", "TLSv1"],
        ["ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07", "TLSv1.3"],
        ["ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07", "TLSv1.2"],
        ["ELBSecurityPolicy-FS-1-2-Res-2020-10", "TLSv1.2"],
        ["ELBSecurityPolicy-2016-08", "TLSv1"],
    ];

    it("of AWS are all ones that Node can serve", () => {
        const policies = [
            ...viewerPolicies.values(),
            ...listenerPolicies.values(),
            originPolicy(["TLSv1.2"]),
            backendPolicy("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"),
        ];
        assert.equal(viewerPolicies.size, viewers.length);
        assert.equal(listenerPolicies.size, 46);
        for (const policy of policies) {
            assert.ok(policy);
            assert.ok(createSecureContext(policy));
        }
    });

    it("have the lowest version that AWS gives them", () => {
        assert.deepEqual(
            viewers.map((name) => viewerPolicies.get(name)?.minVersion),
            ["TLSv1", "TLSv1", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.2", "TLSv1.2", "TLSv1.2", "TLSv1.3"],
        );
        assert.deepEqual(
            listeners.map(([name]) => listenerPolicies.get(name)?.minVersion),
            listeners.map(([, lowest]) => lowest),
        );
    });

    it("restricted and of 2025 have no suite without forward secrecy and authentication", () => {
        for (const policy of [
            viewerPolicies.get("TLSv1.2_2025"),
            listenerPolicies.get("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"),
        ]) {
            const suites = policy?.ciphers.split(":") ?? [];
            assert.ok(suites.length > 3);
            assert.deepEqual(
                suites.filter((suite) => !/^(TLS_(AES|CHACHA20)_|ECDHE-(RSA|ECDSA)-AES(128|256)-GCM-)/.test(suite)),
                [],
            );
        }
    });

    it("that AWS does not have are none", () => {
        for (const name of ["", "TLSv1.2", "TLSv1.2_2026", "toString"]) {
            assert.equal(viewerPolicies.get(name), undefined, name);
        }
        for (const name of [
            "",
            "ELBSecurityPolicy-TLS13-1-4-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-Ext9-2021-06",
            "TLS13-1-2-2021-06",
            "constructor",
        ]) {
            assert.equal(listenerPolicies.get(name), undefined, name);
        }
        assert.equal(originPolicy([]), undefined);
        assert.equal(originPolicy(["SSLv3"]), undefined);
    });

    it("never offer TLS 1.3 to an origin", () => {
        assert.equal(originPolicy(["TLSv1.2"])?.maxVersion, "TLSv1.2");
        assert.deepEqual(
            [originPolicy(["TLSv1", "TLSv1.2"])?.minVersion, originPolicy(["TLSv1", "TLSv1.1"])?.maxVersion],
            ["TLSv1", "TLSv1.1"],
        );
    });
});
