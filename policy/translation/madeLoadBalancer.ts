import { type Resource, type Value } from "../graph";
import { annotationPath, listOf } from "./cluster";
import { madeBy, placed } from "./translation";

/** A value, and where the program writes it. */
export type Placed = readonly [value: Value, path: string];

/** One listener of a load balancer that a controller makes. */
export interface MadeListener {
    readonly protocol: Placed;
    readonly port: Placed;
    readonly policy: Placed;
    /** Whether another object of the cluster names the policy, where the rules judge it. */
    readonly isPolicyElsewhere?: boolean;
    /** Whether the controller listens so because nothing says where it listens. */
    readonly isDefault?: boolean;
    readonly certificates?: Placed;
    readonly mutualAuthentication?: Placed;
    /** What it does by default. */
    readonly actions: Placed;
    readonly rules?: readonly MadeRule[];
}

/** One rule of a listener. */
export interface MadeRule {
    readonly actions: Placed;
    readonly conditions: Placed;
    /** Texts in it that are secret. */
    readonly secrets: readonly string[];
}

/** Further security groups, which another object gives the load balancer and with which the rules judge them. */
export interface OtherGroups {
    readonly resource: Resource;
    readonly groups: Value;
}

export interface MadeLoadBalancer {
    /** Where the object stands in a list; empty where the resource is the object. */
    readonly path: string;
    readonly cidrs: Placed;
    readonly lists: Placed;
    /** The security groups that it names; undefined where the controller makes one. */
    readonly groups: Placed;
    readonly otherGroups?: readonly OtherGroups[];
    readonly listeners: readonly MadeListener[];
    readonly attributes: Placed;
    /** Other properties of the load balancer. */
    readonly more?: Readonly<Record<string, Placed>>;
    /** The web ACL that it is associated with. */
    readonly webAcl?: Placed;
    /** The load balancer that the listeners belong to, where it is made of several objects and not of this one first. */
    readonly whole?: { readonly token: string; readonly name: string };
}

/** The text that stands for the load balancer that an object makes, and for its security group. */
export function tokenOf({ name }: Resource, path: string): string {
    return `\${${name}/${path}}`;
}

export function groupTokenOf(resource: Resource, path: string): string {
    return `${tokenOf(resource, path)}.securityGroup`;
}

/** Listeners whose policy another object of the cluster names: the rules judge it there. */
const policyElsewhere = new WeakSet<Resource>();

export function isPolicyElsewhere(listener: Resource): boolean {
    return policyElsewhere.has(listener);
}

/** Listeners that are there because nothing says where the controller listens. */
const defaultListeners = new WeakSet<Resource>();

export function isDefaultListener(listener: Resource): boolean {
    return defaultListeners.has(listener);
}

/** The types that a controller's load balancer is made of, as the rules know them. */
export const madeTypes = {
    loadBalancer: "aws-native:elasticloadbalancingv2:LoadBalancer",
    listener: "aws-native:elasticloadbalancingv2:Listener",
    securityGroup: "aws-native:ec2:SecurityGroup",
    targetGroup: "aws-native:elasticloadbalancingv2:TargetGroup",
    listenerRule: "aws-native:elasticloadbalancingv2:ListenerRule",
    webAclAssociation: "aws-native:wafv2:WebAclAssociation",
};

/** The load balancer, its listeners, and the group that the controller makes where none is named. */
export function madeLoadBalancer(resource: Resource, written: MadeLoadBalancer): readonly Resource[] {
    const { path, whole, webAcl, otherGroups = [] } = written;
    const token = tokenOf(resource, path);
    const group = groupTokenOf(resource, path);
    const part = path === "" ? undefined : path;
    const [groups, groupsPath] = written.groups;
    const [attributes, attributesPath] = written.attributes;
    const balancer = madeBy(resource, {
        type: madeTypes.loadBalancer,
        // A reference to one of several objects is none to the load balancer that they make together.
        part: whole === undefined ? part : [path, whole.name].join("/"),
        // A message calls it by the object.
        name: part === undefined ? resource.name : `${resource.name}/${part}`,
        // What names a group that is not known yet depends on it.
        along: otherGroups.flatMap((other) => (isKnown(other.groups) ? [] : [other.resource])),
        properties: placed(
            {
                type: ["application", attributesPath],
                securityGroups: [groups === undefined ? [group] : listOf(groups), groupsPath],
                otherSecurityGroups: [together(otherGroups), annotationPath(path, "group.name")],
                loadBalancerAttributes: [attributes, attributesPath],
                id: [token, attributesPath],
                loadBalancerArn: [token, attributesPath],
                ...written.more,
            },
            attributesPath,
        ),
    });
    const ofWhole = whole?.token ?? token;
    const listeners = written.listeners.flatMap((listener, index) =>
        listenerOf(resource, part, listener, { balancer: ofWhole, own: `${token}.listener[${index}]` }),
    );
    const association =
        webAcl === undefined
            ? []
            : [
                  madeBy(resource, {
                      type: madeTypes.webAclAssociation,
                      part,
                      properties: placed({ webAclArn: webAcl, resourceArn: [ofWhole, webAcl[1]] }, webAcl[1]),
                  }),
              ];
    const made = [balancer, ...listeners, ...association];
    if (groups !== undefined) {
        return made;
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
    return [...made, securityGroup];
}

/** @param tokens the texts that stand for the load balancer and for the listener */
export function listenerOf(
    resource: Resource,
    part: string | undefined,
    listener: MadeListener,
    tokens: { readonly balancer: string; readonly own: string },
): Resource[] {
    const { protocol, port, policy, actions } = listener;
    const nothing: Placed = [undefined, port[1]];
    const made = madeBy(resource, {
        type: madeTypes.listener,
        part,
        properties: placed(
            {
                loadBalancerArn: [tokens.balancer, port[1]],
                id: [tokens.own, port[1]],
                protocol,
                port,
                sslPolicy: policy,
                certificates: listener.certificates ?? nothing,
                mutualAuthentication: listener.mutualAuthentication ?? nothing,
                defaultActions: actions,
            },
            port[1],
        ),
    });
    if (listener.isPolicyElsewhere === true) {
        policyElsewhere.add(made);
    }
    if (listener.isDefault === true) {
        defaultListeners.add(made);
    }
    const rules = (listener.rules ?? []).map((rule) =>
        madeBy(resource, {
            type: madeTypes.listenerRule,
            part,
            secrets: rule.secrets,
            properties: placed(
                { listenerArn: [tokens.own, port[1]], actions: rule.actions, conditions: rule.conditions },
                port[1],
            ),
        }),
    );
    return [made, ...rules];
}

function together(others: readonly OtherGroups[]): Value {
    return others.length === 0 ? undefined : others.flatMap(({ groups }) => (isKnown(groups) ? groups : [groups]));
}

function isKnown(groups: Value): groups is Value[] {
    return Array.isArray(groups);
}

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
