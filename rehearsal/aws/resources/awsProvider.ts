import { isDeepStrictEqual } from "node:util";
import { type Account, type AccountRecord, className, seedRegion } from "../account";
import { replacementOf } from "../facts";
import {
    type Checked,
    type Differences,
    type Naming,
    packageSchema,
    type Provider,
    type Resource,
    type ResourceTyping,
    type State,
    type Typings,
    type Values,
} from "../../provider";
import {
    type Change,
    checkRelations,
    checkUses,
    findAll,
    findOne,
    listedType,
    type Operation,
    refusals,
    type ResourceModel,
    services,
    typeOfLookUp,
} from "../services";
import { checkInputs } from "./checkInputs";
import { AwsValueCheck } from "./checkValue";
import { type Configuration, configurationProblems, readConfiguration } from "./configuration";
import { currentInputs, statedInputs } from "./currentInputs";
import { findDifferences, type KnownType } from "./differences";
import { autoNamed, prefixedName } from "./naming";
import { conventionalOutputs, fillOutputs, plainObject, previewOutputs, statedOutputs } from "./outputs";

/** Types that belong to no region. Source: version 7 of the SDK, whose types of these modules have no input `region`. */
const globalTypes =
    /^aws:(account|budgets|cloudfront|costexplorer|costoptimizationhub|cur|globalaccelerator|iam|networkmanager|organizations|rolesanywhere|route53domains|route53recovery\w+|savingsplans|shield|waf)\/|^aws:route53\/(?!resolver|profiles)/;

/** The `aws` provider of the rehearsal: typings say what resources are like, services what AWS makes of them. */
export class AwsProvider implements Provider {
    readonly name = "aws";
    #configuration: Configuration = { region: "", defaultTags: {} };
    readonly #seeded = new Set<string>();

    readonly #account: Account;
    readonly #typings: Typings;

    constructor(account: Account, typings: Typings) {
        this.#account = account;
        this.#typings = typings;
    }

    get version(): string {
        return this.#typings.version;
    }

