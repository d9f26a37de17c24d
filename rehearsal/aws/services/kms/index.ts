import type { ServiceModel } from "../resource";

export const kms: ServiceModel = { title: "KMS", resources: { "aws:kms/key:Key": {} } };
