interface Names {
    readonly account?: string;
    readonly region?: string;
    readonly bucket?: string;
    readonly key?: string;
    readonly zone?: readonly string[];
    readonly logBucket?: readonly string[];
    readonly project?: string;
    readonly stack?: string;
}

interface Resource {
    readonly type: string;
    readonly name: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
}

interface PolicyDocument {
    readonly Version: string;
    readonly Statement: readonly object[];
}

export function policyOf(
    role: "preview" | "deploy" | "audit",
    resources: readonly Resource[],
    names?: Names,
): PolicyDocument;
