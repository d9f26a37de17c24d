import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { messagesOf, verdictsOf } from "../test/testRule";
import { findingsOf, resourcesOf, type Program } from "../test/yamlProgram";
import { runAll } from "../test/harness";
import { edgeResourcesReadable } from "./edge-resources-readable";

const verdicts = (type: string, properties: Record<string, unknown> = {}) =>
    verdictsOf(edgeResourcesReadable, { one: { type, properties } }).map((verdict) =>
        verdict.replace(/: one .*$/, ": one"),
    );

describe("edge-resources-readable", () => {
    for (const type of [
        "aws:elasticbeanstalk/environment:Environment",
        "aws-native:elasticbeanstalk:Environment",
        "aws:ecs/expressGatewayService:ExpressGatewayService",
        "aws-native:ecs:ExpressGatewayService",
        "aws:lightsail/lb:Lb",
        "aws:lightsail/distribution:Distribution",
        "kubernetes:gateway.networking.k8s.io/v1:Gateway",
        "kubernetes:elbv2.services.k8s.aws/v1alpha1:LoadBalancer",
        "kubernetes:elbv2.aws.upbound.io/v1beta1:LB",
        "kubernetes:cloudfront.aws.upbound.io/v1beta1:Distribution",
        "kubernetes:cloudfront.aws.upbound.io/v1beta1:MultitenantDistribution",
        "kubernetes:ec2.aws.upbound.io/v1beta1:DefaultSecurityGroup",
        "shop:tf:aws_elastic_beanstalk_environment",
    ]) {
        it(`names ${type}, which always makes one`, () => assert.deepEqual(verdicts(type), ["violation: one"]));
    }

    for (const type of [
        "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
        "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
        "aws-native:cloudformation:CustomResourceEmulator",
        "aws:cloudformation/stack:Stack",
        "aws-native:cloudformation:StackSet",
        "kubernetes:helm.sh/v3:Release",
        "kubernetes:argoproj.io/v1alpha1:Application",
        "kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease",
        "kubernetes:helm.cattle.io/v1:HelmChart",
        "kubernetes:fleet.cattle.io/v1alpha1:GitRepo",
        "kubernetes:kappctrl.k14s.io/v1alpha1:App",
        "kubernetes:ec2.aws.upbound.io/v1beta1:ManagedPrefixListEntry",
        "kubernetes:elasticbeanstalk.aws.upbound.io/v1beta1:Environment",
        "kubernetes:cloudformation.aws.m.upbound.io/v1beta1:Stack",
        "kubernetes:ecs.services.k8s.aws/v1alpha1:ExpressGatewayService",
        "aws:cloudcontrol/resource:Resource",
    ]) {
        it(`cannot tell of ${type}`, () => assert.deepEqual(verdicts(type), ["cannot tell: one"]));
    }

    for (const type of [
        "kubernetes:helm.sh/v4:Chart",
        "kubernetes:yaml/v2:ConfigFile",
        "kubernetes:apps/v1:Deployment",
        "kubernetes:ecs.aws.upbound.io/v1beta1:Service",
        "kubernetes:ec2.aws.upbound.io/v1beta1:VPC",
        "kubernetes:core/v1:ServiceAccount",
        "aws:elasticbeanstalk/application:Application",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:lambda/function:Function",
    ]) {
        it(`says nothing of ${type}`, () => assert.deepEqual(verdicts(type), []));
    }

    it("judges an environment of Elastic Beanstalk by its tier and type", () => {
        const type = "aws:elasticbeanstalk/environment:Environment";
        const setting = (value: string) => ({
            namespace: "aws:elasticbeanstalk:environment",
            name: "EnvironmentType",
            value,
        });
        assert.deepEqual(verdicts(type, { settings: [setting("SingleInstance")] }), []);
        assert.deepEqual(verdicts(type, { settings: [setting("LoadBalanced")] }), ["violation: one"]);
        assert.deepEqual(verdicts(type, { tier: "Worker" }), []);
        const native = {
            namespace: "aws:elasticbeanstalk:environment",
            optionName: "EnvironmentType",
            value: "SingleInstance",
        };
        assert.deepEqual(verdicts("aws-native:elasticbeanstalk:Environment", { optionSettings: [native] }), []);
        assert.deepEqual(verdicts("aws-native:elasticbeanstalk:Environment", { tier: { name: "Worker" } }), []);
        assert.deepEqual(
            verdicts("shop:tf:aws_elastic_beanstalk_environment", { setting: [setting("SingleInstance")] }),
            [],
        );
        for (const [namespace, name, value] of [
            ["aws:elbv2:loadbalancer", "SecurityGroups", "sg-1"],
            ["aws:elb:loadbalancer", "ManagedSecurityGroup", "sg-1"],
            ["aws:elasticbeanstalk:environment", "LoadBalancerIsShared", "true"],
        ]) {
            assert.deepEqual(verdicts(type, { settings: [{ namespace, name, value }] }), ["cannot tell: one"], name);
        }
        for (const [namespace, name, value] of [
            ["aws:autoscaling:launchconfiguration", "SecurityGroups", "sg-1"],
            ["aws:elasticbeanstalk:environment", "LoadBalancerIsShared", "false"],
        ]) {
            assert.deepEqual(verdicts(type, { settings: [{ namespace, name, value }] }), ["violation: one"], name);
        }
        assert.deepEqual(verdicts(type, { templateName: "one-instance" }), ["cannot tell: one"]);
        assert.deepEqual(verdicts(type, { templateName: "one-instance", settings: [setting("LoadBalanced")] }), [
            "violation: one",
        ]);
        const program: Program = {
            vpc: { type: "aws:ec2:Vpc" },
            one: { type, properties: { settings: "${vpc.id}" } },
        };
        assert.deepEqual(
            findingsOf(edgeResourcesReadable, resourcesOf(program, "preview")).map(({ kind }) => kind),
            ["cannot tell"],
        );
    });

    it("judges a Service by its type, and by whether a controller of AWS serves it", () => {
        const of = (spec: object, annotations: Record<string, string> = {}) =>
            verdicts("kubernetes:core/v1:Service", { metadata: { annotations }, spec });
        assert.deepEqual(of({ type: "ClusterIP" }), []);
        assert.deepEqual(of({}), []);
        assert.deepEqual(of({ type: "LoadBalancer" }), ["cannot tell: one"]);
        assert.deepEqual(of({ type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" }), ["violation: one"]);
        assert.deepEqual(of({ type: "LoadBalancer", loadBalancerClass: "tailscale" }), []);
        const aws = { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" };
        assert.deepEqual(of({ type: "LoadBalancer" }, aws), ["violation: one"]);
        const azure = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };
        assert.deepEqual(of({ type: "LoadBalancer" }, azure), []);
        const items = [{ spec: { type: "LoadBalancer" } }, { spec: {} }];
        assert.deepEqual(verdicts("kubernetes:core/v1:ServiceList", { items }), ["cannot tell: one"]);
    });
});

describe("edge-resources-readable and the parameters that instances of a stack set override", () => {
    const cannotTell = (path: string) => [`cannot tell: one ${path}`];
    const said = (type: string, properties: Record<string, unknown>) =>
        verdictsOf(edgeResourcesReadable, { one: { type, properties } });

    for (const type of [
        "aws:cloudformation/stackInstances:StackInstances",
        "aws:cloudformation/stackSetInstance:StackSetInstance",
    ]) {
        it(type, () => {
            assert.deepEqual(
                said(type, { parameterOverrides: { Range: "0.0.0.0/0" } }),
                cannotTell("parameterOverrides"),
            );
            assert.deepEqual(said(type, { parameterOverrides: UNKNOWN }), cannotTell("parameterOverrides"));
            assert.deepEqual(said(type, { parameterOverrides: {} }), []);
            assert.deepEqual(said(type, {}), []);
        });
    }

    it("of this stack, which the rules read as far as they are known", () => {
        const templateBody = "Resources: { Bucket: { Type: AWS::S3::Bucket } }";
        const set = { type: "aws:cloudformation:StackSet", properties: { name: "web", templateBody } };
        const of = (parameterOverrides: unknown) => ({
            set,
            one: {
                type: "aws:cloudformation/stackSetInstance:StackSetInstance",
                properties: { stackSetName: "${set.name}", parameterOverrides },
            },
        });
        assert.deepEqual(verdictsOf(edgeResourcesReadable, of({ Range: "0.0.0.0/0" })), []);
        assert.deepEqual(verdictsOf(edgeResourcesReadable, of(UNKNOWN)), cannotTell("parameterOverrides"));
    });

    it("aws-native:cloudformation:StackSet, where they are not known", () => {
        const templateBody = "Resources: { Bucket: { Type: AWS::S3::Bucket } }";
        const of = (stackInstancesGroup: unknown) =>
            said("aws-native:cloudformation:StackSet", { templateBody, stackInstancesGroup });
        const parameterOverrides = [{ parameterKey: "Range", parameterValue: "0.0.0.0/0" }];
        assert.deepEqual(of([{ regions: ["eu-west-1"] }, { parameterOverrides }]), []);
        assert.deepEqual(of(UNKNOWN), cannotTell("stackInstancesGroup"));
        assert.deepEqual(of([{}, UNKNOWN]), cannotTell("stackInstancesGroup[1]"));
        assert.deepEqual(
            of([{ parameterOverrides: UNKNOWN }]),
            cannotTell("stackInstancesGroup[0].parameterOverrides"),
        );
    });
});

describe("edge-resources-readable says of", () => {
    const said = (type: string, properties: Record<string, unknown> = {}) =>
        messagesOf(edgeResourcesReadable, { shop: { type, properties } });

    it("what is certainly made", () => {
        assert.deepEqual(said("aws:lightsail:Lb"), [
            `"shop" creates a load balancer that is open to everybody, which no rule of this pack can read: Lightsail's load balancers have neither a security group nor a type that the rules know. Declare what it creates as resources of Pulumi's aws or aws-native provider, or exempt it once you know who can reach it.`,
        ]);
    });

    it("what may be made", () => {
        assert.deepEqual(said("kubernetes:helm.sh/v3:Release"), [
            'Cannot tell whether "shop" creates a load balancer or a distribution that breaks a rule of this pack. It creates what the chart holds, and Helm installs it in the cluster.',
        ]);
    });

    it("objects of a cluster that Terraform's providers create", () => {
        for (const type of ["site:tf:helm_release", "helm:index/release:Release"]) {
            assert.match(said(type).join(), /It creates what the chart holds, and Helm installs it in the cluster\.$/);
        }
        for (const type of ["site:tf:kubernetes_ingress_v1", "kubernetes:index/ingressV1:IngressV1"]) {
            assert.match(said(type).join(), /the rules read only Ingresses of Pulumi's kubernetes provider\.$/);
        }
    });

    it("an Ingress whose ports the controller cannot read", () => {
        const of = (ports: unknown) =>
            said("kubernetes:networking.k8s.io/v1:Ingress", {
                metadata: { annotations: { "alb.ingress.kubernetes.io/listen-ports": ports } },
            });
        for (const ports of ["[{HTTP: 80}]", "443", "[]", '{"HTTPS": 443}']) {
            assert.deepEqual(of(ports), [
                `Cannot tell whether "shop" creates a load balancer or a distribution that breaks a rule of this pack. It creates an application load balancer, and metadata.annotations["alb.ingress.kubernetes.io/listen-ports"] is no list of ports in JSON, such as '[{"HTTPS": 443}]'.`,
            ]);
        }
        assert.deepEqual(of('[{"HTTPS": 443}]'), []);
        assert.deepEqual(of(undefined), []);
    });

    it("parameters and settings that are elsewhere", () => {
        const parameterOverrides = { Range: "0.0.0.0/0" };
        assert.deepEqual(said("aws:cloudformation/stackInstances:StackInstances", { parameterOverrides }), [
            'Cannot tell whether "shop" creates a load balancer or a distribution that breaks a rule of this pack. It creates resources of a stack set, and parameterOverrides gives values to parameters of a stack set that is not in this stack.',
        ]);
        assert.deepEqual(said("aws:elasticbeanstalk/environment:Environment", { templateName: "one-instance" }), [
            'Cannot tell whether "shop" creates a load balancer or a distribution that breaks a rule of this pack. It creates a load balancer, or one instance without any, and its settings are in a configuration template of Elastic Beanstalk.',
        ]);
    });
});

describe("edge-resources-readable in the engine", () => {
    it("says of an Ingress that stands alone what the audit says, although it names no such type one by one", async () => {
        const ingress = {
            type: "kubernetes:networking.k8s.io/v1:Ingress",
            name: "shop",
            properties: {
                metadata: { annotations: { "alb.ingress.kubernetes.io/enable-frontend-nlb": "true" } },
                spec: { ingressClassName: "alb" },
            },
        };
        const { up, preview, state } = await runAll(edgeResourcesReadable, [ingress]);
        assert.deepEqual(
            state.map(({ kind, resource }) => `${kind} ${resource}`),
            ["violation shop"],
        );
        assert.deepEqual([up, preview], [state, state]);
    });
});
