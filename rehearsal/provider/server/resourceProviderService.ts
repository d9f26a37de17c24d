import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { noteSubject } from "../../subjects";
import type { Difference, Failure, Naming, Provider, Resource } from "./provider";
import { conceal, reveal, same, secret, secretTexts, type Values, withoutSecrets } from "./propertyValues";

type Handler<Request, Response> = (request: Request) => Response | Promise<Response>;

/** The calls of `pulumirpc.ResourceProvider` that the engine makes, answered by a provider in plain values. */
export function resourceProviderService(provider: Provider): grpc.UntypedServiceImplementation {
    return {
        handshake: unary(() =>
            new messages.ProviderHandshakeResponse().setAcceptSecrets(true).setSupportsAutonamingConfiguration(true),
        ),
        getSchema: unary(() =>
            new messages.GetSchemaResponse().setSchema(
                JSON.stringify(provider.schema?.() ?? { name: provider.name, version: provider.version }),
            ),
        ),
        getPluginInfo: unary(() => new PluginInfo().setVersion(provider.version)),
        getMapping: unary(() => new messages.GetMappingResponse()),
        getMappings: unary(() => new messages.GetMappingsResponse()),
        attach: unary(() => new Empty()),
        cancel: unary(() => new Empty()),
        checkConfig: unary((request: messages.CheckRequest) => {
            const news = marked(request.getNews());
            const { inputs, failures } = provider.checkConfiguration(plain(news));
            return new messages.CheckResponse()
                .setInputs(struct(conceal(inputs, news)))
                .setFailuresList(failureList(failures, news));
        }),
        // Nothing of a configuration replaces the provider, and with it everything that it manages: what another region
        // means is said by each resource, whose inputs hold the region. Source: pulumi-aws, docs/version-7-upgrade.md.
        diffConfig: unary((request: messages.DiffRequest) =>
            diffResponse(
                configurationDifferences(plain(marked(request.getOldInputs())), plain(marked(request.getNews()))),
            ),
        ),
        configure: unary(async (request: messages.ConfigureRequest) => {
            await provider.configure(plain(marked(request.getArgs())));
            return new messages.ConfigureResponse()
                .setAcceptsecrets(true)
                .setSupportspreview(true)
                .setSupportsAutonamingConfiguration(true);
        }),
        check: unary((request: messages.CheckRequest) => {
            const olds = marked(request.getOlds());
            const news = marked(request.getNews());
            noteSubject({
                urn: request.getUrn(),
                type: request.getType(),
                isModelled: provider.isModelled(request.getType()),
            });
            return guarded([news, olds], () => {
                const { inputs, failures } = provider.check(
                    resource(request),
                    plain(olds),
                    plain(news),
                    naming(request),
                );
                return new messages.CheckResponse()
                    .setInputs(struct(conceal(inputs, news)))
                    .setFailuresList(failureList(failures, news));
            });
        }),
        diff: unary((request: messages.DiffRequest) => {
            const old = {
                id: request.getId(),
                properties: plain(marked(request.getOlds())),
                inputs: plain(marked(request.getOldInputs())),
            };
            const { differences, deleteBeforeReplace } = provider.diff(
                resource(request),
                old,
                plain(marked(request.getNews())),
            );
            return diffResponse(differences).setDeletebeforereplace(deleteBeforeReplace);
        }),
        create: unary((request: messages.CreateRequest) => {
            const inputs = marked(request.getProperties());
            return guarded([inputs], async () => {
                const { id, properties } = await provider.create(
                    resource(request),
                    plain(inputs),
                    request.getPreview(),
                );
                return new messages.CreateResponse()
                    .setId(id)
                    .setProperties(outputs(provider, request.getType(), properties, [inputs]));
            });
        }),
        read: unary((request: messages.ReadRequest) => {
            const inputs = marked(request.getInputs());
            const properties = marked(request.getProperties());
            return guarded([inputs, properties], async () => {
                const old = { id: request.getId(), inputs: plain(inputs), properties: plain(properties) };
                const found = await provider.read(resource(request), old);
                return found === undefined
                    ? new messages.ReadResponse()
                    : new messages.ReadResponse()
                          .setId(found.id)
                          .setInputs(struct(conceal(conceal(found.inputs, inputs), properties)))
                          .setProperties(outputs(provider, request.getType(), found.properties, [inputs, properties]));
            });
        }),
        update: unary((request: messages.UpdateRequest) => {
            const olds = marked(request.getOlds());
            const news = marked(request.getNews());
            return guarded([olds, news], async () => {
                const old = {
                    id: request.getId(),
                    properties: plain(olds),
                    inputs: plain(marked(request.getOldInputs())),
                };
                const properties = await provider.update(resource(request), old, plain(news), request.getPreview());
                return new messages.UpdateResponse().setProperties(
                    outputs(provider, request.getType(), properties, [news]),
                );
            });
        }),
        delete: unary((request: messages.DeleteRequest) => {
            const properties = marked(request.getProperties());
            return guarded([properties], async () => {
                const old = {
                    id: request.getId(),
                    properties: plain(properties),
                    inputs: plain(marked(request.getOldInputs())),
                };
                await provider.delete(resource(request), old);
                return new Empty();
            });
        }),
        invoke: unary((request: messages.InvokeRequest) => {
            const args = marked(request.getArgs());
            return guarded([args], async () => {
                const { values, failures } = await provider.invoke(request.getTok(), plain(args));
                return new messages.InvokeResponse()
                    .setReturn(struct(values))
                    .setFailuresList(failureList(failures, args));
            });
        }),
    };
}

