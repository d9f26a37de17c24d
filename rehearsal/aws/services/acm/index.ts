import { text, texts } from "../../account";
import { modelsOf, type ServiceModel, theOnly } from "../resource";
import { certificate } from "./certificate";
import table from "./resourceTable.json";
import { certificateValidation } from "./validation";

export { certificateCovers } from "./certificate";
export { canonicalName } from "./domainNames";
export { acmValidityDays, usableCertificate } from "./validation";

export const acm: ServiceModel = {
    title: "ACM",
    resources: modelsOf(table, {
        "aws:acm/certificate:Certificate": certificate,
        "aws:acm/certificateValidation:CertificateValidation": certificateValidation,
    }),
    lookups: {
        "aws:acm/getCertificate:getCertificate": ({ account, region, args }) => {
            const statuses = args.statuses === undefined ? ["ISSUED"] : texts(args.statuses);
            const found = account
                .all("Certificate", region)
                .filter(
                    ({ properties }) =>
                        properties.domainName === args.domain && statuses.includes(text(properties.status)),
                );
            const none = `no ACM Certificate matching domain (${text(args.domain)}) found in this Region`;
            // The newest.
            return theOnly(found.slice(-1), none);
        },
    },
};
