import { type Checked, type Failure, type Naming, type Resource, unknownValue, type Values } from "../../provider";
import { relationsOf } from "../constraints";
import { checkRules } from "../services";
import { AwsValueCheck } from "./checkValue";
import { type Configuration, invalidRegion, isRegion } from "./configuration";
import type { KnownType } from "./differences";
import { autoName } from "./naming";
import { tagProblems } from "./tags";

/** What was given as AWS takes it, with a name, a region and default tags where it has none, and all that is wrong with it. */
export function checkInputs(
    known: KnownType,
    configuration: Configuration,
    resource: Resource,
    { olds, news, naming }: { olds: Values; news: Values; naming: Naming },
): Checked {
    const { typings, typing, model, named } = known;
    const check = new AwsValueCheck(typings, resource.type, model);
    const report = check.report.bind(check);
    const inputs = check.object(news, typing.inputs);
    const defaults: string[] = [];
    const name = named && autoName(resource, named, { olds, news: inputs, naming }, report);
    if (named !== undefined && name !== undefined) {
        inputs[named.property] = name;
        defaults.push(named.property);
    }
    addRegionAndTags(known, configuration, { inputs, defaults, report });
    const failures: Failure[] = [];
    const judge = (property: string, reason: string) => failures.push({ property, reason });
    const oneName = named === undefined ? [] : [{ atMostOne: [named.property, `${named.property}Prefix`] }];
    checkRules([...oneName, ...relationsOf(resource.type), ...(model.rules ?? [])], inputs, judge);
    model.check?.(inputs, judge);
    check.add(failures);
    return { inputs: { __defaults: defaults, ...inputs }, failures: check.failures };
}

/** As the official provider does before anything else looks at the inputs. */
function addRegionAndTags(
    { typings, typing }: KnownType,
    { region, defaultTags }: Configuration,
    { inputs, defaults, report }: { inputs: Values; defaults: string[]; report: AwsValueCheck["report"] },
): void {
    const given = inputs.region;
    if ("region" in typing.inputs && given === undefined) {
        inputs.region = region;
        defaults.push("region");
    } else if (typeof given === "string" && given !== unknownValue && !isRegion(given, typings.regions)) {
        report("region", invalidRegion(given, typings.regions));
    }
    const { tags } = inputs;
    tagProblems(tags).forEach(([property, reason]) => report(property, reason));
    const isTagged = "tagsAll" in typing.outputs && "tags" in typing.inputs && tags !== unknownValue;
    if (isTagged && Object.keys(defaultTags).length > 0) {
        inputs.tags = { ...defaultTags, ...(tags as Values | undefined) };
    }
}
