import { filledText, number, object, objects, texts } from "../aws/account";
import { arnOf, type DeployedAccount, type DeployedResource, type Properties } from "./deployedAccount";
import { connects, type Party } from "./securityGroups";

/** A target of a target group, as far as the account tells. */
export interface Target {
    /** For people. */
    readonly name: string;
    readonly port: number;
    /** Its place in the network; undefined where the account does not hold it. */
    readonly party: Party | undefined;
}

/**
 * What is registered with a target group: attachments of instances and addresses, services of ECS, and groups of EC2
 * Auto Scaling. What registers itself from inside the network, such as a controller of Kubernetes, is not in the
 * account.
 */
export function registeredTargets(account: DeployedAccount, targetGroup: DeployedResource): Target[] {
    const arn = arnOf(targetGroup);
    const port = number(targetGroup.properties.port) ?? 80;
    const attached = account
        .all("TargetGroupAttachment")
        .filter((one) => one.properties.targetGroupArn === arn)
        .map(({ properties }) => {
            const target = filledText(properties.targetId) ?? "";
            return {
                name: target,
                port: number(properties.port) ?? port,
                party: instanceParty(account, account.find("Instance", target)) ?? interfaceParty(account, target),
            };
        });
    const services = account.all("Service").flatMap(({ id, properties }) =>
        objects(properties.loadBalancers)
            .filter((one) => one.targetGroupArn === arn)
            .map((one) => {
                const network = object(properties.networkConfiguration);
                const inVpc = properties.networkConfiguration !== undefined && properties.networkConfiguration !== null;
                return {
                    name: `ECS service ${filledText(properties.name) ?? id}`,
                    port: inVpc ? (number(one.containerPort) ?? port) : port,
                    party: inVpc ? party(account, texts(network.securityGroups), texts(network.subnets)) : undefined,
                };
            }),
    );
    const scaled = account
        .all("Group")
        .filter(
            ({ id, properties }) =>
                texts(properties.targetGroupArns).includes(arn) ||
                account
                    .all("Attachment")
                    .some(
                        (one) =>
                            one.properties.lbTargetGroupArn === arn &&
                            [id, properties.name].includes(one.properties.autoscalingGroupName),
                    ),
        )
        .map(({ id, properties }) => ({
            name: `Auto Scaling group ${filledText(properties.name) ?? id}`,
            port,
            party: scaledParty(account, properties),
        }));
    return [...attached, ...services, ...scaled];
}

/** Why a load balancer cannot reach a target; undefined if it can, or if the account does not tell. */
export function unreachable(
    account: DeployedAccount,
    loadBalancer: DeployedResource,
    { name, port, party: target }: Target,
): string | undefined {
    const from = party(account, texts(loadBalancer.properties.securityGroups), texts(loadBalancer.properties.subnets));
    const answer = target === undefined ? "yes" : connects(account, from, target, port);
    const groups = (groupIds: readonly string[]) => groupIds.join(", ") || "none";
    switch (answer) {
        case "yes":
            return undefined;
        case "let out":
            return `the load balancer's security groups (${groups(from.groups)}) do not let it out to ${name} on port ${port}`;
        case "let in":
            return `the security groups of ${name} (${groups(target?.groups ?? [])}) do not let the load balancer in on port ${port}`;
    }
}

function party(account: DeployedAccount, groups: readonly string[], subnets: readonly string[]): Party {
    const found = subnets.flatMap((id) => account.find("Subnet", id) ?? []);
    const networks = found.flatMap(({ properties }) => texts([properties.cidrBlock]));
    // Who names no group wears the default group of its VPC.
    const vpcId = found[0]?.properties.vpcId;
    const standard = account
        .all("SecurityGroup")
        .filter(({ properties }) => properties.name === "default" && properties.vpcId === vpcId)
        .map((group) => group.id);
    return { groups: groups.length > 0 || vpcId === undefined ? groups : standard, networks };
}

function instanceParty(account: DeployedAccount, instance: DeployedResource | undefined): Party | undefined {
    return instance === undefined
        ? undefined
        : party(
              account,
              [...texts(instance.properties.vpcSecurityGroupIds), ...texts(instance.properties.securityGroups)],
              texts([instance.properties.subnetId]),
          );
}

function interfaceParty(account: DeployedAccount, address: string): Party | undefined {
    const found = account
        .all("NetworkInterface")
        .find(({ properties }) => [properties.privateIp, ...texts(properties.privateIps)].includes(address));
    return found === undefined
        ? undefined
        : {
              ...party(account, texts(found.properties.securityGroups), texts([found.properties.subnetId])),
              networks: [`${address}/32`],
          };
}

function scaledParty(account: DeployedAccount, group: Properties): Party | undefined {
    const mixed = object(object(group.mixedInstancesPolicy).launchTemplate);
    const named = [object(group.launchTemplate), object(mixed.launchTemplateSpecification)].flatMap((one) =>
        texts([one.id, one.launchTemplateId, one.name, one.launchTemplateName]),
    );
    const template = account
        .all("LaunchTemplate")
        .find(({ id, properties }) => named.includes(id) || named.includes(filledText(properties.name) ?? ""));
    const launched = template ?? account.find("LaunchConfiguration", group.launchConfiguration);
    if (launched === undefined) {
        return undefined;
    }
    const { vpcSecurityGroupIds, securityGroups, networkInterfaces } = launched.properties;
    const groups = objects(networkInterfaces).flatMap((one) => texts(one.securityGroups));
    return party(
        account,
        [...texts(vpcSecurityGroupIds), ...texts(securityGroups), ...groups],
        texts(group.vpcZoneIdentifiers),
    );
}
