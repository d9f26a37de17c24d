import { type Resource, type Value } from "../graph";
import { listOf } from "./cluster";
import { madeBy, placed } from "./translation";

/** A value, and where the program writes it. */
export type Placed = readonly [value: Value, path: string];

/** One listener of a load balancer that a controller makes. */
export interface MadeListener {
    readonly protocol: Placed;
    readonly port: Placed;
    readonly policy: Placed;
    readonly redirects: boolean;
}

export interface MadeLoadBalancer {
    /** Where the object stands in a list; empty where the resource is the object. */
    readonly path: string;
    readonly cidrs: Placed;
    readonly lists: Placed;
    /** The security groups that it names; undefined where the controller makes one. */
    readonly groups: Placed;
    readonly listeners: readonly MadeListener[];
    readonly attributes: Placed;
}

/** The types that a controller's load balancer is made of, as the rules know them. */
export const madeTypes = {
    loadBalancer: "aws-native:elasticloadbalancingv2:LoadBalancer",
    listener: "aws-native:elasticloadbalancingv2:Listener",
    securityGroup: "aws-native:ec2:SecurityGroup",
    targetGroup: "aws-native:elasticloadbalancingv2:TargetGroup",
};

/** The load balancer, its listeners, and the group that the controller makes where none is named. */
export function madeLoadBalancer(resource: Resource, written: MadeLoadBalancer): readonly Resource[] {
    const { path } = written;
    const token = `\${${resource.name}/${path}}`;
    const part = path === "" ? undefined : path;
    const group = `${token}.securityGroup`;
    const [groups, groupsPath] = written.groups;
    const [attributes, attributesPath] = written.attributes;
    const balancer = madeBy(resource, {
        type: madeTypes.loadBalancer,
        part,
        properties: placed(
            {
                type: ["application", attributesPath],
                securityGroups: [groups === undefined ? [group] : listOf(groups), groupsPath],
                loadBalancerAttributes: [attributes, attributesPath],
                id: [token, attributesPath],
                loadBalancerArn: [token, attributesPath],
            },
            attributesPath,
        ),
    });
    const listeners = written.listeners.map(({ protocol, port, policy, redirects }) =>
        madeBy(resource, {
            type: madeTypes.listener,
            part,
            properties: placed(
                {
                    loadBalancerArn: [token, port[1]],
                    protocol,
                    port,
                    sslPolicy: policy,
                    defaultActions: [redirects ? redirect : refuse, port[1]],
                },
                port[1],
            ),
        }),
    );
    if (groups !== undefined) {
        return [balancer, ...listeners];
    }
    const [cidrs, cidrsPath] = written.cidrs;
    const [lists, listsPath] = written.lists;
    const rule = placed(
        { cidrBlocks: [listOf(cidrs), cidrsPath], sourcePrefixListId: [listOf(lists), listsPath] },
        cidrsPath,
    );
    const securityGroup = madeBy(resource, {
        type: madeTypes.securityGroup,
        part,
        properties: placed({ securityGroupIngress: [[rule], cidrsPath], id: [group, cidrsPath] }, cidrsPath),
    });
    return [balancer, securityGroup, ...listeners];
}

const redirect = [{ type: "redirect", redirectConfig: { protocol: "HTTPS" } }];
const refuse = [{ type: "fixed-response", fixedResponseConfig: { statusCode: "404" } }];

/** Attributes that rules read. An Ingress decides those that its class leaves open, and the rules judge them there. */
const readAttributes = [
    "access_logs.s3.enabled",
    "access_logs.s3.bucket",
    "routing.http.drop_invalid_header_fields.enabled",
];

/** Attributes that another object of the cluster decides, where the rules judge them: here, nothing is wrong with them. */
export function decidedElsewhere(keys: readonly string[] = readAttributes): Value[] {
    return keys.map((key) => ({ key, value: "true" }));
}
