import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { edgeProblems, type EncryptedEdgeArgs } from "../arguments/index";
import { type ArgumentSpec, resolved } from "../checks/index";
import {
    type EnumerationDescription,
    type ObjectDescription,
    PackageSchema,
    type Property,
    type ResourceDescription,
} from "../test/packageSchema";
import { offered } from "./offered";
import { outputNames } from "../test/outputNames";

const file = path.join(__dirname, "..", "schema.json");

type Specs = Readonly<Record<string, ArgumentSpec>>;
type Properties = Readonly<Record<string, Property>>;

interface Schema {
    readonly name: string;
    readonly namespace: string;
    readonly resources: Readonly<Record<string, ResourceDescription>>;
    readonly types: Readonly<Record<string, ObjectDescription | EnumerationDescription>>;
}

describe("The component for other languages", () => {
    let schema: Schema;

    before(function () {
        this.timeout("2m");
        const wanted = `${JSON.stringify(new PackageSchema(), undefined, 4)}\n`;
        if (process.env.UPDATE_DOCS) {
            writeFileSync(file, wanted);
        }
        schema = JSON.parse(wanted) as Schema;
    });

    it("is described by the stored schema as it is", () => {
        const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
        assert.deepEqual(stored, schema, "Run UPDATE_DOCS=1 npx mocha components/plugin/schema.test.ts");
    });

    it("offers what is meant for use, and no part of an edge", () => {
        assert.deepEqual(Object.keys(schema.resources), [
            "encrypted-edge:index:EdgeRoute",
            "encrypted-edge:index:EncryptedEdge",
        ]);
        assert.ok(Object.values(schema.resources).every(({ isComponent }) => isComponent));
    });

    it("has names from which languages make theirs: namespace and name of the npm package", () => {
        const { name } = JSON.parse(readFileSync(path.join(__dirname, "..", "package.json"), "utf8")) as Schema;
        assert.equal(name, `@${schema.namespace}/${schema.name}`);
    });

    it("needs three arguments, and subnets where no load balancer exists", () => {
        const edge = component("EncryptedEdge");
        assert.deepEqual(edge.requiredInputs, ["domainNames", "hostedZoneName", "vpcId"]);
    });

    it("describes every component, group, argument and output, and states every default", () => {
        const inputs = Object.entries(schema.resources).map(
            ([token, { inputProperties, requiredInputs }]) => [token, inputProperties, requiredInputs] as const,
        );
        const groups = Object.entries(schema.types).flatMap(([token, type]) =>
            "properties" in type ? [[token, type.properties, type.required] as const] : [],
        );
        assert.ok(groups.length > 5);
        for (const [token, properties, required] of [...inputs, ...groups]) {
            for (const [name, { description = "" }] of Object.entries(properties)) {
                assert.notEqual(description, "", `${token} ${name}`);
                assert.equal(/\bDefaults\s+to\b/.test(description), !required.includes(name), `${token} ${name}`);
            }
        }
        const described = [...Object.values(schema.resources), ...Object.values(schema.types)];
        for (const each of described.filter((one) => "properties" in one)) {
            assert.ok(each.description);
        }
        for (const [token, { properties }] of Object.entries(schema.resources)) {
            for (const [name, { description }] of Object.entries(properties)) {
                assert.ok(description, `${token} ${name}`);
            }
        }
    });

    it("has no type that another language could not write, and no number with a fraction", () => {
        for (const [token, resource] of Object.entries(schema.resources)) {
            for (const [name, property] of Object.entries({ ...resource.inputProperties, ...resource.properties })) {
                assert.ok(isPlain(property), `${token} ${name} is ${JSON.stringify(property)}`);
            }
        }
    });

    it("has the defaults and the enumerations of the tables", () => {
        const seen = { defaults: 0, enumerations: 0 };
        const compare = (properties: Properties, specs: Specs, where: string): void => {
            assert.deepEqual(Object.keys(properties).sort(), Object.keys(specs).sort(), where);
            for (const [name, property] of Object.entries(properties)) {
                const spec = specs[name] ?? assert.fail(name);
                const fields = spec.form === "group" ? spec.fields : spec.items;
                if (fields !== undefined) {
                    const group = typeOf(property.items ?? property);
                    compare("properties" in group ? group.properties : {}, fields, `${where}.${name}`);
                }
                if (spec.form === "group") {
                    continue;
                }
                const isSimple = ["string", "number", "boolean"].includes(typeof spec.default);
                assert.equal(property.default, isSimple ? spec.default : undefined, `${where}.${name}`);
                seen.defaults += isSimple ? 1 : 0;
                // What the check itself says of a value that no list has.
                const said = spec.form === "text" ? spec.check("none of these", {}) : undefined;
                const [, values] = /allowed values are (.*)\. Write/.exec(typeof said === "string" ? said : "") ?? [];
                if (values !== undefined) {
                    const type = typeOf(property);
                    assert.ok("enum" in type, `${where}.${name}`);
                    assert.equal(type.enum.map(({ value }) => value).join(", "), values);
                    seen.enumerations += 1;
                }
            }
        };
        for (const [name, { specs }] of Object.entries(offered)) {
            compare(component(name).inputProperties, specs, name);
        }
        assert.ok(seen.defaults > 30 && seen.enumerations > 5, JSON.stringify(seen));
    });

    it("has defaults that change nothing when a language fills them in", () => {
        const args: EncryptedEdgeArgs = {
            hostedZoneName: "example.com",
            domainNames: ["www.example.com"],
            vpcId: "vpc-0123456789abcdef0",
            subnetIds: ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"],
            alarms: {},
            firewall: {},
            nextTargets: { port: 8443 },
            routes: [{ name: "api", priority: 10, paths: ["/api/*"], targets: {} }],
            targets: {},
            timeouts: {},
            cacheBehaviors: [{ path: "/images/*" }],
            errorPages: {},
            staticFiles: { paths: ["/assets/*"] },
            webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/own/0123456789abcdef",
        };
        const filled = fill(args, component("EncryptedEdge").inputProperties) as EncryptedEdgeArgs;
        assert.equal(filled.rateLimit, 2000);
        assert.equal(filled.alarms?.daysToExpiry, 21);
        assert.equal(filled.routes?.[0]?.targetProtocol, "HTTPS");
        assert.deepEqual(edgeProblems("edge", filled), []);
        const { specs } = offered.EncryptedEdge ?? assert.fail();
        // The defaults of a route and of a cache behavior are filled in where they are built.
        const lists = { routes: [], cacheBehaviors: [] };
        assert.deepEqual(resolved({ ...filled, ...lists }, specs), resolved({ ...args, ...lists }, specs));
    });

    it("keeps a secret that is given from being read", () => {
        assert.equal(component("EdgeRoute").inputProperties.originSecretValues?.secret, true);
    });

    it("gives out what the next stack needs", () => {
        assert.deepEqual(Object.keys(component("EncryptedEdge").properties).sort(), outputNames);
    });

    function component(name: string): ResourceDescription {
        return schema.resources[`encrypted-edge:index:${name}`] ?? assert.fail(name);
    }

    function typeOf({ $ref = "" }: Property): ObjectDescription | EnumerationDescription {
        return schema.types[$ref.replace("#/types/", "")] ?? assert.fail($ref);
    }

    function isPlain(property: Property): boolean {
        const { type, $ref, items, additionalProperties } = property;
        if ($ref !== undefined) {
            const referred = typeOf(property);
            return "properties" in referred
                ? Object.values(referred.properties).every(isPlain)
                : referred.type === "string" && referred.enum.length > 1;
        }
        if (type === "array" || type === "object") {
            const element = type === "array" ? items : additionalProperties;
            return element !== undefined && isPlain(element);
        }
        return type === "string" || type === "integer" || type === "boolean";
    }

    /** The arguments as a generated SDK sends them. */
    function fill(args: object, properties: Properties): object {
        const given = args as Record<string, unknown>;
        const entries = Object.entries(properties).map(([name, property]) => {
            const value = given[name] ?? property.default;
            const inner = property.items ?? property;
            if (value === undefined || inner.$ref === undefined) {
                return [name, value];
            }
            const type = typeOf(inner);
            if (!("properties" in type)) {
                return [name, value];
            }
            return [
                name,
                Array.isArray(value)
                    ? value.map((item: object) => fill(item, type.properties))
                    : fill(value, type.properties),
            ];
        });
        return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as object;
    }
});
