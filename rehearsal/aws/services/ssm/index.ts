import { text } from "../../account";
import type { Values } from "../../../provider";
import { findImage } from "../ec2";
import { type Lookup, refusals, type ServiceModel } from "../resource";

const { refuseIf } = refusals("SSM", "GetParameter");

const latest =
    /^\/aws\/service\/ami-amazon-linux-latest\/(al2023-ami(?:-minimal)?-kernel-(?:default|6\.1)|amzn2-ami(?:-minimal|-kernel-5\.10)?-hvm)-(x86_64|arm64)(-gp2|-ebs)?$/;

/**
 * `aws.ssm.getParameter`: of the account, and AWS's public ones that name the newest image of Amazon Linux.
 * Sources: Amazon Linux 2023 User Guide, "AL2023 on Amazon EC2"; AWS Systems Manager User Guide, "Calling AMI public
 * parameters"; API reference, GetParameter.
 */
function getParameter({ account, args, region }: Lookup): Values {
    const name = text(args.name);
    const own = account
        .all("Parameter", region)
        .find(({ type, properties }) => type.startsWith("aws:ssm/") && properties.name === name);
    if (own !== undefined) {
        const { value, insecureValue } = own.properties;
        return { ...own.properties, value: value ?? insecureValue };
    }
    const [, kind = "", architecture, ending] = latest.exec(name) ?? [];
    refuseIf(
        kind === "" || (ending !== undefined) !== kind.startsWith("amzn2-"),
        "ParameterNotFound",
        `There is no parameter ${name}. The rehearsed account has what the program makes, and of AWS's public ones those below /aws/service/ami-amazon-linux-latest/.`,
    );
    const pattern = kind.startsWith("amzn2-")
        ? `amzn2-ami-hvm-*-${architecture}${ending}`
        : `al2023-ami-*-${architecture}`;
    const filters = [{ name: "name", values: [pattern] }];
    const image = findImage({ region, args: { owners: ["amazon"], mostRecent: true, filters } });
    return {
        id: name,
        name,
        arn: `arn:aws:ssm:${region}::parameter${name}`,
        type: "String",
        value: image.id,
        insecureValue: image.id,
        version: 1,
    };
}

export const ssm: ServiceModel = { title: "SSM", lookups: { "aws:ssm/getParameter:getParameter": getParameter } };