function unary<Request, Response>(handler: Handler<Request, Response>): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        Promise.resolve()
            .then(() => handler(call.request))
            .then(
                (response) => callback(null, response),
                (error: unknown) =>
                    callback({
                        code: grpc.status.UNKNOWN,
                        details: error instanceof Error ? error.message : String(error),
                    }),
            );
    };
}

/** Runs a call so that no error that leaves it quotes a secret of what came in. */
async function guarded<Result>(secrets: readonly Values[], work: () => Result | Promise<Result>): Promise<Result> {
    try {
        return await work();
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        // Not as a cause: that one still holds the secret.
        // eslint-disable-next-line preserve-caught-error -- see above
        throw new Error(
            withoutSecrets(
                message,
                secrets.flatMap((values) => secretTexts(values)),
            ),
        );
    }
}

function marked(values: Struct | undefined): Values {
    return values?.toJavaScript() ?? {};
}

function plain(values: Values): Values {
    return reveal(values) as Values;
}

function struct(values: Values): Struct {
    // Properties that are undefined are no properties; JSON says so too.
    return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Record<string, JavaScriptValue>);
}

function outputs(provider: Provider, type: string, properties: Values, sources: readonly Values[]): Struct {
    const concealed = sources.reduce((values, source) => conceal(values, source), properties);
    for (const name of provider.secretOutputs(type)) {
        if (concealed[name] !== undefined) {
            concealed[name] = secret(concealed[name]);
        }
    }
    return struct(concealed);
}

function resource(request: { getUrn(): string; getType(): string; getName(): string }): Resource {
    return { urn: request.getUrn(), type: request.getType(), name: request.getName() };
}

function naming(request: messages.CheckRequest): Naming {
    const modes = messages.CheckRequest.AutonamingOptions.Mode;
    const wanted = request.getAutonaming();
    const mode = wanted?.getMode();
    return {
        randomSeed: request.getRandomseed_asU8(),
        ...(wanted !== undefined && mode !== modes.DISABLE
            ? { proposed: { name: wanted.getProposedName(), enforced: mode === modes.ENFORCE } }
            : {}),
        disabled: mode === modes.DISABLE,
    };
}

function failureList(failures: readonly Failure[], source: Values): messages.CheckFailure[] {
    const secrets = secretTexts(source);
    return failures.map(({ property, reason }) =>
        new messages.CheckFailure().setProperty(property).setReason(withoutSecrets(reason, secrets)),
    );
}

/** Which settings of a provider differ. Where the plugin itself comes from is none of them. */
function configurationDifferences(olds: Values, news: Values): Difference[] {
    const notSettings = ["version", "pluginDownloadURL"];
    return [...new Set([...Object.keys(olds), ...Object.keys(news)])]
        .filter((name) => !name.startsWith("__") && !notSettings.includes(name) && !same(olds[name], news[name]))
        .map((path) => ({
            path,
            kind: olds[path] === undefined ? "add" : news[path] === undefined ? "delete" : "update",
            replaces: false,
        }));
}

function diffResponse(differences: readonly Difference[]): messages.DiffResponse {
    const kinds = messages.PropertyDiff.Kind;
    const numbers = {
        add: [kinds.ADD, kinds.ADD_REPLACE],
        delete: [kinds.DELETE, kinds.DELETE_REPLACE],
        update: [kinds.UPDATE, kinds.UPDATE_REPLACE],
    } as const;
    const changes = messages.DiffResponse.DiffChanges;
    const response = new messages.DiffResponse()
        .setChanges(differences.length === 0 ? changes.DIFF_NONE : changes.DIFF_SOME)
        .setHasdetaileddiff(true);
    for (const { path, kind, replaces } of differences) {
        response
            .getDetaileddiffMap()
            .set(path, new messages.PropertyDiff().setKind(numbers[kind][replaces ? 1 : 0]).setInputdiff(true));
        const property = path.split(/[.[]/)[0] ?? path;
        if (!response.getDiffsList().includes(property)) {
            response.addDiffs(property);
        }
        if (replaces && !response.getReplacesList().includes(property)) {
            response.addReplaces(property);
        }
    }
    return response;
}
