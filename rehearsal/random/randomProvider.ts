import { randomBytes, randomInt, randomUUID } from "node:crypto";
import {
    type Checked,
    type Differences,
    differencesOf,
    type Provider,
    type Resource,
    type State,
    Typings,
    unknownValue,
    ValueCheck,
    type Values,
} from "../provider";

/** Makes the outputs of a new resource; a value of another shape than asked for is refused before. */
type Generator = (inputs: Values) => Values & { id: string };

const generators: Readonly<Record<string, Generator>> = {
    "random:index/randomBytes:RandomBytes": ({ length }) => {
        const bytes = randomBytes(Number(length));
        return { id: bytes.toString("base64"), base64: bytes.toString("base64"), hex: bytes.toString("hex") };
    },
    "random:index/randomId:RandomId": ({ byteLength, prefix }) => {
        const bytes = randomBytes(Number(byteLength));
        const start = typeof prefix === "string" ? prefix : "";
        const id = bytes.toString("base64url");
        return {
            id,
            b64Url: `${start}${id}`,
            b64Std: `${start}${bytes.toString("base64")}`,
            hex: `${start}${bytes.toString("hex")}`,
            dec: `${start}${BigInt(`0x${bytes.toString("hex") || "0"}`)}`,
        };
    },
    "random:index/randomInteger:RandomInteger": ({ min, max }) => {
        const result = randomInt(Number(min), Number(max) + 1);
        return { id: String(result), result };
    },
    "random:index/randomUuid:RandomUuid": () => {
        const result = randomUUID();
        return { id: result, result };
    },
    "random:index/randomString:RandomString": (inputs) => {
        const result = randomText(inputs);
        return { id: result, result };
    },
    "random:index/randomPassword:RandomPassword": (inputs) => ({
        id: "none",
        result: randomText(inputs),
        bcryptHash: "",
    }),
};

/** The `random` provider of the rehearsal. Nothing lies outside of Pulumi's own state, as with the official one. */
export class RandomProvider implements Provider {
    readonly name = "random";
    readonly #typings: Typings;

    constructor(projectDirectory: string) {
        this.#typings = new Typings({ packageName: "@pulumi/random", projectDirectory });
    }

    get version(): string {
        return this.#typings.version;
    }

    checkConfiguration(inputs: Values): Checked {
        return { inputs, failures: [] };
    }

    configure(): void {
        // There is nothing to configure.
    }

    isModelled(type: string): boolean {
        return generators[type] !== undefined;
    }

    secretOutputs(type: string): readonly string[] {
        return this.#typings.resource(type)?.secrets ?? [];
    }

    check({ type }: Resource, _olds: Values, news: Values): Checked {
        const typing = this.#typings.resource(type);
        if (typing === undefined || generators[type] === undefined) {
            return { inputs: news, failures: [{ property: "", reason: `The rehearsal does not model ${type}.` }] };
        }
        const check = new ValueCheck(this.#typings, type);
        const inputs = check.object(news, typing.inputs);
        for (const name of ["length", "byteLength"]) {
            const size = inputs[name];
            if (typeof size === "number" && (!Number.isInteger(size) || size < 1)) {
                check.report(name, `is ${size}; a whole number of 1 or more is needed.`);
            }
        }
        return { inputs, failures: check.failures };
    }

    /** Any change makes new values, keepers included: that is what keepers are for. */
    diff(_resource: Resource, old: State, news: Values): Differences {
        return { differences: differencesOf(old.inputs, news, true), deleteBeforeReplace: false };
    }

    create({ type }: Resource, inputs: Values, preview: boolean): Promise<{ id: string; properties: Values }> {
        if (preview) {
            const outputs = Object.keys(this.#typings.resource(type)?.outputs ?? {});
            const unknown = Object.fromEntries(outputs.map((name) => [name, unknownValue]));
            return Promise.resolve({ id: "", properties: { ...unknown, ...inputs } });
        }
        const generate = generators[type];
        if (generate === undefined) {
            return Promise.reject(new Error(`The rehearsal does not model ${type}.`));
        }
        const { id, ...outputs } = generate(inputs);
        return Promise.resolve({ id, properties: { ...inputs, ...outputs, id } });
    }

    read(_resource: Resource, old: State): Promise<State | undefined> {
        return Promise.resolve(Object.keys(old.properties).length === 0 ? undefined : old);
    }

    update(_resource: Resource, old: State, news: Values): Promise<Values> {
        return Promise.resolve({ ...old.properties, ...news });
    }

    delete(): Promise<void> {
        return Promise.resolve();
    }

    invoke(token: string): Promise<never> {
        return Promise.reject(new Error(`The rehearsal does not model the look-up ${token}.`));
    }
}

/** Characters of the classes that are not switched off, with the least number of each. */
function randomText(inputs: Values): string {
    const special = typeof inputs.overrideSpecial === "string" ? inputs.overrideSpecial : "!@#$%&*()-_=+[]{}<>:?";
    const classes = [
        ["lower", "minLower", "abcdefghijklmnopqrstuvwxyz"],
        ["upper", "minUpper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
        ["numeric", "minNumeric", "0123456789"],
        ["special", "minSpecial", special],
    ] as const;
    const used = classes.filter(([name]) => inputs[name] !== false);
    const pick = (letters: string) => letters[randomInt(letters.length)] ?? "";
    const all = used.map(([, , letters]) => letters).join("");
    const least = used.flatMap(([, minimum, letters]) =>
        Array.from({ length: Number(inputs[minimum] ?? 0) }, () => pick(letters)),
    );
    const text = [
        ...least,
        ...Array.from({ length: Math.max(0, Number(inputs.length) - least.length) }, () => pick(all)),
    ];
    // Fisher and Yates: the least numbers must not all stand at the beginning.
    for (let index = text.length - 1; index > 0; index--) {
        const other = randomInt(index + 1);
        [text[index], text[other]] = [text[other] ?? "", text[index] ?? ""];
    }
    return text.join("");
}
