import { securityHub } from "./controls";
import { CERTIFICATE_TYPES, LOAD_BALANCER_TYPES, RECORD_TYPES } from "../aws";
import { Read, UNKNOWN, type Graph, type Resource } from "../graph";
import { violation } from "../finding";
import type { StackRule } from "../rule";

/** The component of encrypted-edge, and the part of it that makes certificates and their records. */
const OWN_EDGE = "encrypted-edge:index:EncryptedEdge";
const OWN_COMPONENT = "encrypted-edge:index:ValidatedCertificate";

/** What the rule says. */
export const messages = {
    notProtected: (record: Resource) => notProtected(record, "Set the resource option protect: true."),
    notProtectedByOwnComponent: (record: Resource) =>
        notProtected(record, "Set deletionProtection of the component to true."),
    notProtectedInComponent: (record: Resource, component: Resource) =>
        notProtected(
            record,
            `Set the resource option protect: true in component "${component.name}", which creates the record, or with a transform.`,
        ),
};

function notProtected(record: Resource, fix: string): string {
    return (
        `Record "${record.name}" validates an ACM certificate and is not protected: without it, ACM does not renew the certificate, and every hop that uses it fails. ${fix} ` +
        "retainOnDelete protects it too, but Pulumi hides that option from policies; exempt the record if you use it."
    );
}

/** The record by which ACM renews a certificate cannot be deleted by accident. */
export const validationRecordProtected: StackRule = {
    scope: "stack",
    name: "validation-record-protected",
    displayName: "ACM validation records are protected",
    description: "A DNS record that validates an ACM certificate is protected from deletion.",
    level: "advisory",
    severity: "medium",
    controls: securityHub(
        "ACM.1",
        "Fails when a certificate is about to expire without renewal, which is what a lost record leads to.",
    ),
    remediationSteps:
        "Set the resource option protect to true on the record. ACM renews a certificate only while its validation record is there, in every Region that has a certificate for the name.",
    types: [...RECORD_TYPES, ...CERTIFICATE_TYPES, OWN_COMPONENT, OWN_EDGE, ...LOAD_BALANCER_TYPES],
    evaluate(graph, report) {
        const unprotectedEdges = edgesLeftUnprotected(graph);
        for (const record of graph.ofType(...RECORD_TYPES)) {
            if (record.protect || !validates(graph, record)) {
                continue;
            }
            if (ancestorsOf(graph, record).some((each) => isKeptBy(each) || unprotectedEdges.has(each))) {
                continue;
            }
            const message = messageFor(record, graph.byUrn(record.parent ?? ""));
            violation(report, record, Read.of(record).at("name"), message);
        }
    },
};

/**
 * Our component keeps its records by retainOnDelete, which policies do not see, and says so in an output. Whoever sets its
 * option to false, for a stack that is destroyed with everything in it, has chosen.
 */
function isKeptBy({ type, properties }: Resource): boolean {
    return (
        type === OWN_COMPONENT &&
        (properties.validationRecordsRetained === true || properties.deletionProtection === false)
    );
}

/**
 * The edges whose option is false. The engine sends policies no inputs of a component, but those of the load balancer
 * inside it, which the option reaches.
 */
function edgesLeftUnprotected(graph: Graph): ReadonlySet<Resource> {
    const unprotected = graph
        .ofType(...LOAD_BALANCER_TYPES)
        .filter(({ properties }) => properties.enableDeletionProtection === false);
    return new Set(
        unprotected.flatMap((loadBalancer) => ancestorsOf(graph, loadBalancer).filter(({ type }) => type === OWN_EDGE)),
    );
}

function ancestorsOf(graph: Graph, resource: Resource): Resource[] {
    const ancestors = new Set<Resource>();
    // A damaged state may name resources as their own ancestors.
    for (let next = graph.byUrn(resource.parent ?? ""); next !== undefined && !ancestors.has(next);) {
        ancestors.add(next);
        next = graph.byUrn(next.parent ?? "");
    }
    return [...ancestors].filter(({ urn }) => urn !== resource.urn);
}

function messageFor(record: Resource, component: Resource | undefined): string {
    if (component === undefined || component.type === "pulumi:pulumi:Stack") {
        return messages.notProtected(record);
    }
    return component.type === OWN_COMPONENT
        ? messages.notProtectedByOwnComponent(record)
        : messages.notProtectedInComponent(record, component);
}

function validates(graph: Graph, record: Resource): boolean {
    const properties = Read.of(record);
    const values = properties.either("records", "resourceRecords").items();
    if (values.some((value) => /\.acm-validations\.aws\.?$/i.test(value.text ?? ""))) {
        return true;
    }
    return ["name", "records", "resourceRecords"].some(
        (property) =>
            properties
                .at(property)
                .items()
                .some((item) => item.isUnknown) &&
            graph.resolve(record, property, UNKNOWN, CERTIFICATE_TYPES).length > 0,
    );
}
