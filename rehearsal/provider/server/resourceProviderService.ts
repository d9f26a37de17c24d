import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { inWords, unary } from "../../grpcServer";
import { noteSubject } from "../../subjects";
import { differencesOf } from "./differencesOf";
import type { Checked, Difference, Failure, Naming, Provider, Resource, State } from "./provider";
import { conceal, reveal, secret, secretTexts, type Values, withoutSecrets } from "./propertyValues";

/** The calls of `pulumirpc.ResourceProvider` that the engine makes, answered by a provider in plain values. */
export function resourceProviderService(provider: Provider): UntypedServiceImplementation {
    return {
        handshake: unary(() =>
            new messages.ProviderHandshakeResponse().setAcceptSecrets(true).setSupportsAutonamingConfiguration(true),
        ),
        getSchema: unary(() =>
            new messages.GetSchemaResponse().setSchema(
                JSON.stringify(provider.schema?.() ?? { name: provider.name, version: provider.version }),
            ),
        ),
        // The engine warns of a plugin that calls itself older than what the program's SDK asks for.
        getPluginInfo: unary(() =>
            new PluginInfo().setVersion(process.env.REHEARSAL_PLUGIN_VERSION ?? provider.version),
        ),
        getMapping: unary(() => new messages.GetMappingResponse()),
        getMappings: unary(() => new messages.GetMappingsResponse()),
        attach: unary(() => new Empty()),
        cancel: unary(() => new Empty()),
        checkConfig: unary((request: messages.CheckRequest) => {
            const news = marked(request.getNews());
            const { version: asked } = plain(news);
            if (typeof asked === "string") {
                const type = `pulumi:providers:${provider.name}`;
                const versions = { asked, checked: provider.version };
                noteSubject({ urn: request.getUrn(), type, isModelled: true, versions });
            }
            return checked(provider.checkConfiguration(plain(news)), news);
        }),
        // Nothing of a configuration replaces the provider, and with it everything that it manages: what another region
        // means is said by each resource, whose inputs hold the region. Source: pulumi-aws, docs/version-7-upgrade.md.
        diffConfig: unary((request: messages.DiffRequest) =>
            diffResponse(
                // Where the plugin itself comes from is no setting of the provider.
                differencesOf(plain(marked(request.getOldInputs())), plain(marked(request.getNews())), false).filter(
                    ({ path }) => !["version", "pluginDownloadURL"].includes(path),
                ),
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
            const { urn, type } = resource(request);
            noteSubject({ urn, type, isModelled: provider.isModelled(type) });
            return guarded([news, olds], () => {
                return checked(provider.check(resource(request), plain(olds), plain(news), naming(request)), news);
            });
        }),
        diff: unary((request: messages.DiffRequest) => {
            const old = state(request, marked(request.getOlds()));
            const news = plain(marked(request.getNews()));
            const { differences, deleteBeforeReplace } = provider.diff(resource(request), old, news);
            return diffResponse(differences).setDeletebeforereplace(deleteBeforeReplace);
        }),
        create: unary((request: messages.CreateRequest) => {
            const inputs = marked(request.getProperties());
            return guarded([inputs], async () => {
                const created = await provider.create(resource(request), plain(inputs), request.getPreview());
                return new messages.CreateResponse()
                    .setId(created.id)
                    .setProperties(outputs(provider, request.getType(), created.properties, [inputs]));
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
                const old = state(request, olds);
                const properties = await provider.update(resource(request), old, plain(news), request.getPreview());
                return new messages.UpdateResponse().setProperties(
                    outputs(provider, request.getType(), properties, [news]),
                );
            });
        }),
        delete: unary((request: messages.DeleteRequest) => {
            const properties = marked(request.getProperties());
            const { urn, type } = resource(request);
            noteSubject({ urn, type, isModelled: provider.isModelled(type), isDeleted: true });
            return guarded([properties], async () => {
                await provider.delete(resource(request), state(request, properties));
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

/** Runs a call so that no error that leaves it quotes a secret of what came in. */
async function guarded<Result>(secrets: readonly Values[], work: () => Result | Promise<Result>): Promise<Result> {
    try {
        return await work();
    } catch (error) {
        // Not as a cause: that one still holds the secret.
        // eslint-disable-next-line preserve-caught-error -- see above
        throw new Error(
            withoutSecrets(
                inWords(error),
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

/** What the engine knows of a resource before a call. */
function state(request: { getId(): string; getOldInputs(): Struct | undefined }, properties: Values): State {
    return { id: request.getId(), properties: plain(properties), inputs: plain(marked(request.getOldInputs())) };
}

function checked({ inputs, failures }: Checked, news: Values): messages.CheckResponse {
    return new messages.CheckResponse()
        .setInputs(struct(conceal(inputs, news)))
        .setFailuresList(failureList(failures, news));
}

function naming(request: messages.CheckRequest): Naming {
    const modes = messages.CheckRequest.AutonamingOptions.Mode;
    const wanted = request.getAutonaming();
    const mode = wanted?.getMode();
    return {
        randomSeed: request.getRandomseed_asU8(),
        ...(wanted !== undefined && mode !== modes.DISABLE ? { proposed: wanted.getProposedName() } : {}),
        disabled: mode === modes.DISABLE,
    };
}

function failureList(failures: readonly Failure[], source: Values): messages.CheckFailure[] {
    const secrets = secretTexts(source);
    return failures.map(({ property, reason }) =>
        new messages.CheckFailure().setProperty(property).setReason(withoutSecrets(reason, secrets)),
    );
}

function diffResponse(differences: readonly Difference[]): messages.DiffResponse {
    const kinds = messages.PropertyDiff.Kind;
    const numbers = {
        add: [kinds.ADD, kinds.ADD_REPLACE],
        delete: [kinds.DELETE, kinds.DELETE_REPLACE],
        update: [kinds.UPDATE, kinds.UPDATE_REPLACE],
    } as const;
    const changes = messages.DiffResponse.DiffChanges;
    const properties = (of: readonly Difference[]) => [...new Set(of.map(({ path }) => path.split(/[.[]/)[0] ?? path))];
    const response = new messages.DiffResponse()
        .setChanges(differences.length === 0 ? changes.DIFF_NONE : changes.DIFF_SOME)
        .setHasdetaileddiff(true)
        .setDiffsList(properties(differences))
        .setReplacesList(properties(differences.filter(({ replaces }) => replaces)));
    for (const { path, kind, replaces } of differences) {
        const detail = new messages.PropertyDiff().setKind(numbers[kind][replaces ? 1 : 0]).setInputdiff(true);
        response.getDetaileddiffMap().set(path, detail);
    }
    return response;
}
