import assert from "node:assert/strict";

import { plainProperties, UNKNOWN, type Value } from "../graph";
import { resource } from "../test/stack";
import { translationOf, type Unread } from "./index";

const nothing = { resources: [], unread: [] };

/** What one resource makes that no rule reads; it makes nothing else. */
function unreadOf(type: string, properties: Record<string, Value> = {}): readonly Unread[] {
    const translation = translationOf(resource(type, "one", properties)) ?? assert.fail(`${type} stands for itself`);
    assert.deepEqual(translation.resources, []);
    return translation.unread;
}

const stackType = "aws:cloudformation/stack:Stack";
const inTemplate = (parts: object, more: object = {}) =>
    unreadOf(stackType, { templateBody: JSON.stringify({ Resources: parts, ...more }) });

const stillEncrypted =
    "is a secret that is encrypted in this state; export the state with --show-secrets so that the rules can read it";

const encryptedSecret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:a:b",
};

/** Properties of which one is a secret that the state keeps encrypted. */
function encrypted(property: string, others: Record<string, Value> = {}): Record<string, Value> {
    return plainProperties({ ...others, [property]: encryptedSecret });
}

describe("what a resource makes that no rule reads", () => {
    const template = "whatever its template holds";

    it("of templates is said with the reason and the place", () => {
        const of = (templateBody: Value) => unreadOf(stackType, { templateBody });
        const unread = (path: string, because: string) => [{ makes: template, because, path, certain: false }];
        const inBucket = unread("templateUrl", "the template is in a bucket, not in the program");
        const broken = unread("templateBody", "templateBody is not a template in JSON or YAML");
        assert.deepEqual(of(UNKNOWN), unread("templateBody", "templateBody is not known yet"));
        assert.deepEqual(
            unreadOf(stackType, encrypted("templateBody")),
            unread("templateBody", `templateBody ${stillEncrypted}`),
        );
        assert.deepEqual(of(undefined), inBucket);
        assert.deepEqual(of(null), inBucket);
        assert.deepEqual(of(""), inBucket);
        for (const text of ["{", "a: [", "[1]", "1", "Resources: []", "Resources: { A: &a { B: *a } }", "a: 1\na: 2"]) {
            assert.deepEqual(of(text), broken, text);
        }
        assert.deepEqual(of({ Resources: {} }), []);
        const repeated = Array.from(
            { length: 18 },
            (_, index) => `l${index + 1}: &l${index + 1} [*l${index}, *l${index}]`,
        );
        assert.deepEqual(of(["Resources: {}", "l0: &l0 [a]", ...repeated].join("\n")), broken);
    });

    it("of a template's parts is said with the reason and the place", () => {
        const path = "templateBody.Resources.One";
        const one = (part: object) => inTemplate({ One: part });
        assert.deepEqual(one({ Type: 1 }), [
            { makes: template, because: `${path} has no type that can be read`, path, certain: false },
        ]);
        assert.deepEqual(one({ Type: "AWS::EC2::SecurityGroup", Properties: [] }), [
            {
                makes: "a resource of type AWS::EC2::SecurityGroup",
                because: `${path}.Properties cannot be read`,
                path,
                certain: false,
            },
        ]);
        assert.deepEqual(one({ Type: "AWS::S3::Bucket", Properties: [] }), []);
        const module = "it is in CloudFormation's registry";
        const custom = "no rule reads that function";
        const extension = "the type is not AWS's own, and no rule reads that code";
        for (const [Type, makes, because, certain] of [
            ["Custom::Opener", "whatever its function creates", custom, false],
            ["AWS::CloudFormation::CustomResource", "whatever its function creates", custom, false],
            ["Mine::Web::Site::MODULE", "whatever the module holds", module, false],
            ["AWSQS::Kubernetes::Helm", "whatever the code behind its type creates", extension, false],
            ["Mine::MODULE::Site", "whatever the code behind its type creates", extension, false],
            ["AWS::CloudFormation::Stack", template, "its template is in a bucket, not in the program", false],
            [
                "AWS::Serverless::Application",
                template,
                "its template is in the AWS Serverless Application Repository",
                false,
            ],
            [
                "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
                template,
                "its template is in AWS Service Catalog",
                false,
            ],
            [
                "AWS::ECS::ExpressGatewayService",
                "an application load balancer that is open to everybody",
                "Amazon ECS creates it for the service",
                true,
            ],
        ] as const) {
            assert.deepEqual(one({ Type }), [{ makes, because: `${because} (${Type})`, path, certain }], Type);
        }
        for (const Type of ["Mine::Custom::", "Alexa::ASK::Skill", "AWS::S3::Bucket", "toString"]) {
            const of = translationOf(resource(stackType, "one", { templateBody: { Resources: { One: { Type } } } }));
            assert.deepEqual(of?.unread, [], Type);
        }
    });

    it("may be what a macro adds to a part of a template", () => {
        const path = "templateBody.Resources.One";
        const transform = { Name: "AWS::Include", Parameters: { Location: "s3://bucket/rules.yaml" } };
        const one = (Type: string, Properties: object, more: object = {}) =>
            translationOf(
                resource(stackType, "one", {
                    templateBody: { Resources: { One: { Type, Properties: Properties as Value, ...more } } },
                }),
            )?.unread;
        const group = "AWS::EC2::SecurityGroup";
        const added = [
            {
                makes: `what a macro adds to a resource of type ${group}`,
                because: `the transform in ${path} runs in AWS`,
                path,
                certain: false,
            },
        ];
        const rule = { IpProtocol: "tcp", "Fn::Transform": transform };
        assert.deepEqual(one(group, { GroupDescription: "a", "Fn::Transform": transform }), added);
        assert.deepEqual(one(group, { SecurityGroupIngress: [rule] }), added);
        assert.deepEqual(one(group, {}, { "Fn::Transform": transform }), added);
        // The rules that look at the property say that it is not known.
        assert.deepEqual(one(group, { SecurityGroupIngress: { "Fn::Transform": transform } }), []);
        assert.deepEqual(one("AWS::S3::Bucket", { BucketName: "a", "Fn::Transform": transform }), []);
        assert.deepEqual(inTemplate({}, { "Fn::Transform": transform }), [
            {
                makes: "whatever a macro adds to its template",
                because: "the transform of the template runs in AWS",
                path: 'templateBody["Fn::Transform"]',
                certain: false,
            },
        ]);
    });

    it("may be what Terraform annotates in a cluster", () => {
        const types = ["kubernetes:index/annotations:Annotations", "module:tf:kubernetes_annotations"];
        const makes = "annotations from which a controller makes or opens a load balancer";
        const path = "annotations";
        for (const type of types) {
            const of = (written: Value) => unreadOf(type, { kind: "Ingress", annotations: written });
            const because = "the object with them is not written in the program as the rules read it";
            for (const key of [
                "alb.ingress.kubernetes.io/inbound-cidrs",
                "service.beta.kubernetes.io/aws-load-balancer-scheme",
                "kubernetes.io/ingress.class",
            ]) {
                assert.deepEqual(of({ [key]: "0.0.0.0/0" }), [{ makes, because, path, certain: false }], key);
            }
            assert.deepEqual(of({ "storageclass.kubernetes.io/is-default-class": "true" }), []);
            assert.deepEqual(of(undefined), []);
            assert.deepEqual(of(UNKNOWN), [{ makes, because: "annotations is not known yet", path, certain: false }]);
        }
    });

    it("of Cloud Control is said with the reason and the place", () => {
        const of = (properties: Record<string, Value>) => unreadOf("aws:cloudcontrol/resource:Resource", properties);
        const path = "desiredState";
        const typeName = "AWS::EC2::SecurityGroup";
        assert.deepEqual(of({ typeName: UNKNOWN, desiredState: "{}" }), [
            { makes: "a resource", because: "its type is not known yet", path, certain: false },
        ]);
        const makes = `a resource of type ${typeName}`;
        for (const [desiredState, because] of [
            [UNKNOWN, "desiredState is not known yet"],
            ["{", "desiredState is not a JSON object"],
            ["[]", "desiredState is not a JSON object"],
            [undefined, "desiredState is not a JSON object"],
        ] as const) {
            assert.deepEqual(of({ typeName, desiredState }), [{ makes, because, path, certain: false }]);
        }
        assert.deepEqual(of({ typeName: "AWS::S3::Bucket", desiredState: UNKNOWN }), []);
        assert.deepEqual(
            of(encrypted("desiredState", { typeName })).map(({ because }) => because),
            [`desiredState ${stillEncrypted}`],
        );
        assert.deepEqual(
            of(encrypted("typeName", { desiredState: "{}" })).map(({ because }) => because),
            [`its type ${stillEncrypted}`],
        );
    });

    it("of the objects of a cluster may be a secret that the state keeps encrypted", () => {
        const because = (type: string, properties: Record<string, Value>) =>
            unreadOf(type, properties).map((one) => one.because);
        const networking = "kubernetes:networking.k8s.io/v1:Ingress";
        const said = (path: string) => [`${path} ${stillEncrypted}`];
        const within = encrypted("annotations");
        assert.deepEqual(because(networking, encrypted("metadata")), said("metadata"));
        assert.deepEqual(because(networking, { metadata: within }), said("metadata.annotations"));
        assert.deepEqual(because(`${networking}List`, encrypted("items")), said("items"));
        assert.deepEqual(
            because(`${networking}List`, { items: [{ metadata: within }] }),
            said("items[0].metadata.annotations"),
        );
        assert.deepEqual(because(`${networking}List`, plainProperties({ items: [encryptedSecret] })), said("items[0]"));
        assert.deepEqual(because(`${networking}List`, { items: [UNKNOWN] }), ["items[0] is not known yet"]);
        assert.deepEqual(because("kubernetes:core/v1:Service", encrypted("spec")), said("spec.type"));
        assert.deepEqual(because("kubernetes:core/v1:Service", { spec: encrypted("type") }), said("spec.type"));
        assert.deepEqual(
            because("kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", encrypted("spec")),
            said("spec"),
        );
    });

    it("of the objects of a cluster is said with the reason and the place", () => {
        const ingress = "kubernetes:networking.k8s.io/v1:Ingress";
        const balancer = "an application load balancer";
        const service = "kubernetes:core/v1:Service";
        const serviceMakes = "a network or classic load balancer";
        for (const [type, properties, unread] of [
            [ingress, { metadata: UNKNOWN }, [balancer, "metadata is not known yet", "metadata", false]],
            [
                ingress,
                { metadata: { annotations: UNKNOWN } },
                [balancer, "metadata.annotations is not known yet", "metadata.annotations", false],
            ],
            [
                ingress,
                {},
                [
                    balancer,
                    "the class of the Ingress does not say which controller handles it",
                    "spec.ingressClassName",
                    false,
                ],
            ],
            [`${ingress}List`, { items: UNKNOWN }, ["load balancers", "items is not known yet", "items", false]],
            [
                "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams",
                { spec: UNKNOWN },
                ["settings of application load balancers", "spec is not known yet", "spec", false],
            ],
            [service, { spec: UNKNOWN }, [serviceMakes, "spec.type is not known yet", "spec.type", false]],
            [
                service,
                { spec: { type: "LoadBalancer" } },
                [serviceMakes, "a controller of the cluster creates it for the Service", "spec.type", false],
            ],
        ] as const) {
            const [makes, because, path, certain] = unread;
            assert.deepEqual(unreadOf(type, properties), [{ makes, because, path, certain }]);
        }
        assert.deepEqual(translationOf(resource(service, "one", { items: UNKNOWN })), {
            ...nothing,
            needsStack: false,
        });
    });

    it("of an environment of Elastic Beanstalk is at the list of its settings", () => {
        const of = (properties: Record<string, Value>) =>
            unreadOf("aws:elasticbeanstalk/environment:Environment", properties).map(
                ({ path, certain }) => `${path} ${certain}`,
            );
        const option = (namespace: string, name: string, value: Value) => ({ namespace, name, value });
        const environment = "aws:elasticbeanstalk:environment";
        assert.deepEqual(of({}), ["settings true"]);
        assert.deepEqual(of({ setting: [] }), ["setting true"]);
        assert.deepEqual(of({ templateName: null, tier: "WebServer" }), ["settings true"]);
        assert.deepEqual(of({ templateName: "mine" }), ["settings false"]);
        const typed = { settings: [option(environment, "EnvironmentType", UNKNOWN)] };
        assert.deepEqual(of(typed), ["settings false"]);
        assert.deepEqual(of({ optionSettings: [1] }), ["optionSettings true"]);
        assert.deepEqual(of({ settings: [UNKNOWN] }), ["settings false"]);
        assert.deepEqual(of({ settings: [option(environment, "EnvironmentType", "SingleInstance")] }), []);
        const twice = ["SingleInstance", "LoadBalanced"].map((value) => option(environment, "EnvironmentType", value));
        assert.deepEqual(of({ settings: twice }), ["settings true"]);
        assert.deepEqual(of({ settings: [option("mine", "EnvironmentType", "SingleInstance")] }), ["settings true"]);
        assert.deepEqual(of({ settings: [option(environment, "Other", "SingleInstance")] }), ["settings true"]);
        assert.deepEqual(of({ settings: [option("mine", "LoadBalancerIsShared", "true")] }), ["settings true"]);
    });
});
