import type { Change, Comparison, Finding, Report } from "./report";

/** What is different from an earlier report: only verdicts count, since times and addresses always change. */
export function compare(before: Report, findings: readonly Finding[]): Comparison {
    const keyOf = ({ probe, hop, name }: Finding) => JSON.stringify([probe, hop, name]);
    const earlier = new Map(before.findings.map((one) => [keyOf(one), one]));
    const now = new Map(findings.map((one) => [keyOf(one), one]));
    const changes = [...new Set([...now.keys(), ...earlier.keys()])].flatMap((key): Change[] => {
        const [old, fresh] = [earlier.get(key), now.get(key)];
        const either = fresh ?? old;
        return either === undefined || old?.verdict === fresh?.verdict
            ? []
            : [
                  {
                      probe: either.probe,
                      name: either.name,
                      ...(old === undefined ? {} : { before: old.verdict }),
                      ...(fresh === undefined ? {} : { after: fresh.verdict }),
                      seen: either.seen,
                  },
              ];
    });
    return { startedAt: before.startedAt, verdict: before.verdict, changes };
}

/** A change in words. */
export function changeInWords({ probe, name, before, after, seen }: Change): string {
    return `${probe} of ${name}: ${before ?? "not probed"} before, ${after ?? "not probed"} now (${seen})`;
}
