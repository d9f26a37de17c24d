/**
 * What a property of one resource means among the other resources of its stack. Three questions, each with one answer:
 *
 * - Which resources of these types does this one value mean? `Graph.resolve` (`StackGraph`): by any of the resource's
 *   {@link identitiesOf}, and where the value is unknown by {@link dependenciesOf} the property.
 * - Which resources of these types refer to that one? {@link referredTo}: `Graph.resolve` the other way round, with
 *   those whose reference nothing in the stack answers yet.
 * - Which targets do all the values of a property name together, and how certainly? {@link NamedTargets}: its targets
 *   need not be resources (a security group outside the stack, the VPC of a subnet), it takes only ids, leads from a
 *   component to what is inside it, and shares unknown values out among the property's dependencies.
 */
export { dependenciesOf, isLeftOut } from "./dependencies";
export { Family } from "./family";
export { identitiesOf, idsOf } from "./identities";
export { mostCandidates, NamedTargets, type Link } from "./namedTargets";
export { referredTo } from "./referredTo";