    schema(): object {
        return packageSchema(this.name, this.#typings);
    }

    checkConfiguration(inputs: Values): Checked {
        return { inputs, failures: configurationProblems(inputs, this.#typings) };
    }

    configure(inputs: Values): void {
        this.#configuration = readConfiguration(inputs);
    }

    isModelled(type: string): boolean {
        return type in services.resources;
    }

    secretOutputs(type: string): readonly string[] {
        return this.#typings.resource(type)?.secrets ?? [];
    }

    check(resource: Resource, olds: Values, news: Values, naming: Naming): Checked {
        return this.#typings.resource(resource.type) === undefined
            ? { inputs: news, failures: [{ property: "", reason: this.#noType(resource.type) }] }
            : checkInputs(this.#known(resource.type), this.#configuration, resource, { olds, news, naming });
    }

    diff(resource: Resource, old: State, news: Values): Differences {
        return findDifferences(this.#known(resource.type), old, news);
    }

    async create(resource: Resource, inputs: Values, preview: boolean): Promise<{ id: string; properties: Values }> {
        const { typing, model, named: naming } = this.#known(resource.type);
        const stated = statedOutputs(typing, model, inputs);
        if (preview) {
            return { id: "", properties: previewOutputs(typing, stated) };
        }
        return this.#change(this.#regionOf(typing, inputs), (region) => {
            const prefixed = prefixedName(naming, inputs);
            const given = { ...inputs, ...prefixed };
            const properties = { ...stated, ...prefixed };
            const operation = this.#operation("create", resource, region, given, properties);
            checkRelations(model, operation);
            model.judge?.(operation);
            const conventional = conventionalOutputs(typing, resource.type, properties, region);
            const { id: named, ...computed } = { ...conventional, ...model.create?.(operation) };
            const twin = this.#account.get(resource.type, named, region)?.inputs;
            // Of a type that is not modelled, several owners may have one of the same name: roles a policy "default".
            const isTwin = ([name, { required }]: [string, { required: boolean }]) =>
                !required || typeof inputs[name] !== "string" || twin?.[name] === inputs[name];
            const isThere =
                twin !== undefined && (this.isModelled(resource.type) || Object.entries(typing.inputs).every(isTwin));
            operation.refuseIf(
                model.overwrites !== true && isThere,
                "AlreadyExistsException",
                `${named} already exists.`,
            );
            const id = twin === undefined || isThere ? named : `${named}-${Math.random().toString(36).slice(2)}`;
            const filled = fillOutputs(typing, resource.type, id, region, { ...properties, ...computed });
            this.#account.put({
                type: resource.type,
                id,
                ...(this.#isRegional(resource.type, typing) ? { region } : {}),
                urn: resource.urn,
                inputs: plainObject(inputs),
                properties: filled,
            });
            return { id, properties: filled };
        });
    }

    async read(resource: Resource, old: State): Promise<State | undefined> {
        const { typing, model } = this.#known(resource.type);
        // Ids of imports may name their region. Source: pulumi-aws, docs/enhanced-region-support.md.
        const [, given = old.id, region] = /^(.*)@([a-z0-9-]+)$/.exec(old.id) ?? [];
        const id = model.importedId?.(given) ?? given;
        const wanted = region ?? this.#regionOf(typing, old.inputs);
        const record = await this.#change(wanted, () => this.#account.get(resource.type, id, wanted));
        const imported = Object.keys(old.inputs).length === 0 && Object.keys(old.properties).length === 0;
        if (imported && model.importable === false) {
            throw new Error(
                `The official provider cannot import ${resource.type}. Leave it to the next "up" to create it.`,
            );
        }
        if (record === undefined || (this.#isRegional(resource.type, typing) && record.region !== wanted)) {
            const elsewhere = imported ? this.#account.get(resource.type, id)?.region : undefined;
            if (elsewhere !== undefined && elsewhere !== wanted) {
                throw new Error(
                    `"${given}" is in ${elsewhere}, not in ${wanted}. Import it as "${given}@${elsewhere}".`,
                );
            }
            return undefined;
        }
        const properties: Values = { ...record.properties };
        const stated = imported ? statedInputs(typing, record) : old.inputs;
        return { id, properties, inputs: currentInputs(typing, model, stated, properties) };
    }

    async update(resource: Resource, old: State, news: Values, preview: boolean): Promise<Values> {
        const { typing, model } = this.#known(resource.type);
        const kept = Object.entries(old.properties).filter(
            ([name]) =>
                !(name in typing.inputs) || (typing.outputs[name]?.required === true && news[name] === undefined),
        );
        const stated = { ...Object.fromEntries(kept), ...statedOutputs(typing, model, news) };
        if (preview) {
            return stated;
        }
        return this.#change(this.#regionOf(typing, news), (region) => {
            const record = this.#account.get(resource.type, old.id, region);
            if (record === undefined) {
                throw new Error(
                    `${resource.type} "${old.id}" is no longer in the account. Run "pulumi refresh", then update again.`,
                );
            }
            const operation = { ...this.#operation("update", resource, region, news, stated), old: record };
            checkRelations(model, operation);
            model.judge?.(operation);
            const computed = model.update?.(operation) ?? {};
            const untouched = (model.sentWhenChanged ?? [])
                .filter((name) => isDeepStrictEqual(old.properties[name], stated[name]))
                .map((name) => [name, record.properties[name]] as const);
            const values = { ...stated, ...computed, ...Object.fromEntries(untouched) };
            const properties = fillOutputs(typing, resource.type, record.id, region, values);
            this.#account.put({ ...record, urn: resource.urn, inputs: plainObject(news), properties });
            return properties;
        });
    }

    async delete(resource: Resource, old: State): Promise<void> {
        const { typing, model } = this.#known(resource.type);
        await this.#change(this.#regionOf(typing, old.properties), (region) => {
            const record = this.#account.get(resource.type, old.id, region);
            if (record === undefined) {
                // Gone already, which is what was wanted.
                return;
            }
            const { inputs, properties } = record;
            const operation = { ...this.#operation("delete", resource, region, inputs, properties), old: record };
            checkUses(model, operation);
            if (model.delete?.(operation) !== "kept") {
                this.#deleteWithParts(record);
            }
        });
    }

    async invoke(token: string, args: Values): Promise<{ values: Values; failures: Checked["failures"] }> {
        const typing = this.#typings.function(token);
        const type = typeOfLookUp(token);
        const isOfType = () => type !== token && this.#typings.resource(type) !== undefined;
        if (typing === undefined) {
            throw new Error(`${token} is no look-up of @pulumi/aws ${this.version}.`);
        }
        const listed = listedType(token, typing, this.#typings);
        const lookup =
            services.lookups[token] ??
            (isOfType() ? findOne(type) : listed === undefined ? undefined : findAll(listed));
        if (lookup === undefined) {
            throw new Error(`The rehearsal does not model the look-up ${token}. Give its result as a literal value.`);
        }
        const check = new AwsValueCheck(this.#typings, token);
        const checked = plainObject(check.object(args, typing.inputs));
        if (check.failures.length > 0) {
            return { values: {}, failures: check.failures };
        }
        return this.#change(this.#regionOf(typing, checked), (region) => {
            const values: Values = {
                ...checked,
                ...("region" in typing.outputs ? { region } : {}),
                ...lookup({
                    account: this.#account,
                    region,
                    args: checked,
                    defaultTags: this.#configuration.defaultTags,
                }),
            };
            return {
                values: fillOutputs(typing, token, typeof values.id === "string" ? values.id : region, region, values),
                failures: [],
            };
        });
    }

    /** Runs a change in a region, which has its default network from the first use on. */
    #change<Result>(region: string, work: (region: string) => Result): Promise<Result> {
        return this.#account.change(() => {
            if (!this.#seeded.has(region)) {
                seedRegion(this.#account, region);
                this.#seeded.add(region);
            }
            return work(region);
        });
    }

    #operation(change: Change, { type, urn }: Resource, region: string, inputs: Values, properties: Values): Operation {
        const verb = change.charAt(0).toUpperCase() + change.slice(1);
        const call = services.resources[type]?.calls?.[change] ?? `${verb}${className(type)}`;
        return {
            account: this.#account,
            type,
            urn,
            region,
            inputs,
            properties,
            ...refusals(services.titleOf(type), call),
        };
    }

    #deleteWithParts({ type, id, region }: AccountRecord): void {
        for (const [kind, place] of services.resources[type]?.owns ?? []) {
            const parts = this.#account.all(kind).filter(({ properties }) => properties[place] === id);
            parts.forEach((part) => this.#deleteWithParts(part));
        }
        this.#account.delete(type, id, region);
    }

    #regionOf(typing: { inputs: ResourceTyping["inputs"] }, values: Values): string {
        return "region" in typing.inputs && typeof values.region === "string" && values.region !== ""
            ? values.region
            : this.#configuration.region;
    }

    /** From version 7 of the SDK on a resource of a region has the input `region`; before, every type lacks it. */
    #isRegional(type: string, typing: ResourceTyping): boolean {
        return "region" in typing.inputs || (parseInt(this.version) < 7 && !globalTypes.test(type));
    }

    #known(type: string): KnownType {
        const typing = this.#typings.resource(type);
        if (typing === undefined) {
            throw new Error(this.#noType(type));
        }
        const model: ResourceModel = services.resources[type] ?? replacementOf(type);
        return { typings: this.#typings, typing, model, named: autoNamed(model.autoName, typing) };
    }

    #noType(type: string): string {
        return `${type} is no resource type of @pulumi/aws ${this.version}.`;
    }
}
