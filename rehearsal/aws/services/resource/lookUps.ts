import { type AccountRecord, objects, text, texts } from "../../account";
import type { FunctionTyping, Typings, Values } from "../../../provider";
import type { Lookup } from "./resourceModel";

/**
 * What a look-up answers that means one resource.
 * @throws Error in the official provider's words where nothing was found, or more than one.
 */
export function theOnly(found: readonly AccountRecord[], none: string, several = none): Values & { id: string } {
    const [only, another] = found;
    if (only === undefined || another !== undefined) {
        throw new Error(only === undefined ? none : several);
    }
    return { ...only.properties, id: only.id };
}

/** The type that a look-up of one resource means by its name: `aws:iam/getRole:getRole` is one of `aws:iam/role:Role`. */
export function typeOfLookUp(token: string): string {
    return token.replace(
        /^aws:(\w+)\/get(\w)(\w*):get\w+$/,
        (_, module: string, letter: string, rest: string) =>
            `aws:${module}/${letter.toLowerCase()}${rest}:${letter}${rest}`,
    );
}

/**
 * A look-up of one resource, of whichever type: by its id, its ARN, its name or whatever else of it is a text, by its
 * tags and by filters. Arguments that are no text say how to look, not for what.
 */
export function findOne(type: string): (lookup: Lookup) => Values {
    const [, module = "", kind = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
    return (lookup) => {
        const { filters, tags, region, ...args } = lookup.args;
        void region;
        const wanted = Object.entries(args).filter(([, value]) => typeof value === "string");
        const found = matching({ ...lookup, args: { filters, tags } }, kind).filter(
            (record) =>
                record.type.startsWith(`aws:${module}/`) &&
                wanted.every(([, value]) => [record.id, ...Object.values(record.properties)].includes(value)),
        );
        const asked = wanted.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", ") || "any";
        return theOnly(
            found,
            `reading ${module} ${kind} (${asked}): couldn't find resource. The rehearsed account has what the stacks of this project have created: create it in one of them, or give the look-up's result as a literal value.`,
            `reading ${module} ${kind} (${asked}): multiple results; use additional constraints to reduce matches to one.`,
        );
    };
}

/**
 * The type that a look-up lists by its name: `aws:ec2/getRouteTables:getRouteTables` lists `aws:ec2/routeTable:RouteTable`.
 * Undefined where it answers more than ids, ARNs and names, or asks for what is no property of theirs.
 */
export function listedType(token: string, { inputs, outputs }: FunctionTyping, typings: Typings): string | undefined {
    const type = typeOfLookUp(token).replace(/(ies|s)(?=:[A-Z]|$)/g, (ending) => (ending === "s" ? "" : "y"));
    const known = typings.resource(type)?.outputs ?? {};
    const isListed =
        type !== token &&
        Object.keys(inputs).every((name) => ["filters", "tags", "region"].includes(name) || name in known) &&
        Object.keys(outputs).every((name) => ["id", "ids", "arns", "names"].includes(name) || name in inputs);
    return isListed && "id" in outputs && Object.keys(known).length > 0 ? type : undefined;
}

/** A look-up of all resources of a type that have the properties, tags and what filters ask for. */
export function findAll(type: string): (lookup: Lookup) => Values {
    const [, module = "", kind = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
    return (lookup) => {
        const found = matching(lookup, kind).filter((record) => record.type.startsWith(`aws:${module}/`));
        const all = (name: string) => found.map(({ properties }) => text(properties[name])).sort();
        return { id: lookup.region, ids: found.map(({ id }) => id).sort(), arns: all("arn"), names: all("name") };
    };
}

/** The resources of a class that the arguments of a look-up mean. */
export function matching({ account, region, args }: Lookup, kind: string): AccountRecord[] {
    const { filters, tags, id, state: ignored, ...properties } = args;
    void ignored;
    const attachments = account.all("InternetGatewayAttachment", region);
    return account.all(kind).filter((record) => {
        if (record.region !== undefined && record.region !== region) {
            return false;
        }
        const own = record.properties;
        const attachment = attachments.find(({ properties }) => properties.internetGatewayId === record.id);
        const filtered = {
            ...record,
            properties: { ...own, ...(attachment && { vpcId: attachment.properties.vpcId }) },
        };
        const ownTags = (own.tags ?? {}) as Values;
        return (
            (id === undefined || record.id === id || args.prefixListId === record.id) &&
            Object.entries((tags ?? {}) as Values).every(([name, value]) => ownTags[name] === value) &&
            Object.entries(properties).every(
                ([name, value]) => name === "region" || name === "prefixListId" || (own[name] ?? false) === value,
            ) &&
            objects(filters).every((filter) => texts(filter.values).includes(filterValue(filtered, text(filter.name))))
        );
    });
}

/** What a filter of DescribeVpcs, DescribeSubnets and the like compares: `vpc-id`, `tag:Name`, `default-for-az`. */
function filterValue({ id, properties }: AccountRecord, filter: string): string {
    if (filter.startsWith("tag:")) {
        return text(((properties.tags ?? {}) as Values)[filter.slice("tag:".length)]);
    }
    const names: Readonly<Record<string, string>> = {
        "is-default": "default",
        isDefault: "default",
        "group-name": "name",
        "prefix-list-name": "name",
        cidr: "cidrBlock",
        "attachment.vpc-id": "vpcId",
    };
    if (
        ["subnet-id", "group-id", "prefix-list-id", "internet-gateway-id"].includes(filter) ||
        (filter === "vpc-id" && id.startsWith("vpc-"))
    ) {
        return id;
    }
    const name = names[filter] ?? filter.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const value = properties[name];
    return typeof value === "string" ? value : filter === "state" ? "available" : String(value === true);
}
