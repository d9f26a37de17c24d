import { isLeftOut, once, onceWithin, Read, referredTo, type Graph, type Resource } from "../graph";
import { linksOf } from "./entries";
import { applicationProtocol, LISTENER_CERTIFICATE_TYPES, LISTENER_TYPES } from "./loadBalancers";

export const CERTIFICATE_TYPES = ["aws:acm/certificate:Certificate", "aws-native:certificatemanager:Certificate"];
export const VALIDATION_TYPES = ["aws:acm/certificateValidation:CertificateValidation"];

/** The names that a load balancer's certificates cover. */
export interface Covered {
    readonly names: readonly string[];
    /** False where a certificate or a name of it is unknown or outside the stack. */
    readonly complete: boolean;
}

/** The names on the certificates of a load balancer's HTTPS listeners, those added to a listener included. */
export const namesCovered = onceWithin((loadBalancer: Resource, graph: Graph): Covered => {
    const added = addedCertificates(graph);
    const listeners = linksOf(graph)
        .listenersOf(loadBalancer)
        .filter((listener) => applicationProtocol(listener)?.text?.toUpperCase() === "HTTPS");
    const parts = listeners.flatMap((listener) =>
        [listener, ...(added.get(listener) ?? [])].flatMap((user) =>
            certificateReads(user).map(({ read }) => namesOf(graph, user, read)),
        ),
    );
    return {
        names: parts.flatMap((part) => part.names),
        complete: parts.length > 0 && parts.every((part) => part.complete),
    };
});

/** Certificates that are resources of their own, by the listeners that they are added to. */
const addedCertificates = once(
    (graph: Graph) => referredTo(graph, LISTENER_CERTIFICATE_TYPES, "listenerArn", LISTENER_TYPES).by,
);

/** Where a listener or listener certificate names its certificates. */
export function certificateReads(user: Resource): { readonly property: string; readonly read: Read }[] {
    const single = { property: "certificateArn", read: Read.of(user).at("certificateArn") };
    const listed = Read.of(user)
        .at("certificates")
        .items()
        .map((certificate) => ({ property: "certificates", read: certificate.at("certificateArn") }));
    return [single, ...listed].filter(({ read }) => !read.isAbsent);
}

/** The certificates of this stack that a value means, by itself or through their validation. */
export function certificatesNamed(graph: Graph, user: Resource, read: Read): readonly Resource[] {
    const found = graph.resolve(user, read.topLevel, read.value, [...CERTIFICATE_TYPES, ...VALIDATION_TYPES]);
    return found.flatMap((resource) =>
        VALIDATION_TYPES.includes(resource.type)
            ? graph.resolve(resource, "certificateArn", resource.properties.certificateArn, CERTIFICATE_TYPES)
            : [resource],
    );
}

function namesOf(graph: Graph, user: Resource, read: Read): Covered {
    const certificates = certificatesNamed(graph, user, read);
    const names = certificates.map((certificate) => {
        const properties = Read.of(certificate);
        const others = "subjectAlternativeNames";
        return [properties.at("domainName"), ...(isLeftOut(certificate, others) ? [] : properties.at(others).items())];
    });
    // A stack may list a name of its own again among the computed ones; unknown ones may be any.
    const written = names.flat().flatMap((name) => (name.text === undefined ? [] : [name.text.toLowerCase()]));
    // The names of an imported certificate stand in its body, where only AWS reads them.
    const isRead = (all: readonly Read[]): boolean =>
        all.some((name) => name.text !== undefined) && !all.some((name) => name.isUnknown);
    return { names: [...new Set(written)], complete: certificates.length > 0 && names.every(isRead) };
}

/** As TLS clients compare names: a wildcard stands for exactly one label. */
export function covers(names: readonly string[], host: string): boolean {
    const wildcard = host.replace(/^[^.]+/, "*");
    return names.includes(host) || names.includes(wildcard);
}
