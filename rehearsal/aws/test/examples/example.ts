import type { Values } from "../../../provider";
import type { RehearsedStack } from "../rehearsedStack";

/** What a program may state of a type: the least, and a little more where AWS adds to it. */
export type Example = (stack: RehearsedStack) => Promise<Values> | Values;

export const group = async (stack: RehearsedStack) =>
    (await stack.create("aws:ec2/securityGroup:SecurityGroup", {}, "group")).id;
