import {
    choice,
    type Given,
    groupsProblems,
    type InnerProblem,
    isDeferred,
    listOf,
    shown,
    type ValueSpec,
    zoneIdProblem,
    zoneNameProblem,
} from "../checks/index";
import type { DnsAccountArgs, HostedZoneArgs } from "./hostedZoneArgs";

/** The arguments of a further zone. */
export const hostedZoneSpecs = {
    name: { form: "text", required: true, check: zoneNameProblem },
    id: { form: "text", check: zoneIdProblem },
    dnsRecordsEnabled: { form: "boolean", default: true, check: choice(true, false) },
} satisfies Record<keyof HostedZoneArgs, ValueSpec>;

/** The further zones of an edge: each right by itself, and no two with one name. */
export function hostedZonesProblems(zones: unknown, { hostedZoneName }: Given): string | readonly InnerProblem[] {
    return groupsProblems(zones, {
        owner: "a hosted zone",
        example: '{ name: "example.net" }',
        fields: hostedZoneSpecs,
        further: ({ name, id, dnsRecordsEnabled }, { groups, index }) => {
            const earlier = [hostedZoneName, ...groups.slice(0, index).map((other) => other.name)];
            return [
                ...(name !== undefined && earlier.includes(name)
                    ? [["name", `is ${shown(name)}, which another zone of the edge has. Leave it out.`] as const]
                    : []),
                ...(id !== undefined && dnsRecordsEnabled === false ? [["id", idOfZoneElsewhere] as const] : []),
            ];
        },
    });
}

const idOfZoneElsewhere =
    "is given, but dnsRecordsEnabled is false, so no hosted zone in Route 53 is used. Leave one of them out.";

/** Whether records are made at all, which an id of the zone asks for, and an account of it where no other zone has any. */
export function dnsRecordsProblem(enabled: unknown, given: Given): string | undefined {
    const { hostedZoneId, hostedZones, dnsAccount } = given;
    const isElsewhere = (zone: unknown) => (zone as Given | null)?.dnsRecordsEnabled === false;
    const without = [
        ...(hostedZoneId === undefined ? [] : ["hostedZoneId"]),
        ...(dnsAccount === undefined || !(listOf(hostedZones) ?? []).every(isElsewhere) ? [] : ["dnsAccount"]),
    ][0];
    const problem = choice(true, false)(enabled, {}) as string | undefined;
    return (
        problem ??
        (enabled === false && without !== undefined
            ? `is false, but ${without} is given, and no hosted zone in Route 53 is used. Leave one of them out.`
            : undefined)
    );
}

/** How the account of the zones is reached. */
export const dnsAccountSpec = {
    form: "group",
    always: false,
    fields: {
        roleArn: { form: "text", check: roleArnProblem },
        externalId: { form: "text", check: externalIdProblem },
        profile: { form: "text", check: profileProblem },
    } satisfies Record<keyof DnsAccountArgs, ValueSpec>,
    check: ({ roleArn, externalId, profile }: Given): InnerProblem[] => [
        ...(roleArn === undefined && profile === undefined
            ? [
                  [
                      "",
                      'needs a role or a profile. Write roleArn, for example "arn:aws:iam::111122223333:role/dns", or profile.',
                  ] as const,
              ]
            : []),
        ...(externalId !== undefined && roleArn === undefined
            ? [
                  [
                      ".externalId",
                      "is given without roleArn, the role that requires it. Write roleArn, or leave it out.",
                  ] as const,
              ]
            : []),
    ],
} as const;

function roleArnProblem(arn: unknown): string | undefined {
    const legal = typeof arn === "string" && /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/.test(arn);
    return legal || isDeferred(arn)
        ? undefined
        : `is ${shown(arn)}; it is the ARN of an IAM role. Write, for example, "arn:aws:iam::111122223333:role/dns".`;
}

/** Source: AWS STS API reference, AssumeRole (ExternalId). The value itself is not shown. */
function externalIdProblem(externalId: unknown): string | undefined {
    const legal = typeof externalId === "string" && /^[\w+=,.@:/-]{2,1224}$/.test(externalId);
    return legal || isDeferred(externalId)
        ? undefined
        : "is not an external id: 2 to 1224 letters, digits and the characters +=,.@:/_-. Write the one that the role's trust policy requires.";
}

function profileProblem(profile: unknown): string | undefined {
    return typeof profile === "string" && /^[^\s[\]](?:[^\r\n[\]]*[^\s[\]])?$/.test(profile)
        ? undefined
        : `is ${shown(profile)}; it is the name of a profile in the AWS configuration files. Write, for example, "dns".`;
}
