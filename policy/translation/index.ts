import { once, StackGraph, type Graph, type Resource } from "../graph";
import { stackPartOf, type Finding, type ResourceRule, type Rule, type Settings, type StackRule } from "../rule";
import { cloudControlResource, extensionResource } from "./cloudControl";
import { cloudFormationStack } from "./cloudFormation";
import { gatewayClassTypes, ingressClassTypes } from "./cluster";
import { clusterTranslatorOf } from "./kubernetes";
import { originalOf, stackSet, stackSetInstance } from "./stackSetInstances";
import { terraformModuleResource, terraformResource, terraformTypeOf, typeOfTerraform } from "./terraform";
import { holderUrn, type Translation, type Translator, type Unread } from "./translation";
import { unreadTypes } from "./unread";

export { hasDefaultRanges, isGatewayDefault } from "./ingressGroups";
export { isDefaultListener, isPolicyElsewhere } from "./madeLoadBalancer";
export { holderUrn, type Unread } from "./translation";

/** Types whose resources make others, each with what reads it. */
const byType: ReadonlyMap<string, Translator> = new Map<string, Translator>([
    ["aws:cloudcontrol/resource:Resource", cloudControlResource],
    ["aws-native:index:ExtensionResource", extensionResource],
    ["aws:cloudformation/stack:Stack", cloudFormationStack],
    ["aws:cloudformation/stackSet:StackSet", cloudFormationStack],
    ["aws-native:cloudformation:Stack", cloudFormationStack],
    ["aws-native:cloudformation:StackSet", stackSet],
    ["aws:cloudformation/stackInstances:StackInstances", stackSetInstance],
    ["aws:cloudformation/stackSetInstance:StackSetInstance", stackSetInstance],
    ...unreadTypes,
]);

/** The types that are named one by one; further ones follow patterns. */
export const translatedTypes: readonly string[] = [...byType.keys()];

const translators = new Map<string, Translator | undefined>();

function translatorOf(type: string): Translator | undefined {
    if (!translators.has(type)) {
        translators.set(type, findTranslator(type));
    }
    return translators.get(type);
}

function findTranslator(type: string): Translator | undefined {
    const listed = byType.get(type);
    if (listed !== undefined) {
        return listed;
    }
    const known = typeOfTerraform(terraformTypeOf(type) ?? "");
    if (known !== undefined) {
        return terraformResource(known, terraformModuleResource.test(type));
    }
    return clusterTranslatorOf(type);
}

/** Whether resources of this type make others, read or not. */
export function isTranslated(type: string): boolean {
    return translatorOf(type) !== undefined;
}

/** Whether a rule has something to say of resources of this type, themselves or what they make. */
export function looksAt(rule: Rule, type: string): boolean {
    return judges(rule, type) || isTranslated(type);
}

/**
 * Whether a rule reads resources of this type, to judge them or others; a provider's inputs belong to what it makes, and a
 * class decides about the Ingresses or Gateways that name it.
 */
export function reads(rule: Rule, type: string): boolean {
    return (
        looksAt(rule, type) ||
        rule.reads?.includes(type) === true ||
        type.startsWith("pulumi:providers:") ||
        ingressClassTypes.test(type) ||
        gatewayClassTypes.test(type)
    );
}

/** Whether one of these rules reads resources of a type; found out once for each type. */
export function readBy(rules: readonly Rule[]): (type: string) => boolean {
    const known = new Map<string, boolean>();
    return (type) => {
        const isRead = known.get(type) ?? rules.some((rule) => reads(rule, type));
        known.set(type, isRead);
        return isRead;
    };
}

const alone = once((resource: Resource) => translate(resource, undefined));

/** What a resource makes, judged by itself; undefined for a resource that stands for itself. */
export function translationOf(resource: Resource): Translation | undefined {
    return isTranslated(resource.type) ? alone(resource) : undefined;
}

