import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { locateCli, rehearsalEnvironment } from "../rehearsal/bin/engine";

interface Property {
    type?: string;
    description?: string;
    oneOf?: unknown;
    $ref?: string;
    items?: Property;
    additionalProperties?: Property;
}

interface ComponentSchema {
    isComponent: boolean;
    description: string;
    inputProperties: Record<string, Property>;
    requiredInputs?: string[];
    properties?: Record<string, Property>;
}

/**
 * A copy of the package as another project installs it: the CLI runs `npm install` in a package before it reads its
 * schema, which in the repository would reinstall the whole workspace.
 */
function packageCopy(): string {
    const directory = mkdtempSync(path.join(tmpdir(), "component-schema-"));
    cpSync(path.join(__dirname, "..", "tsconfig.json"), path.join(directory, "tsconfig.json"));
    symlinkSync(path.join(__dirname, "..", "node_modules"), path.join(directory, "node_modules"));
    const copy = path.join(directory, "components");
    mkdirSync(copy);
    const isTest = (file: string) => file.endsWith(".test.ts") || path.basename(file) === "test";
    cpSync(__dirname, copy, { recursive: true, filter: (file) => !isTest(file) });
    const packageFile = path.join(copy, "package.json");
    const { dependencies, ...rest } = JSON.parse(readFileSync(packageFile, "utf8")) as Record<string, unknown>;
    assert.ok(dependencies);
    writeFileSync(packageFile, JSON.stringify(rest));
    return directory;
}

describe("The component for other languages", () => {
    let directory: string;
    let resources: Record<string, ComponentSchema>;
    let types: Record<string, { properties: Record<string, Property>; required?: string[] }>;

    before(async function () {
        // Where no CLI can be found or downloaded, it is built once.
        this.timeout("20m");
        directory = packageCopy();
        const cli = await locateCli({ onProgress: console.error });
        const { stdout } = await promisify(execFile)(
            cli.path,
            ["package", "get-schema", path.join(directory, "components")],
            { env: rehearsalEnvironment(directory), maxBuffer: 64 * 1024 * 1024, timeout: 300_000 },
        );
        ({ resources, types } = JSON.parse(stdout) as { resources: typeof resources; types: typeof types });
    });

    after(() => rmSync(directory, { recursive: true, force: true }));

    it("has one token for EncryptedEdge and each of its parts", () => {
        assert.deepEqual(Object.keys(resources).sort(), [
            "encrypted-edge:index:AliasRecords",
            "encrypted-edge:index:EdgeAccessLog",
            "encrypted-edge:index:EdgeAlarms",
            "encrypted-edge:index:EdgeDistribution",
            "encrypted-edge:index:EdgeFirewall",
            "encrypted-edge:index:EdgeRoute",
            "encrypted-edge:index:EncryptedEdge",
            "encrypted-edge:index:LoadBalancerLog",
            "encrypted-edge:index:OriginLoadBalancer",
            "encrypted-edge:index:OriginSecret",
            "encrypted-edge:index:ValidatedCertificate",
        ]);
    });

    it("needs four arguments and states the default of every other", () => {
        const edge = component("EncryptedEdge");
        assert.deepEqual(edge.requiredInputs, ["domainNames", "hostedZoneName", "subnetIds", "vpcId"]);
        for (const [name, { description = "" }] of Object.entries(edge.inputProperties)) {
            assert.notEqual(description, "", name);
            assert.equal(/\bDefaults\s+to\b/.test(description), !edge.requiredInputs?.includes(name), name);
        }
    });

    it("describes every component, argument and output", () => {
        for (const [token, resource] of Object.entries(resources)) {
            assert.equal(resource.isComponent, true, token);
            assert.ok(resource.description, token);
            const described = [
                ...Object.entries(resource.inputProperties),
                ...Object.entries(resource.properties ?? {}),
            ];
            for (const [name, { description }] of described) {
                assert.ok(description, `${token} ${name}`);
            }
        }
    });

    it("has no type that another language could not write", () => {
        for (const [token, resource] of Object.entries(resources)) {
            for (const [name, property] of Object.entries({ ...resource.inputProperties, ...resource.properties })) {
                assert.ok(isPlain(property), `${token} ${name} is ${JSON.stringify(property)}`);
            }
        }
    });

    it("describes every argument of a group", () => {
        assert.deepEqual(Object.keys(types), [
            "encrypted-edge:index:AlarmsArgs",
            "encrypted-edge:index:FirewallArgs",
            "encrypted-edge:index:FirewallExceptionArgs",
            "encrypted-edge:index:NextTargetsArgs",
            "encrypted-edge:index:RouteArgs",
            "encrypted-edge:index:TargetsArgs",
            "encrypted-edge:index:TimeoutsArgs",
        ]);
        for (const [token, { properties, required = [] }] of Object.entries(types)) {
            for (const [name, { description = "" }] of Object.entries(properties)) {
                assert.notEqual(description, "", `${token} ${name}`);
                assert.equal(/\bDefaults\s+to\b/.test(description), !required.includes(name), `${token} ${name}`);
            }
        }
    });

    it("gives out what the next stack needs", () => {
        assert.deepEqual(Object.keys(component("EncryptedEdge").properties ?? {}).sort(), [
            "accessLogGroupName",
            "alarmTopicArn",
            "distributionDomainName",
            "distributionId",
            "domainNames",
            "edgeAlarmTopicArn",
            "listenerArn",
            "listenerRuleArn",
            "loadBalancerArn",
            "loadBalancerArnSuffix",
            "loadBalancerDnsName",
            "loadBalancerLogBucketName",
            "loadBalancerSecurityGroupId",
            "loadBalancerZoneId",
            "nextTargetGroupArn",
            "originCertificateArn",
            "originDomainName",
            "originPort",
            "originSecretHeaderName",
            "originSecretValues",
            "routeTargetGroupArns",
            "routeTargetSecurityGroupIds",
            "targetGroupArn",
            "targetGroupArnSuffix",
            "targetProtocol",
            "targetSecurityGroupId",
            "url",
            "viewerCertificateArn",
            "webAclArn",
            "webAclLogGroupName",
        ]);
    });

    function component(name: string): ComponentSchema {
        const found = resources[`encrypted-edge:index:${name}`];
        assert.ok(found, name);
        return found;
    }

    function isPlain({ type, oneOf, $ref, items, additionalProperties }: Property): boolean {
        if (oneOf !== undefined) {
            return false;
        }
        if ($ref !== undefined) {
            const group = types[$ref.replace("#/types/", "")];
            return group !== undefined && Object.values(group.properties).every(isPlain);
        }
        if (type === "array" || type === "object") {
            const element = type === "array" ? items : additionalProperties;
            return element !== undefined && isPlain(element);
        }
        return type === "string" || type === "number" || type === "integer" || type === "boolean";
    }
});
