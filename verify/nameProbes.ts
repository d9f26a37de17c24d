import { attempt } from "./bounded";
import { type HttpsRecord, queryDns, readHttpsRecord } from "./dnsQuery";
import { listed } from "./printable";
import type { Conclusion, Port, Probe, ProbeContext } from "./probe";

/** What the DNS says of one name of the viewers. */
export function nameProbes({ network, pace }: ProbeContext, name: string, port: Port): Probe[] {
    const rehearsed = network !== undefined;
    const known = { hop: "names", name } as const;
    const inZone = rehearsed ? "once deployed for real: " : "";
    return [
        {
            ...known,
            probe: "name-address",
            expected: "the name has an address",
            source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-cloudfront-distribution.html",
            reproduce: `${inZone}dig ${name} A ${name} AAAA`,
            run: async () => {
                if (rehearsed) {
                    const types = (network.records?.[name] ?? []).filter((type) => type === "A" || type === "AAAA");
                    return types.length === 0
                        ? { verdict: "fail", seen: "no A and no AAAA record" }
                        : { verdict: "pass", seen: `${types.join(" and ")} in the rehearsed zone` };
                }
                const { addresses, missing, problems } = await port.addresses();
                if (missing) {
                    return { verdict: "fail", seen: "the name has no address" };
                }
                if (addresses.length === 0) {
                    return { verdict: "cannot tell", seen: problems.join("; ") };
                }
                const seen = [
                    listed(
                        addresses.map(({ address }) => address),
                        12,
                    ),
                    ...problems,
                ].join("; ");
                return { verdict: problems.length === 0 ? "pass" : "cannot tell", seen };
            },
        },
        {
            ...known,
            probe: "name-https-record",
            expected: "an HTTPS record, so that browsers start with TLS and never in plaintext",
            source: "https://www.rfc-editor.org/rfc/rfc9460",
            reproduce: `${inZone}dig ${name} TYPE65`,
            run: async () => {
                if (rehearsed) {
                    return network.records?.[name]?.includes("HTTPS")
                        ? { verdict: "pass", seen: "HTTPS in the rehearsed zone" }
                        : { verdict: "warn", seen: "no HTTPS record" };
                }
                const [records, authorities] = await Promise.all([
                    attempt(() => httpsRecords(name, pace.now)),
                    allowedAuthorities(name, pace.now),
                ]);
                return { ...judgeHttpsRecords(records), evidence: { "CAA records": authorities } };
            },
        },
    ];
}

/** The HTTPS records of a name; undefined stands for one that is malformed. */
export async function httpsRecords(
    name: string,
    timeout: number,
    servers?: readonly string[],
): Promise<(HttpsRecord | undefined)[]> {
    const { records, unknownName } = await queryDns(name, "HTTPS", timeout, servers);
    if (unknownName) {
        throw new Error(`there is no name ${name}`);
    }
    return records.map((one) => readHttpsRecord((one as { readonly data: unknown }).data as Buffer));
}

/** Whether the HTTPS records make a browser start with TLS. */
export function judgeHttpsRecords(records: readonly (HttpsRecord | undefined)[] | Error): Conclusion {
    if (records instanceof Error) {
        return { verdict: "cannot tell", seen: records.message };
    }
    const services = records.flatMap((one) => (one === undefined || one.priority === 0 ? [] : [one]));
    if (services.length > 0) {
        const protocols = [...new Set(services.flatMap((one) => one.alpn))];
        return {
            verdict: "pass",
            seen: `${services.length} HTTPS record${services.length === 1 ? "" : "s"}, protocols: ${protocols.join(", ") || "not named"}`,
        };
    }
    const alias = records.find((one) => one?.priority === 0);
    return alias === undefined
        ? { verdict: "warn", seen: records.length === 0 ? "no HTTPS record" : "the HTTPS record is malformed" }
        : alias.targetName === "."
          ? {
                verdict: "warn",
                seen: 'the HTTPS record is an alias to ".": it says that there is no service (RFC 9460 2.5.1)',
            }
          : {
                verdict: "warn",
                seen: `the HTTPS record is an alias to ${alias.targetName} that the name server does not follow`,
            };
}

/** The authorities that may issue for a name: the CAA records of the name, or of the nearest name above it (RFC 8659 3). */
async function allowedAuthorities(name: string, timeout: number): Promise<string> {
    const labels = name.split(".");
    for (let up = 0; up < labels.length - 1; up++) {
        const owner = labels.slice(up).join(".");
        const answer = await attempt(() => queryDns(owner, "CAA", timeout));
        if (answer instanceof Error) {
            return answer.message;
        }
        if (answer.records.length > 0) {
            const values = answer.records.map((one) => {
                const { tag, value } = (one as { readonly data: { readonly tag?: string; readonly value?: string } })
                    .data;
                return `${tag} ${value}`;
            });
            return `${owner}: ${listed(values)}`;
        }
    }
    return "none: any authority may issue";
}
