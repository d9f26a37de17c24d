import type { IssuedCertificate } from "./certificateAuthority";
import type { FunctionPlace } from "./edgeFunctions";
import type { TlsPolicy } from "../aws/facts";
import type { WebAcl } from "./webAcl";

/** A distribution that is being served. */
export interface ServedDistribution {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly place: FunctionPlace;
    /** Alternate domain names and CloudFront's own name for it. */
    readonly names: readonly string[];
    readonly aliases: readonly string[];
    readonly firewall: WebAcl | undefined;
    /** Certificate and policy for the aliases; undefined without a certificate of its own. */
    readonly tls: { readonly certificate: IssuedCertificate; readonly policy: TlsPolicy } | undefined;
}
