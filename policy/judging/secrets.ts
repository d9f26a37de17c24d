import { escapePattern } from "@encrypted-edge/common";

import { LazyResource, type Resource } from "../graph";
import type { ChainStep } from "../rule";
import { holderUrn } from "../translation";

const longestShown = 100;

/**
 * What AWS calls things is no secret, also where a whole template is one: messages need these words to say what to write.
 * Source: CloudFront API reference, "CustomOriginConfig" and "DefaultCacheBehavior".
 */
const vocabulary: ReadonlySet<string> = new Set(
    "http-only https-only match-viewer allow-all redirect-to-https SSLv3 TLSv1 TLSv1.1 TLSv1.2 HTTP HTTPS http https true false".split(
        " ",
    ),
);

/**
 * Rules name values; a value that the program marked as secret is left out of what they say. One that stands in the
 * resource's own URN is no secret: a provider marks a whole list as secret when one text in it is, domain names included.
 * Rules compare names in lower case and may show them so.
 */
export function withoutSecrets(read: readonly Resource[]): (message: string, urn: string) => string {
    const secrets = new Set<string>();
    for (const resource of read) {
        if (resource instanceof LazyResource) {
            for (const secret of resource.secrets) {
                secrets.add(secret);
            }
        }
    }
    if (secrets.size === 0) {
        return (message) => message;
    }
    const forms = [...secrets]
        .filter((secret) => !vocabulary.has(secret))
        .flatMap((secret) => {
            const escaped = JSON.stringify(secret).slice(1, -1);
            return [secret, escaped, secret.slice(0, longestShown), escaped.slice(0, longestShown)];
        });
    const patterns = [...new Set(forms)]
        .sort((a, b) => b.length - a.length)
        .map((text) => ({ text: text.toLowerCase(), pattern: wholeWord(text) }));
    return (message, urn) => {
        let shown = message;
        let lower = message.toLowerCase();
        for (const { text, pattern } of patterns) {
            if (!lower.includes(text) || wordOf(urn, pattern)) {
                continue;
            }
            shown = shown.replace(pattern, "[secret]");
            lower = shown.toLowerCase();
        }
        return shown;
    };
}

export function withoutSecret(step: ChainStep, hide: (text: string, urn: string) => string, urn: string): ChainStep {
    const label = hide(step.label, step.urn ?? urn);
    const value = step.value === undefined ? undefined : hide(step.value, step.urn ?? urn);
    const holder = step.urn === undefined ? undefined : holderUrn(step.urn);
    // Most steps have nothing to hide, and a copy of each is a large part of what a large estate takes.
    if (label === step.label && value === step.value && holder === step.urn) {
        return step;
    }
    const shown = { ...step, label, ...(holder === undefined ? {} : { urn: holder }) };
    return value === undefined ? shown : { ...shown, value };
}

function wordOf(text: string, pattern: RegExp): boolean {
    return text.search(pattern) >= 0;
}

function wholeWord(text: string): RegExp {
    return new RegExp(`(?<![\\w])${escapePattern(text)}(?![\\w])`, "gi");
}
