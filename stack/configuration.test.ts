import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { type ArgumentSpec, argumentSpecs } from "../components/index";
import { namespaceProblems, parseConfiguration, readConfiguration } from "./configuration";

interface Project {
    name: string;
    config: Record<string, { description: string; default?: unknown }>;
}

const root = path.join(__dirname, "..");
const project = parse(readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as Project;

/** The values of a stack file as the engine hands them to the program. */
function stackValues(stack: string): Map<string, string> {
    const file = parse(readFileSync(path.join(root, `Pulumi.${stack}.yaml`), "utf8")) as {
        config: Record<string, unknown>;
    };
    const values = new Map(
        Object.entries(project.config).flatMap(([key, { default: value }]) =>
            value === undefined ? [] : [[key, asText(value)]],
        ),
    );
    for (const [key, value] of Object.entries(file.config)) {
        if (key.startsWith(`${project.name}:`)) {
            values.set(key.slice(project.name.length + 1), asText(value));
        }
    }
    return values;
}

function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

function parsed(changes: Record<string, string | undefined>) {
    const values = new Map<string, string | undefined>([
        ["hostedZoneName", "example.com"],
        ["domainNames", '["www.example.com"]'],
        ...Object.entries(changes),
    ]);
    return parseConfiguration("edge", values);
}

describe("Pulumi.yaml", () => {
    it("describes every setting that the program reads, in the same order", () => {
        assert.deepEqual(Object.keys(project.config), Object.keys(argumentSpecs));
        for (const [key, { form }] of Object.entries(argumentSpecs)) {
            assert.match(
                project.config[key]?.description ?? "",
                new RegExp(`^\\(${form}(, required)?\\) [A-Z].*\\.$`),
                key,
            );
        }
    });

    it("states the defaults of the component", () => {
        const empty = { text: "", list: [], number: 0, boolean: false } as Readonly<Record<string, unknown>>;
        for (const [key, spec] of Object.entries<ArgumentSpec>(argumentSpecs)) {
            const stated = project.config[key]?.default;
            if (spec.form === "group" || spec.emptyMeansUnset || spec.required) {
                assert.deepEqual(stated, spec.form === "group" ? {} : empty[spec.form], key);
            } else {
                assert.deepEqual(stated, spec.default, key);
            }
        }
    });
});

describe("The stack files", () => {
    for (const stack of ["dev", "prod"]) {
        it(`hold no mistake: ${stack}`, () => {
            assert.deepEqual(parseConfiguration("edge", stackValues(stack)).problems, []);
        });
    }

    it("differ in protection, names, rate limit and waiting", () => {
        const [dev, prod] = ["dev", "prod"].map(
            (stack) => parseConfiguration("edge", stackValues(stack)).configuration,
        );
        assert.deepEqual([dev?.deletionProtection, prod?.deletionProtection], [false, true]);
        assert.deepEqual([dev?.waitForDeployment, prod?.waitForDeployment], [false, true]);
        assert.notEqual(dev?.rateLimit, prod?.rateLimit);
        assert.deepEqual(
            dev?.domainNames.filter((name) => prod?.domainNames.includes(name)),
            [],
        );
        assert.notEqual(dev?.originDomainName, prod?.originDomainName);
    });
});

describe("The configuration of a stack", () => {
    it("becomes arguments of their own types; what is empty is not set", () => {
        const { configuration, problems } = parsed({
            rateLimit: "500",
            deletionProtection: "false",
            cachedPaths: '["/assets/*"]',
            originDomainName: "",
            subnetIds: "[]",
            vpcId: "",
            targetPort: "0",
            nextTargets: "{}",
        });
        assert.deepEqual(problems, []);
        assert.deepEqual(configuration, {
            hostedZoneName: "example.com",
            domainNames: ["www.example.com"],
            rateLimit: 500,
            deletionProtection: false,
            cachedPaths: ["/assets/*"],
            originDomainName: undefined,
            subnetIds: undefined,
            vpcId: undefined,
            targetPort: undefined,
            nextTargets: undefined,
        });
    });

    it("holds groups as they are written", () => {
        const { configuration, problems } = parsed({ nextTargets: '{"protocol":"HTTP","weight":10}' });
        assert.deepEqual([problems, configuration.nextTargets], [[], { protocol: "HTTP", weight: 10 }]);
    });

    const mistakes: [Record<string, string | undefined>, string, RegExp][] = [
        [{ ratelimit: "500" }, "ratelimit", /Did you mean "rateLimit"\?/],
        [{ domainName: "www.example.com" }, "domainName", /Did you mean "domainNames"\?/],
        [{ hostedZoneName: "" }, "hostedZoneName", /is missing/],
        [{ domainNames: "[]" }, "domainNames", /needs at least one name/],
        [{ toString: "" }, "toString", /is not a setting/],
        [{ domainNames: "www.example.com" }, "domainNames", /a list is needed.*"- www.example.com"/],
        [{ domainNames: '{"a":1}' }, "domainNames", /a list is needed/],
        [{ rateLimit: "many" }, "rateLimit", /is "many"; a number is needed/],
        [{ rateLimit: "" }, "rateLimit", /a number is needed/],
        [{ rateLimit: "5" }, "rateLimit", /from 10/],
        [{ waitForDeployment: "yes" }, "waitForDeployment", /allowed values are true and false/],
        [{ domainNames: '["www.example.org"]' }, "domainNames[0]", /outside the hosted zone/],
        [{ vpcId: "vpc-0123456789abcdef0" }, "subnetIds", /is missing/],
        [{ subnetIds: '["subnet-01234567","subnet-01234568"]' }, "vpcId", /is missing/],
        [{ nextTargets: "8080" }, "nextTargets", /is "8080"; a group of settings is needed/],
        [{ nextTargets: '[{"port":1}]' }, "nextTargets", /a group of settings is needed/],
        [{ nextTargets: '{"port":0}' }, "nextTargets.port", /is 0 \(port\)/],
        [{ nextTargets: '{"prot":1}' }, "nextTargets.prot", /not an argument of nextTargets\. Did you mean "port"\?/],
        [{ targetProtocol: "" }, "targetProtocol", /allowed values are HTTPS, HTTP/],
    ];
    for (const [changes, propertyPath, reason] of mistakes) {
        it(`is refused with ${JSON.stringify(changes)}`, () => {
            const { problems } = parsed(changes);
            assert.deepEqual(
                problems.map((problem) => problem.propertyPath),
                [propertyPath],
            );
            assert.match(problems[0]?.reason ?? "", reason);
        });
    }

    it("takes the secret of an identity provider as one, and asks for it", () => {
        const login = { clientSecret: "hunter2" };
        const read = (secretNames: string[]) =>
            parseConfiguration("edge", new Map([["authenticateOidc", JSON.stringify(login)]]), secretNames);
        const asked = /clientSecret is in the stack file in plain text.*--secret --path authenticateOidc\.clientSecret/;
        const said = (secretNames: string[]) =>
            read(secretNames)
                .problems.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`)
                .join("\n");
        assert.match(said([]), asked);
        assert.doesNotMatch(said(["authenticateOidc"]), asked);
        assert.deepEqual(read(["authenticateOidc"]).configuration.authenticateOidc, login);
        const wrong = parseConfiguration("edge", new Map([["authenticateOidc", "hunter2"]]), ["authenticateOidc"]);
        assert.doesNotMatch(JSON.stringify(wrong), /hunter2/);
    });

    it("says of a secret value only that it is one", () => {
        const { problems } = parsed({ originDomainName: undefined });
        assert.deepEqual(
            problems.map(({ propertyPath }) => propertyPath),
            ["originDomainName"],
        );
        assert.match(problems[0]?.reason ?? "", /--plaintext originDomainName/);
    });

    afterEach(() => {
        delete process.env.PULUMI_CONFIG_SECRET_KEYS;
    });

    it("is refused as a whole, every mistake at once, in a way that Pulumi prints without a stack trace", async () => {
        await pulumi.runtime.setMocks(
            { newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) },
            "encrypted-edge",
            "dev",
        );
        pulumi.runtime.setAllConfig({
            "aws:region": "eu-central-1",
            "encrypted-edge:hostedZoneName": "example.com",
            "encrypted-edge:domainNames": '["www.example.org"]',
            "encrypted-edge:rateLimit": "many",
            "encrypted-edge:wait": "true",
            "encrypted-edg:deletionProtecton": "true",
            "encrypted-edge:originDomainName": "hidden.example.org",
        });
        process.env.PULUMI_CONFIG_SECRET_KEYS = '["encrypted-edge:originDomainName"]';
        assert.throws(
            () => readConfiguration("edge"),
            (error) => {
                assert.ok(pulumi.RunError.isInstance(error));
                const [title, ...lines] = error.message.split("\n");
                assert.equal(
                    title,
                    'The configuration of stack "dev" has 5 mistakes (keys begin with "encrypted-edge:"):',
                );
                assert.deepEqual(
                    lines.map((line) => line.split(" ")[3]),
                    ["encrypted-edg:deletionProtecton", "rateLimit", "wait", "originDomainName", "domainNames[0]"],
                );
                assert.ok(!error.message.includes("hidden.example.org"));
                return true;
            },
        );
    });
});

describe("The namespace of a key", () => {
    const cases: readonly (readonly [string, RegExp | undefined])[] = [
        [
            "encrypted-edg:domainNames",
            /is in the namespace "encrypted-edg".*Did you mean "encrypted-edge:domainNames"\?/,
        ],
        ["encryptededge:ratelimit", /Did you mean "encrypted-edge:rateLimit"\?/],
        ["encrypted-edg:colour", /nothing reads it\. Leave it out\./],
        ["edge:deletionProtection", /Did you mean "encrypted-edge:deletionProtection"\?/],
        ["encrypted-edg:a:b", /Leave it out/],
        ["aws:region", undefined],
        // The provider refuses it, here and in AWS.
        ["aws:regoin", undefined],
        ["pulumi:tags", undefined],
        ["network:zones", undefined],
    ];
    for (const [key, reason] of cases) {
        it(`${reason === undefined ? "leaves" : "refuses"} ${key}`, () => {
            const [problem, ...more] = namespaceProblems(key, "encrypted-edge");
            assert.deepEqual(more, []);
            if (reason === undefined) {
                assert.equal(problem, undefined);
            } else {
                assert.equal(problem?.propertyPath, key);
                assert.match(problem.reason, reason);
            }
        });
    }
});
