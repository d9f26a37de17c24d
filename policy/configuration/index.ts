export { checkConfiguration } from "./check";
export {
    configurationProblems,
    problemList,
    propertiesOf,
    propertyProblems,
    readConfiguration,
    type Configurable,
    type Configuration,
    type RuleConfiguration,
} from "./configuration";
export { Exemptions, today, type Exemption } from "./exemptions";
export { nameHint } from "./nameHint";
export { configurationSchema, rulePropertiesSchema } from "./schema";
export { unusedExemption, unusedExemptionMessage } from "./unusedExemption";
