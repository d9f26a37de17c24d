import { securityHub } from "../controls";
import { CERTIFICATE_TYPES, RECORD_TYPES } from "../edge";
import { Read, violation } from "../read";
import { UNKNOWN, type Graph, type Resource } from "../resource";
import type { StackRule } from "../rule";

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
        "Fails when a certificate nears its expiry without renewal, which is what a lost record leads to.",
    ),
    remediationSteps:
        "Set the resource option protect to true on the record. ACM renews a certificate only while its validation record is there, in every Region that has a certificate for the name.",
    types: [...RECORD_TYPES, ...CERTIFICATE_TYPES],
    evaluate(graph, report) {
        for (const record of graph.ofType(...RECORD_TYPES)) {
            if (record.protect || !validates(graph, record)) {
                continue;
            }
            violation(
                report,
                record,
                Read.of(record).at("name"),
                `Record "${record.name}" validates an ACM certificate and is not protected: without it the certificate is not renewed and every hop that uses it fails. Write the resource option protect: true. ` +
                    "retainOnDelete serves as well, but the engine does not tell it to policies: exempt the record then.",
            );
        }
    },
};

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
