import type * as pulumi from "@pulumi/pulumi";

/** The options of a component that makes DNS records. */
export interface DnsResourceOptions extends pulumi.ComponentResourceOptions {
    /**
     * Provider of the `aws` package for everything in Route 53, where the zones are in another account. Defaults to the
     * provider of the other resources. From a stack file or another language: the argument `dnsAccount` of EncryptedEdge.
     */
    dnsProvider?: pulumi.ProviderResource;
}
