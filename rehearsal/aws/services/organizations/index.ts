import { accountId } from "../../account";
import type { Values } from "../../../provider";
import { type Lookup, type ServiceModel, stable } from "../resource";

const id = `o-${stable("organization", 10)}`;
const management = {
    id: accountId,
    arn: `arn:aws:organizations::${accountId}:account/${id}/${accountId}`,
    email: "management@example.com",
    name: "rehearsal",
    status: "ACTIVE",
};
const root = `r-${stable("root", 4)}`;

/** The organization of which the account is the management account. Source: AWS Organizations API reference, Organization. */
const organization: Values = {
    id,
    arn: `arn:aws:organizations::${accountId}:organization/${id}`,
    masterAccountArn: management.arn,
    masterAccountEmail: management.email,
    masterAccountId: management.id,
    masterAccountName: management.name,
    roots: [{ id: root, arn: `arn:aws:organizations::${accountId}:root/${id}/${root}`, name: "Root", policyTypes: [] }],
    accounts: [management],
    featureSet: "ALL",
};

export const organizations: ServiceModel = {
    title: "Organizations",
    lookups: {
        "aws:organizations/getOrganization:getOrganization": ({ account }: Lookup) => {
            const [own] = account.all("Organization");
            return own === undefined ? organization : { ...organization, ...own.properties, id: own.id };
        },
    },
};
