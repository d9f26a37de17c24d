import assert from "node:assert/strict";
import { RehearsedStack } from "./rehearsedStack";

describe("rehearsed AWS: look-ups that programs begin with", () => {
    let stack: RehearsedStack;

    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    const getAmi = (args: Record<string, unknown>) => stack.lookUp("aws:ec2/getAmi:getAmi", args);
    const linux = { name: "name", values: ["al2023-ami-*-x86_64"] };

    it("finds the newest image of a name and an owner", async () => {
        const found = await getAmi({ owners: ["137112412989"], mostRecent: true, filters: [linux] });
        assert.match(String(found.id), /^ami-[0-9a-f]{17}$/);
        assert.equal(found.name, "al2023-ami-2023.9.20260901.0-kernel-6.1-x86_64");
        const ubuntu = { name: "name", values: ["ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-*"] };
        assert.equal(
            (await getAmi({ owners: ["099720109477"], mostRecent: true, filters: [ubuntu] })).architecture,
            "arm64",
        );
    });

    it("finds an image of Amazon Linux without its usual packages, and the account that writes CloudFront's logs", async () => {
        for (const name of ["al2023-ami-minimal-*-arm64", "amzn2-ami-minimal-hvm-*-x86_64-ebs"]) {
            const filters = [{ name: "name", values: [name] }];
            assert.match(String((await getAmi({ mostRecent: true, filters })).name), /-minimal-/);
        }
        const account = await stack.lookUp(
            "aws:cloudfront/getLogDeliveryCanonicalUserId:getLogDeliveryCanonicalUserId",
            {},
        );
        assert.equal(account.id, "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0");
    });

    it("refuses a search that finds several images, or none", async () => {
        const ecs = { name: "name", values: ["amzn2-ami-ecs-hvm-*-x86_64-ebs"] };
        assert.equal((await getAmi({ owners: ["amazon"], mostRecent: true, filters: [ecs] })).ownerId, "591542846629");
        await assert.rejects(getAmi({ owners: ["amazon"], filters: [linux] }), /returned more than one result/);
        for (const wrong of [
            { owners: ["self"], filters: [linux] },
            { owners: ["amazon"], filters: [{ name: "name", values: ["al2023"] }] },
            { owners: ["amazon"], filters: [linux, { name: "virtualization-type", values: ["paravirtual"] }] },
            { owners: ["amazon"], filters: [linux, { name: "no-such-filter", values: ["x"] }] },
        ]) {
            await assert.rejects(getAmi({ ...wrong, mostRecent: true }), /returned no results/);
        }
    });

    it("finds the newest image by AWS's public parameter, and what the program made; and nothing else", async () => {
        const find = (name: string) => stack.lookUp("aws:ssm/getParameter:getParameter", { name });
        const found = await getAmi({ owners: ["amazon"], mostRecent: true, filters: [linux] });
        const place = "/aws/service/ami-amazon-linux-latest/";
        assert.equal((await find(`${place}al2023-ami-kernel-default-x86_64`)).value, found.id);
        assert.match(String((await find(`${place}amzn2-ami-hvm-arm64-gp2`)).value), /^ami-[0-9a-f]{17}$/);
        const ebs = { name: "name", values: ["amzn2-ami-hvm-*-x86_64-ebs"] };
        const { id } = await getAmi({ owners: ["amazon"], mostRecent: true, filters: [ebs] });
        assert.equal((await find(`${place}amzn2-ami-hvm-x86_64-ebs`)).value, id);
        await stack.create("aws:ssm/parameter:Parameter", { name: "/own", type: "String", value: "a" });
        assert.equal((await find("/own")).value, "a");
        for (const name of [`${place}al2023-ami-x86_64`, `${place}al2023-ami-kernel-6.1-x86_64-gp2`, "/other"]) {
            await assert.rejects(find(name), /ParameterNotFound: There is no parameter \//);
        }
    });

    it("finds a listener's rule by its ARN, or by its listener and priority", async () => {
        const loadBalancer = await stack.loadBalancer();
        const defaultActions = [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }];
        const listener = await stack.create("aws:lb/listener:Listener", {
            loadBalancerArn: loadBalancer.id,
            port: 80,
            defaultActions,
        });
        const conditions = [{ pathPattern: { values: ["/api/*"] } }];
        const rule = (priority: number) =>
            stack.create(
                "aws:lb/listenerRule:ListenerRule",
                { listenerArn: listener.id, priority, conditions, actions: defaultActions },
                `rule${priority}`,
            );
        const [first, second] = [await rule(1), await rule(2)];
        const find = (args: object) => stack.lookUp("aws:lb/getListenerRule:getListenerRule", { ...args });
        assert.deepEqual((await find({ arn: first.id })).priority, 1);
        assert.deepEqual((await find({ listenerArn: listener.id, priority: 2 })).arn, second.id);
        assert.deepEqual((await find({ listenerArn: listener.id, priority: 2 })).conditions, conditions);
        await assert.rejects(find({ listenerArn: listener.id, priority: 3 }), /returned 0 results/);
    });

    it("knows the hosted zone of load balancers in a region", async () => {
        const getHostedZoneId = (args: object) => stack.lookUp("aws:lb/getHostedZoneId:getHostedZoneId", { ...args });
        const application = (await getHostedZoneId({ region: "eu-central-1" })).id;
        assert.equal(application, "Z215JYRZR1TBD5");
        assert.notEqual(
            (await getHostedZoneId({ region: "eu-central-1", loadBalancerType: "network" })).id,
            application,
        );
        await assert.rejects(getHostedZoneId({ region: "xx-none-1" }), /unsupported AWS Region: xx-none-1/);
    });

    it("finds one resource of any type by its id, ARN, name or tags, and nothing that the account does not have", async () => {
        const find = (token: string, args: object) => stack.lookUp(token, { ...args });
        const repository = await stack.create("aws:ecr/repository:Repository", { name: "app", tags: { team: "a" } });
        const getRepository = "aws:ecr/getRepository:getRepository";
        assert.equal((await find(getRepository, { name: "app" })).repositoryUrl, repository.properties.repositoryUrl);
        await assert.rejects(
            find(getRepository, { name: "other" }),
            /Repository \(name "other"\): couldn't find resource/,
        );
        await assert.rejects(find(getRepository, { name: "app", region: "eu-west-1" }), /couldn't find resource/);
        const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
        const role = await stack.create("aws:iam/role:Role", { name: "worker", assumeRolePolicy });
        assert.equal((await find("aws:iam/getRole:getRole", { name: "worker" })).arn, role.properties.arn);
        const table = (number: number, vpcId: unknown) =>
            stack.create("aws:ec2/routeTable:RouteTable", { vpcId, tags: { number: `${number}` } }, `table${number}`);
        const [first, second] = [await table(1, await stack.vpcId()), await table(2, await stack.vpcId())];
        const getRouteTable = (args: object) => find("aws:ec2/getRouteTable:getRouteTable", args);
        assert.equal((await getRouteTable({ routeTableId: first.id })).id, first.id);
        assert.equal((await getRouteTable({ tags: { number: "2" } })).id, second.id);
        assert.equal((await getRouteTable({ filters: [{ name: "tag:number", values: ["2"] }] })).id, second.id);
        await assert.rejects(getRouteTable({ vpcId: await stack.vpcId() }), /multiple results/);
        await assert.rejects(
            find("aws:ecr/getImage:getImage", { repositoryName: "app" }),
            /does not model the look-up/,
        );
    });

    it("lists the resources of any type by properties, tags and filters", async () => {
        const vpcId = await stack.vpcId();
        const names = ["blue", "green"];
        const made = await Promise.all(
            names.map((color) => stack.create("aws:ec2/routeTable:RouteTable", { vpcId, tags: { color } }, color)),
        );
        const ids = async (args: object) =>
            (await stack.lookUp("aws:ec2/getRouteTables:getRouteTables", { ...args })).ids as string[];
        const [blue, green] = made.map(({ id }) => id);
        assert.deepEqual(await ids({ tags: { color: "blue" } }), [blue]);
        assert.deepEqual(await ids({ filters: [{ name: "tag:color", values: ["green"] }] }), [green]);
        assert.ok([blue, green].every((id) => id !== undefined && stack.account.find("RouteTable", id) !== undefined));
        assert.deepEqual(
            (await ids({ vpcId })).filter((id) => id === blue || id === green),
            [blue, green].sort(),
        );
        assert.deepEqual(await ids({ vpcId: "vpc-0" }), []);
        await Promise.all(names.map((name) => stack.create("aws:ecr/repository:Repository", { name }, name)));
        assert.deepEqual((await stack.lookUp("aws:ecr/getRepositories:getRepositories")).names, names);
        const elsewhere = await stack.lookUp("aws:ecr/getRepositories:getRepositories", { region: "eu-west-1" });
        assert.deepEqual(elsewhere.names, []);
        // It answers more than these resources say.
        await assert.rejects(
            stack.lookUp("aws:cloudwatch/getLogGroups:getLogGroups", {}),
            /does not model the look-up/,
        );
    });

    it("lists running instances, regions and the provider's default tags", async () => {
        const subnetId = (await stack.subnets())[0];
        const { id: ami } = await getAmi({ owners: ["137112412989"], mostRecent: true, filters: [linux] });
        const instance = await stack.create("aws:ec2/instance:Instance", {
            ami,
            instanceType: "t3.micro",
            subnetId,
            tags: { role: "web" },
        });
        const getInstances = (args: object) => stack.lookUp("aws:ec2/getInstances:getInstances", { ...args });
        const found = await getInstances({ instanceTags: { role: "web" } });
        assert.deepEqual([found.ids, found.privateIps], [[instance.id], [instance.properties.privateIp]]);
        assert.deepEqual((await getInstances({ instanceTags: { role: "db" } })).ids, []);
        assert.deepEqual((await getInstances({ instanceStateNames: ["stopped"] })).ids, []);
        const getRegions = async (args: object) =>
            (await stack.lookUp("aws:index/getRegions:getRegions", { ...args })).names as string[];
        const enabled = await getRegions({});
        assert.equal(enabled.length, 17);
        assert.ok(enabled.includes("eu-central-1") && !enabled.includes("eu-central-2"));
        assert.ok((await getRegions({ allRegions: true })).includes("eu-central-2"));
        stack.provider.configure({ region: "eu-central-1", defaultTags: JSON.stringify({ tags: { team: "edge" } }) });
        const { tags } = await stack.lookUp("aws:index/getDefaultTags:getDefaultTags");
        assert.deepEqual(tags, { team: "edge" });
    });

    it("logs in to the account's registry", async () => {
        const login = await stack.lookUp("aws:ecr/getAuthorizationToken:getAuthorizationToken", {
            region: "us-west-2",
        });
        assert.equal(login.proxyEndpoint, "https://111122223333.dkr.ecr.us-west-2.amazonaws.com");
        const decoded = Buffer.from(String(login.authorizationToken), "base64").toString();
        assert.equal(decoded, `AWS:${String(login.password)}`);
        assert.ok(Date.parse(String(login.expiresAt)) > Date.now());
        const registry = { registryId: "999988887777" };
        const { proxyEndpoint } = await stack.lookUp("aws:ecr/getCredentials:getCredentials", registry);
        assert.match(String(proxyEndpoint), /^https:\/\/999988887777\.dkr\.ecr\./);
    });

    it("is the management account of an organization, which a program may have made", async () => {
        const find = () => stack.lookUp("aws:organizations/getOrganization:getOrganization", {});
        const found = await find();
        assert.deepEqual([found.masterAccountId, found.featureSet], ["111122223333", "ALL"]);
        assert.match(JSON.stringify(found.roots), /"id":"r-[0-9a-f]{4}"/);
        const made = await stack.create("aws:organizations/organization:Organization", {
            featureSet: "CONSOLIDATED_BILLING",
        });
        assert.deepEqual([(await find()).id, (await find()).featureSet], [made.id, "CONSOLIDATED_BILLING"]);
    });

    it("tells the account's canonical id in S3", async () => {
        const found = await stack.lookUp("aws:s3/getCanonicalUserId:getCanonicalUserId", {});
        assert.match(String(found.id), /^[0-9a-f]{64}$/);
    });
});