/** A resource of Terraform may be a template, a template's resource one of Cloud Control: each holds less than the one before. */
function translate(resource: Resource, stack: Graph | undefined): Translation | undefined {
    const translator = translatorOf(resource.type);
    if (translator === undefined) {
        return undefined;
    }
    const translation = translator(resource, stack);
    const inner = translation.resources.map((made) => ({ made, further: translate(made, stack) }));
    if (inner.every(({ further }) => further === undefined)) {
        return translation;
    }
    const unread: Unread[] = inner.flatMap(({ further }) => further?.unread ?? []);
    return {
        resources: inner.flatMap(({ made, further }) => further?.resources ?? [made]),
        unread: [...translation.unread, ...unread],
    };
}

/** The resource, where the rule knows its type, and what it makes by itself of types that the rule knows. */
export function readingsFor(rule: Rule, resource: Resource): readonly Resource[] {
    if (judges(rule, resource.type)) {
        return [resource];
    }
    const translation = translationOf(resource);
    return translation === undefined || translation.needsStack === true
        ? []
        : translation.resources.filter(({ type }) => judges(rule, type));
}

/**
 * What a rule asks of the stack as a whole, over a stack of {@link withTranslations}: besides its own part, a resource
 * rule judges here what several resources make together.
 */
export function stackPart(rule: Rule): StackRule["evaluate"] {
    const part = stackPartOf(rule);
    return (graph, report, settings) => {
        part?.(graph, report, settings);
        if (rule.scope === "stack") {
            return;
        }
        for (const { resource, resources } of translatedTogether(graph)) {
            // What instances of a stack set leave as it is was judged with the stack set.
            const own = resources.filter(({ type, urn }) => judges(rule, type) && holderUrn(urn) === resource.urn);
            for (const made of own) {
                const known = placesReported(rule, originalOf(made), settings);
                const isNew = (finding: Finding) => finding.path === undefined || !known.has(placeOf(finding));
                rule.evaluate(made, (finding) => isNew(finding) && report(finding), settings);
            }
        }
    };
}

/** A "cannot tell" of the stack set is no violation of its instances. */
function placeOf({ kind, path }: Finding): string {
    return `${kind} ${path ?? ""}`;
}

function placesReported(rule: ResourceRule, resource: Resource | undefined, settings: Settings): ReadonlySet<string> {
    const places = new Set<string>();
    if (resource !== undefined) {
        rule.evaluate(resource, (finding) => places.add(placeOf(finding)), settings);
    }
    return places;
}

/** Whether a rule judges resources of this type themselves, or with others. */
export function judges(rule: Rule, type: string): boolean {
    return rule.types.includes(type) || rule.looksAt?.(type) === true;
}

interface Together extends Pick<Translation, "resources" | "unread"> {
    /** The resource that the program holds. */
    readonly resource: Resource;
}

/** By the stack with what its resources make. */
const together = new WeakMap<Graph, readonly Together[]>();

/**
 * What other resources of the stack decide about together with those that make it; see {@link Translation.needsStack}.
 *
 * @param graph of {@link withTranslations}
 */
export function translatedTogether(graph: Graph): readonly Together[] {
    return together.get(graph) ?? [];
}

/** The stack with what its resources make; the same stack where none makes anything. */
export const withTranslations = once((graph: Graph): Graph =>
    graph.resources.some(({ type }) => isTranslated(type)) ? expanded(graph) : graph,
);

function expanded(graph: Graph): Graph {
    const all = graph.resources.map((resource) => ({ resource, translation: translate(resource, graph) }));
    const whole = new StackGraph(
        all.flatMap(({ resource, translation }) =>
            translation?.replaces === true ? translation.resources : [resource, ...(translation?.resources ?? [])],
        ),
    );
    together.set(
        whole,
        all.flatMap(({ resource, translation }) =>
            translation?.needsStack === true ? [{ resource, ...translation }] : [],
        ),
    );
    return whole;
}
