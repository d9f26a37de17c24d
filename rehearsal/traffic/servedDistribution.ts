import { filledText, object, texts } from "../aws/account";
import { defaultViewerPolicy, type TlsPolicy, viewerPolicies } from "../aws/facts";
import type { IssuedCertificate } from "./certificateAuthority";
import type { DeployedResource, Properties } from "./deployedAccount";
import type { FunctionPlace } from "./edgeFunctions";
import type { SharedSurroundings } from "./surroundings";
import { WebAcl } from "./webAcl";

/** A distribution that is being served. */
export interface ServedDistribution {
    readonly id: string;
    readonly properties: Properties;
    readonly place: FunctionPlace;
    /** Alternate domain names and CloudFront's own name for it. */
    readonly names: readonly string[];
    readonly aliases: readonly string[];
    readonly firewall: WebAcl | undefined;
    /** Certificate and policy for the aliases; undefined without a certificate of its own. */
    readonly tls: { readonly certificate: IssuedCertificate; readonly policy: TlsPolicy } | undefined;
    /** Whether its certificate is about to be issued, so that what is shown until then is the former one. */
    readonly isPending: boolean;
}

export interface DistributionSurroundings extends SharedSurroundings {
    /** Whether a certificate is about to be issued. */
    readonly isPending: (arn: unknown) => boolean;
}

/** The distributions of an account that may change. */
export class ServedDistributions {
    readonly #surroundings: DistributionSurroundings;
    readonly #firewalls = new WeakMap<DeployedResource, WebAcl>();
    #all: readonly ServedDistribution[] = [];
    #reported = new Set<string>();

    constructor(surroundings: DistributionSurroundings) {
        this.#surroundings = surroundings;
    }

    get all(): readonly ServedDistribution[] {
        return this.#all;
    }

    /** Takes the account as it is now. @throws Error for a security policy that CloudFront does not have */
    follow(): void {
        const before = new Map(this.#all.map((one) => [one.id, one]));
        this.#all = this.#surroundings.account
            .all("Distribution")
            .map((record) => this.#served(record, before.get(record.id)));
    }

    #served(record: DeployedResource, before: ServedDistribution | undefined): ServedDistribution {
        const { properties, id } = record;
        const aliases = texts(properties.aliases);
        return {
            id,
            properties,
            place: { distributionDomainName: filledText(properties.domainName) ?? "", distributionId: id },
            aliases,
            names: [...aliases, ...texts([properties.domainName])],
            firewall: this.#firewall(record),
            tls: this.#tls(record, before),
            isPending: this.#surroundings.isPending(object(properties.viewerCertificate).acmCertificateArn),
        };
    }

    #tls({ id, properties }: DeployedResource, before: ServedDistribution | undefined): ServedDistribution["tls"] {
        const { certificate, isPending } = this.#surroundings;
        const viewerCertificate = object(properties.viewerCertificate);
        const policyName = filledText(viewerCertificate.minimumProtocolVersion) ?? defaultViewerPolicy;
        const policy = viewerPolicies.get(policyName);
        if (policy === undefined) {
            throw new Error(
                `The distribution ${id} has minimumProtocolVersion ${policyName}, which is no security policy of CloudFront.`,
            );
        }
        const issued = certificate(viewerCertificate.acmCertificateArn);
        if (issued === undefined) {
            const aliases = texts(properties.aliases);
            if (aliases.length > 0 && !isPending(viewerCertificate.acmCertificateArn)) {
                this.#report(
                    `edge: ${aliases.join(", ")} have no issued certificate, so CloudFront's own is shown for them`,
                );
            }
            // What was shown before is shown until the new one is there.
            return isPending(viewerCertificate.acmCertificateArn) ? before?.tls : undefined;
        }
        return before?.tls?.certificate === issued && before.tls.policy === policy
            ? before.tls
            : { certificate: issued, policy };
    }

    /** One for each state of a web ACL, so that its rate limits go on counting. */
    #firewall({ properties }: DeployedResource): WebAcl | undefined {
        const { account } = this.#surroundings;
        const record = account.find("WebAcl", properties.webAclId);
        if (record === undefined) {
            if (filledText(properties.webAclId) !== undefined) {
                this.#report(
                    `edge: the web ACL ${filledText(properties.webAclId)} is not in the account, so nothing is filtered`,
                );
            }
            return undefined;
        }
        const firewall = this.#firewalls.get(record) ?? new WebAcl(account, record.properties);
        this.#firewalls.set(record, firewall);
        return firewall;
    }

    #report(problem: string): void {
        if (!this.#reported.has(problem)) {
            this.#reported.add(problem);
            this.#surroundings.report(problem);
        }
    }
}
