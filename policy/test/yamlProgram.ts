import { createHash } from "node:crypto";

import { parse } from "yaml";

import { StackGraph, UNKNOWN, type Resource, type Value } from "../graph";
import type { Finding, Rule, Settings } from "../rule";
import { readingsFor, stackPart, withTranslations } from "../translation";
import { ref, type Fixture } from "./harness";
import { asRead } from "./asRead";

/** `resources` of a Pulumi YAML program. */
export type Program = Record<string, Written>;

export interface Written {
    type: string;
    properties?: Record<string, unknown>;
    options?: { protect?: boolean; dependsOn?: string[] };
}

/** `preview`: what another resource will give is unknown. `state`: it is there. */
export type Form = "preview" | "state";

const reference = /\$\{([A-Za-z0-9_-]+)([^}]*)\}/g;

export function programOf(text: string): Program {
    return (parse(text) as { resources: Program }).resources;
}

/** A program in YAML whose one resource, `network`, is a stack of this template. */
export function templateProgram(template: string): string {
    return `
resources:
  network:
    type: aws:cloudformation:Stack
    properties:
      parameters: { Who: "0.0.0.0/0" }
      templateBody: |
${template.replace(/^/gm, "        ")}`;
}

/** As Pulumi YAML does: `aws:cloudfront:Distribution` is `aws:cloudfront/distribution:Distribution`. */
export function tokenOf(type: string): string {
    const [provider = "", module = "", name = ""] = type.split(":");
    if (provider !== "aws" || module.includes("/")) {
        return type;
    }
    return `${provider}:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

export function resourcesOf(program: Program, form: Form): Resource[] {
    return Object.entries(program).map(([name, written]) => {
        const uses = new Map<string, Set<string>>();
        const properties: Record<string, Value> = form === "state" ? outputsOf(program, name) : {};
        for (const [property, value] of Object.entries(written.properties ?? {})) {
            const used = new Set<string>();
            properties[property] = evaluate(program, value, form, used);
            uses.set(property, used);
        }
        const urns = (names: Iterable<string>) => [...names].map((used) => urnOf(program, used));
        return {
            urn: urnOf(program, name),
            type: tokenOf(written.type),
            name,
            properties,
            protect: written.options?.protect ?? false,
            dependencies: [
                ...new Set([
                    ...urns([...uses.values()].flatMap((used) => [...used])),
                    ...urns((written.options?.dependsOn ?? []).map((used) => used.replace(/[${}]/g, ""))),
                ]),
            ],
            propertyDependencies: Object.fromEntries([...uses].map(([property, used]) => [property, urns(used)])),
        };
    });
}

/** What one rule says of a program; cannot tell and violation alike. */
export function findingsOf(rule: Rule, resources: readonly Resource[], settings: Settings = {}): Finding[] {
    const findings: Finding[] = [];
    const report = (finding: Finding) => void findings.push(finding);
    if (rule.scope === "resource") {
        for (const resource of resources.flatMap((each) => readingsFor(rule, each))) {
            rule.evaluate(resource, report, settings);
        }
    }
    stackPart(rule)(withTranslations(new StackGraph(asRead(rule, resources))), report, settings);
    return findings;
}

function urnOf(program: Program, name: string): string {
    const written = program[name];
    if (written === undefined) {
        throw new Error(`The program refers to "${name}", which it does not declare.`);
    }
    return `urn:pulumi:test::test::${tokenOf(written.type)}::${name}`;
}

function evaluate(program: Program, value: unknown, form: Form, used: Set<string>): Value {
    if (typeof value === "string") {
        const names = [...value.matchAll(reference)].map((match) => match[1] ?? "");
        for (const name of names) {
            urnOf(program, name);
            used.add(name);
        }
        if (names.length === 0) {
            return value;
        }
        if (form === "preview") {
            return UNKNOWN;
        }
        return value.replace(reference, (_, name: string, path: string) => outputAt(program, name, path));
    }
    if (Array.isArray(value)) {
        return value.map((item) => evaluate(program, item, form, used));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(program, item, form, used)]));
}

function outputAt(program: Program, name: string, path: string): string {
    const property = path.replace(/^[.]/, "") || "id";
    const given = { ...outputsOf(program, name), ...program[name]?.properties }[property];
    if (typeof given === "string" && !given.includes("${")) {
        return given;
    }
    const value = evaluate(program, given, "state", new Set());
    return typeof value === "string" ? value : `${name}-${property.replace(/[^A-Za-z]+/g, "-")}`;
}

/** What AWS gives a resource, in its own shapes. */
function outputsOf(program: Program, name: string): Record<string, string> {
    const written = program[name];
    const kind = written === undefined ? "" : (tokenOf(written.type).split(":").at(-1) ?? "");
    const arn = `arn:aws:test:eu-west-1:123456789012:${kind.toLowerCase()}/${name}`;
    const { region = "eu-west-1" } = written?.properties ?? {};
    const certificate = `arn:aws:acm:${String(region)}:123456789012:certificate/${name}`;
    const outputs: Record<string, Record<string, string>> = {
        Accelerator: {
            id: arn,
            arn,
            dnsName: `a${hex(name)}.awsglobalaccelerator.com`,
            dualStackDnsName: `a${hex(name)}.dualstack.awsglobalaccelerator.com`,
        },
        Bucket: { id: arn, arn, bucketDomainName: `${name}.s3.amazonaws.com` },
        Certificate: { id: certificate, arn: certificate },
        CertificateValidation: { id: `2026-11-23 ${name}` },
        LoadBalancer: { id: arn, arn, dnsName: `${name}-123456789.eu-west-1.elb.amazonaws.com` },
        SecurityGroup: { id: `sg-${hex(name)}` },
        ManagedPrefixList: { id: `pl-${hex(name)}`, arn },
        Distribution: { id: `E${hex(name).toUpperCase()}`, arn, domainName: `d${hex(name)}.cloudfront.net` },
        LogDeliverySource: { id: name, arn },
        LogGroup: { id: name, arn: `arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-${name}` },
    };
    return outputs[kind] ?? { id: arn, arn };
}

function hex(name: string): string {
    return createHash("sha256").update(name).digest("hex").slice(0, 17);
}

/** The same program for the harness that runs rules through the SDK. */
export function fixturesOf(program: Program): Fixture[] {
    return Object.entries(program).map(([name, written]) => ({
        type: tokenOf(written.type),
        name,
        properties: referencesIn(written.properties ?? {}),
        outputs: { ...outputsOf(program, name), ...referredOutputs(program, name) },
        protect: written.options?.protect,
        dependsOn: written.options?.dependsOn?.map((used) => used.replace(/[${}]/g, "")),
    }));
}

/** Whatever outputs of a resource the others refer to. */
function referredOutputs(program: Program, name: string): Record<string, string> {
    const paths = [...JSON.stringify(program).matchAll(reference)]
        .filter(([, used]) => used === name)
        .map(([, , path = ""]) => path.replace(/^[.]/, "") || "id");
    return Object.fromEntries(paths.map((path) => [path, outputAt(program, name, `.${path}`)]));
}

function referencesIn(value: unknown): unknown {
    if (typeof value === "string") {
        const [whole, name, path] = [...value.matchAll(reference)][0] ?? [];
        if (whole === undefined) {
            return value;
        }
        // A text around a reference is unknown with it; what AWS gives has no text of ours around it.
        return ref(name ?? "", path?.replace(/^[.]/, "") || "id");
    }
    if (Array.isArray(value)) {
        return value.map(referencesIn);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, referencesIn(item)]));
}
