import { randomUUID } from "node:crypto";
import { accountId, text } from "../account";
import { outputForms } from "../facts";
import { isObject, type ResourceTyping, unknownValue, type Value, type Values } from "../../provider";
import { capitals, hex, type ResourceModel } from "../services";

/** The inputs as outputs show them: without what Pulumi keeps among them for itself. */
export function plainObject(values: Values): Values {
    return plain(values) as Values;
}

function plain(value: Value): Value {
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    return isObject(value)
        ? Object.fromEntries(
              Object.entries(value)
                  .filter(([name]) => name !== "__defaults")
                  .map(([name, inner]) => [name, plain(inner)]),
          )
        : value;
}

/** Outputs that follow from inputs and typings: what was given, and what the documentation says of the rest. */
export function statedOutputs(typing: ResourceTyping, model: ResourceModel, inputs: Values): Values {
    const stated: Values = {};
    for (const [name, property] of Object.entries(typing.inputs)) {
        if (property.default !== undefined && name in typing.outputs) {
            stated[name] = property.default;
        }
    }
    Object.assign(stated, model.defaults, plainObject(inputs));
    if ("tagsAll" in typing.outputs) {
        stated.tagsAll = stated.tags ?? {};
    }
    return stated;
}

/** The outputs of a preview: whatever always has a value, and has none yet, cannot be known. */
export function previewOutputs(typing: ResourceTyping, stated: Values): Values {
    const unknown = Object.entries(typing.outputs)
        .filter(([name, output]) => output.required && stated[name] === undefined)
        .map(([name]) => [name, unknownValue]);
    return { ...stated, ...Object.fromEntries(unknown) } as Values;
}

/** An id for a type that no service models: its name, as most of AWS has it, or digits. */
function genericId(typing: ResourceTyping, inputs: Values): string {
    return "name" in typing.inputs && text(inputs.name) !== "" ? text(inputs.name) : hex(17);
}

/** Id and outputs in AWS's own form where that is known: what remains to a model is what a form cannot say. */
export function conventionalOutputs(
    typing: ResourceTyping,
    type: string,
    inputs: Values,
    region: string,
): Values & { id: string } {
    const id = genericId(typing, inputs);
    const digits = hex(17);
    const words: Values = {
        ...inputs,
        region,
        account: accountId,
        ...Object.fromEntries([10, 16, 17].map((count) => [`digits${count}`, digits.slice(0, count)])),
        capitals13: capitals(13),
        capitals16: capitals(16),
        uuid: randomUUID(),
    };
    const fill = (form: string) => form.replace(/\{(\w+)\}/g, (_, name: string) => text(words[name]) || id);
    const filled = JSON.parse(JSON.stringify(outputForms(type)), (_, value: unknown) =>
        typeof value === "string" ? fill(value) : value,
    ) as Values;
    return { id, ...filled };
}

const ownNames = /^(arn|dnsName|domainName|endpoint|fqdn|hostname|uri|url)$/;

/** Fills every output that always has a value and that nobody computed with one of the right type, made up. */
export function fillOutputs(
    typing: Pick<ResourceTyping, "outputs"> & Partial<Pick<ResourceTyping, "inputs">>,
    type: string,
    id: string,
    region: string,
    known: Values,
): Values {
    const filled: Values = { ...known, id };
    for (const [name, output] of Object.entries(typing.outputs)) {
        if (output.required && filled[name] === undefined) {
            // An input that was not given is empty, but for the resource's own names: those AWS computes in any case.
            const isInput = typing.inputs !== undefined && name in typing.inputs && !ownNames.test(name);
            const { kind } = output.type;
            if (kind === "string") {
                filled[name] = isInput ? "" : madeUp(name, type, id, region);
            } else {
                // Versions count from 1.
                filled[name] = kind === "number" && /(^v|V)ersion$|evision$/.test(name) ? 1 : empty[kind];
            }
        }
    }
    return filled;
}

/** What stands for a value of a kind that nobody computed. */
const empty = { number: 0, boolean: false, array: [], map: {}, object: {}, any: {} } as const;

function madeUp(name: string, type: string, id: string, region: string): string {
    const [, path = ""] = type.split(":");
    const [service = "", kind = ""] = path.split("/");
    if (name === "arn" || name.endsWith("Arn")) {
        return id.startsWith("arn:") ? id : `arn:aws:${service}:${region}:${accountId}:${dashed(kind)}/${id}`;
    }
    if (/^(owner|account|registry)(Account)?Id$|^ownerId$|AccountId$/.test(name)) {
        return accountId;
    }
    if (name.endsWith("Id")) {
        return id;
    }
    if (/(dnsName|domainName|endpoint|hostname|url|uri)$/i.test(name)) {
        const host = `${id.split(/[/:]/).at(-1) ?? id}.${service}.${region}.amazonaws.com`.toLowerCase();
        return /ur[li]$/i.test(name) ? `https://${host}` : host;
    }
    if (/(status|state)$/i.test(name)) {
        return "ACTIVE";
    }
    return /(At|Date|Time|Timestamp)$/.test(name) ? new Date().toISOString() : "";
}

function dashed(name: string): string {
    return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
