import { accountId, className, text } from "../../account";
import { canonicalType } from "../../facts";
import type { Values } from "../../../provider";
import type { Operation, ResourceModel } from "./resourceModel";
import { valuesAt } from "./rules";

/** A path through lists, or several. */
type Places = string | readonly string[];

/**
 * What an input names must exist: where it names what kind of resource, by id, ARN or a path that ends with the id; AWS's
 * code, and its words with `%s` for the name. `only` says which names are asked for. Default: all.
 */
export type Requirement = readonly [place: Places, kind: string, code: string, message: string, only?: RegExp | string];

/** A file that must be there where its bucket is the account's: the inputs that name both, and AWS's code and words. */
export type File = readonly [bucket: string, key: string, code: string, message: string];

/** Inputs that no two resources of the type have in common in a region; `%s` is the first of them that is given. */
export type Uniqueness = readonly [inputs: readonly string[], code: string, message: string];

/**
 * Who keeps the resource from being deleted: a kind, or "any", that names its id or ARN somewhere; `%s` is the id. What
 * names it as `owner` as well is a part of it, and keeps nothing.
 */
export type Use = readonly [kind: string, place: Places, code: string, message: string, owner?: string];

/**
 * How many resources of the type there are at most: beside the same value of an input, or in the whole region where
 * none is named; AWS's code, and its words with `%s` for the number.
 */
export type Quota = readonly [input: string, most: number, code: string, message: string];

/** Kinds of resources that are seen from other regions as well. */
const everywhere = ["Bucket", "Distribution", "LogDeliveryDestination"];

/** Types of no region, whose inputs name resources of any: a private zone's VPCs, a VPC origin's load balancer. */
const ofNoRegion = /^aws:(cloudfront|route53)\//;

/** Refuses what is missing or there already, before a resource is created or updated. */
export function checkRelations(model: ResourceModel, operation: Operation): void {
    const { account, inputs, old, region, refuseIf } = operation;
    const isHere = (kind: string, place: string | undefined) =>
        place === undefined || place === region || everywhere.includes(kind) || ofNoRegion.test(operation.type);
    for (const [places, kind, code, message, only = ""] of model.requires ?? []) {
        const pattern = new RegExp(only);
        const names = valuesOf(inputs, places).map(text);
        const asked = names.filter((name) => name !== "" && pattern.test(name));
        const there = asked.length === 0 ? [] : account.all(kind).filter((record) => isHere(kind, record.region));
        for (const name of asked) {
            const isThere = there.some(
                ({ id, properties: { arn } }) => id === name || arn === name || name.endsWith(`/${id}`),
            );
            refuseIf(!isThere, code, worded(message, name));
        }
    }
    for (const [bucket, key, code, message] of model.files ?? []) {
        const isHeld = account
            .list()
            .some(({ properties }) => properties.bucket === inputs[bucket] && properties.key === inputs[key]);
        refuseIf(account.find("Bucket", inputs[bucket]) !== undefined && !isHeld, code, message);
    }
    if (model.unique === undefined && model.quotas === undefined) {
        return;
    }
    const type = canonicalType(operation.type);
    const others = account
        .list()
        .filter(
            (other) =>
                canonicalType(other.type) === type &&
                other.id !== old?.id &&
                isHere(className(other.type), other.region),
        );
    for (const [names, code, message] of model.unique ?? []) {
        const first = names.map((name) => text(inputs[name])).find((value) => value !== "");
        const twin = others.some(({ properties }) =>
            names.every((name) => properties[name] === (inputs[name] ?? model.defaults?.[name])),
        );
        refuseIf(twin && names.some((name) => (inputs[name] ?? "") !== ""), code, worded(message, first ?? ""));
    }
    for (const [input, most, code, message] of model.quotas ?? []) {
        const beside = others.filter(({ properties }) => input === "" || properties[input] === inputs[input]);
        refuseIf(old === undefined && beside.length >= most, code, worded(message, String(most)));
    }
}

/** Refuses to delete what others use. */
export function checkUses(model: ResourceModel, { account, old, refuseIf }: Operation): void {
    const { arn, cloudfrontAccessIdentityPath, domainName } = old?.properties ?? {};
    const names: unknown[] = [old?.id, arn, cloudfrontAccessIdentityPath, domainName].filter(
        (name) => name !== undefined,
    );
    for (const [kind, places, code, message, owner = ""] of model.usedBy ?? []) {
        const others = (kind === "any" ? account.list() : account.all(kind)).filter((other) => other !== old);
        const isUsed = others.some(
            ({ properties }) =>
                valuesOf(properties, places).some((value) => names.includes(value)) &&
                !names.includes(properties[owner]),
        );
        refuseIf(isUsed, code, worded(message, old?.id ?? ""));
    }
}

function valuesOf(values: Values, places: Places): unknown[] {
    return [places].flat().flatMap((place) => valuesAt(values, place));
}

function worded(message: string, name: string): string {
    return message.replaceAll("{account}", accountId).replaceAll("%s", () => name);
}
