import type { Resource } from "../graph";
import type { Report, ResourceRule } from "../rule";
import { isTranslated, translatedTogether, translatedTypes, translationOf, type Unread } from "../translation";

/** What the rule says. */
export const messages = {
    makes: ({ name }: Resource, { makes, because }: Unread) =>
        `"${name}" creates ${makes}, which no rule of this pack can read: ${because}. Declare what it creates as resources of Pulumi's aws or aws-native provider, or exempt it once you know who can reach it.`,
    mayMake: ({ name }: Resource, { makes, because }: Unread) =>
        `Cannot tell whether "${name}" creates a load balancer or a distribution that breaks a rule of this pack. It creates ${makes}, and ${because}.`,
};

/** Whatever makes load balancers or distributions does it where the other rules can read them. */
export const edgeResourcesReadable: ResourceRule = {
    scope: "resource",
    name: "edge-resources-readable",
    displayName: "Load balancers and distributions are created where the pack can read them",
    description:
        "No resource creates load balancers, security groups or distributions that the other rules of the pack cannot read.",
    level: "advisory",
    severity: "medium",
    controls: [],
    remediationSteps:
        "Declare the load balancer or distribution as a resource of Pulumi's aws or aws-native provider, or write the resource that creates it with plain values. Exempt the resource once you know what it opens.",
    types: translatedTypes,
    looksAt: isTranslated,
    evaluate(resource, report) {
        const translation = translationOf(resource);
        if (translation !== undefined && translation.needsStack !== true) {
            reportUnread(resource, translation.unread, report);
        }
    },
    evaluateStack(graph, report) {
        for (const { resource, unread } of translatedTogether(graph)) {
            reportUnread(resource, unread, report);
        }
    },
};

function reportUnread(resource: Resource, all: readonly Unread[], report: Report): void {
    for (const unread of all) {
        const { certain, path } = unread;
        report({
            kind: certain ? "violation" : "cannot tell",
            resource,
            path,
            message: certain ? messages.makes(resource, unread) : messages.mayMake(resource, unread),
        });
    }
}
