import { filledText, texts } from "../aws/account";
import { type CertificateAuthority, isKeyAlgorithm, type IssuedCertificate } from "./certificateAuthority";
import { arnOf, type DeployedAccount, type DeployedResource } from "./deployedAccount";

/** A real certificate for every ACM certificate that has been validated. */
export class IssuedCertificates {
    readonly authority: CertificateAuthority;
    readonly #account: DeployedAccount;
    readonly #report: (problem: string) => void;
    readonly #issued = new Map<string, IssuedCertificate>();
    readonly #reported = new Set<string>();

    constructor(authority: CertificateAuthority, account: DeployedAccount, report: (problem: string) => void) {
        this.authority = authority;
        this.#account = account;
        this.#report = report;
    }

    get(arn: unknown): IssuedCertificate | undefined {
        return this.#issued.get(String(arn));
    }

    /** Whether a certificate is about to be issued. */
    isPending(arn: unknown): boolean {
        const record = this.#account.find("Certificate", arn);
        return record !== undefined && this.get(arn) === undefined && this.#isValidated(record);
    }

    /** Issues what the account has and was not issued yet. @throws Error for a key algorithm that ACM does not have */
    async follow(): Promise<void> {
        for (const record of this.#account.all("Certificate")) {
            const arn = arnOf(record);
            const names = namesOf(record);
            const algorithm = filledText(record.properties.keyAlgorithm) ?? "RSA_2048";
            if (this.#issued.has(arn)) {
                continue;
            }
            if (!this.#isValidated(record)) {
                if (!this.#reported.has(arn)) {
                    this.#reported.add(arn);
                    this.#report(
                        `acm: the certificate for ${names.join(", ")} was never validated, so it is not issued`,
                    );
                }
            } else if (isKeyAlgorithm(algorithm)) {
                this.#issued.set(arn, await this.authority.issue(names, algorithm));
            } else {
                throw new Error(
                    `The certificate for ${names.join(", ")} has keyAlgorithm ${algorithm}; ACM issues RSA_2048, EC_prime256v1 and EC_secp384r1.`,
                );
            }
        }
    }

    #isValidated(record: DeployedResource): boolean {
        const { status } = record.properties;
        return (
            status === undefined ||
            status === "ISSUED" ||
            this.#account.all("CertificateValidation").some((one) => one.properties.certificateArn === arnOf(record))
        );
    }
}

function namesOf({ properties }: DeployedResource): string[] {
    return [...new Set([...texts([properties.domainName]), ...texts(properties.subjectAlternativeNames)])];
}
