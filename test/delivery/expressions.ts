import type * as expressions from "@actions/expressions" with { "resolution-mode": "import" };

type ExpressionData = expressions.data.ExpressionData;

/** Everything that an expression may name: `inputs`, `vars`, `github` and so on. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the steps before went, for `success()` and its siblings, and the folder in which `hashFiles` looks. */
export interface Surroundings {
    readonly failed: boolean;
    readonly exists: (pattern: string) => boolean;
}

/** Evaluates GitHub's expressions with GitHub's own evaluator. */
export class ExpressionEvaluator {
    readonly #expressions: typeof expressions;

    private constructor(library: typeof expressions) {
        this.#expressions = library;
    }

    static async load(): Promise<ExpressionEvaluator> {
        return new ExpressionEvaluator(await import("@actions/expressions"));
    }

    /** The value of an expression without its braces. @throws where GitHub would refuse it. */
    evaluate(expression: string, contexts: Contexts, surroundings: Surroundings): unknown {
        const { Lexer, Parser, Evaluator, data } = this.#expressions;
        const functions = this.#functions(surroundings);
        const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
        const context = this.#data(contexts) as expressions.data.Dictionary;
        const byName = new Map(functions.map((each) => [each.name.toLowerCase(), each]));
        const result = new Evaluator(parsed, context, byName).evaluate();
        if (result.kind === data.Kind.Array || result.kind === data.Kind.Dictionary) {
            return JSON.parse(JSON.stringify(result, data.replacer)) as unknown;
        }
        return result.kind === data.Kind.Boolean ? result.value : result.coerceString();
    }

    /** A text with every `${{ }}` in it replaced; one that is an expression as a whole keeps its type. */
    text(text: unknown, contexts: Contexts, surroundings: Surroundings): unknown {
        if (typeof text !== "string") {
            return text;
        }
        const whole = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text);
        if (whole?.[1] !== undefined && !whole[1].includes("${{")) {
            return this.evaluate(whole[1].trim(), contexts, surroundings);
        }
        return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) =>
            String(this.evaluate(inner.trim(), contexts, surroundings)),
        );
    }

    /** An `if`: the default and every condition without a status function asks for success as well. */
    condition(condition: string | boolean | undefined, contexts: Contexts, surroundings: Surroundings): boolean {
        const text = condition === undefined ? "success()" : String(condition).replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1");
        const asked = /\b(success|failure|always|cancelled)\(\)/.test(text) ? text : `success() && (${text})`;
        const value = this.evaluate(asked, contexts, surroundings);
        return value !== false && value !== "" && value !== null;
    }

    #functions({ failed, exists }: Surroundings) {
        const { data } = this.#expressions;
        const status = (name: string, value: boolean) => ({
            name,
            minArgs: 0,
            maxArgs: 0,
            call: () => new data.BooleanData(value),
        });
        return [
            status("always", true),
            status("success", !failed),
            status("failure", failed),
            status("cancelled", false),
            {
                name: "hashFiles",
                minArgs: 1,
                maxArgs: 1,
                call: (pattern: ExpressionData) => new data.StringData(exists(pattern.coerceString()) ? "hash" : ""),
            },
        ];
    }

    #data(value: unknown): ExpressionData {
        const { data } = this.#expressions;
        return JSON.parse(JSON.stringify(value), data.reviver) as ExpressionData;
    }
}
