import type * as pulumi from "@pulumi/pulumi";

/** The options of a component that creates DNS records. */
export interface DnsResourceOptions extends pulumi.ComponentResourceOptions {
    /**
     * The `aws` provider for everything in Route 53, if the zones are in another account. Defaults to the provider of the
     * other resources. In a stack file or another language use the argument `dnsAccount` of EncryptedEdge.
     */
    dnsProvider?: pulumi.ProviderResource;
}
