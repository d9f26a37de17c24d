import {
    bucketDomainNameProblem,
    choice,
    errorCodesProblems,
    type Given,
    groupsProblems,
    type InnerProblem,
    integer,
    listOf,
    pathPatternProblem,
    pathPatternsProblems,
    queryStringsProblems,
    repeatedProblem,
    shown,
    type ValueSpec,
} from "../checks/index";
import { errorPageProblem } from "../viewerRequest/index";
import type { CacheBehaviorArgs, ErrorPagesArgs, StaticFilesArgs } from "./pagesArgs";

/** The path under which the distribution has the page, and what belongs to it. */
export const errorPagesPath = "/error-pages/*";

/** Most behaviors of a distribution. Source: CloudFront developer guide, "Quotas" (75, the default one counted). */
const mostBehaviors = 75;

/** One behavior of the list. */
export const cacheBehaviorFields = {
    path: { form: "text", required: true, check: requiredPathProblem },
    queryStrings: { form: "list", default: [], check: queryStringsProblems },
    originCacheControl: { form: "boolean", default: false, check: choice(true, false) },
    cors: { form: "boolean", default: false, check: choice(true, false) },
} as const satisfies Record<keyof CacheBehaviorArgs, ValueSpec>;

/** The arguments that say what is cached, and what comes from a bucket. */
export const pagesSpecs = {
    cachedPaths: { form: "list", default: [], check: pathPatternsProblems },
    cacheBehaviors: { form: "list", default: [], items: cacheBehaviorFields, check: cacheBehaviorsProblems },
    staticFiles: {
        form: "group",
        always: false,
        fields: {
            paths: { form: "list", required: true, check: staticPathsProblems },
            bucketRegionalDomainName: { form: "text", check: bucketDomainNameProblem },
        } satisfies Record<keyof StaticFilesArgs, ValueSpec>,
    },
    errorPages: {
        form: "group",
        always: false,
        fields: {
            html: { form: "text", check: errorPageProblem },
            statusCodes: { form: "list", default: [502, 503, 504], check: errorCodesProblems },
            cachingMinTtl: { form: "number", default: 5, check: integer(0, 3600, "seconds") },
            bucketRegionalDomainName: { form: "text", check: bucketDomainNameProblem },
        } satisfies Record<keyof ErrorPagesArgs, ValueSpec>,
    },
    maintenance: { form: "boolean", default: false, check: choice(true, false) },
} as const;

/** One behavior with every default in its place. */
export interface CacheBehavior {
    readonly path: string;
    readonly queryStrings: readonly string[];
    readonly originCacheControl: boolean;
    readonly cors: boolean;
}

/** What is wrong with all paths of a distribution together: one behavior for each, and no more than AWS allows. */
export function pathsTogetherProblems(given: Given): InnerProblem[] {
    const { cachedPaths, cacheBehaviors, staticFiles, errorPages } = given;
    const behaviors = (listOf(cacheBehaviors) ?? []) as Given[];
    const files = listOf((staticFiles as Given | undefined)?.paths) ?? [];
    const places = [
        ...((errorPages ?? undefined) === undefined ? [] : [["errorPages", errorPagesPath] as const]),
        ...files.map((path, index) => [`staticFiles.paths[${index}]`, path] as const),
        ...behaviors.map(({ path }, index) => [`cacheBehaviors[${index}].path`, path] as const),
        ...(listOf(cachedPaths) ?? []).map((path, index) => [`cachedPaths[${index}]`, path] as const),
    ];
    const repeated = places.flatMap(([place, path], index): InnerProblem[] => {
        const earlier = places.slice(0, index).find(([, other]) => other === path)?.[0];
        const sameList = earlier?.replace(/\[.*/, "") === place.replace(/\[.*/, "");
        return earlier === undefined || sameList
            ? []
            : [[place, `is ${shown(path)}, which ${earlier} already has. Leave one of them out.`]];
    });
    const crowd: InnerProblem[] =
        places.length >= mostBehaviors
            ? [
                  [
                      places.at(-1)?.[0].replace(/\[.*/, "") ?? "",
                      `has the last of the edge's ${places.length} paths; a distribution has room for ${mostBehaviors - 1}. Use wildcards.`,
                  ],
              ]
            : [];
    return [...repeated, ...crowd];
}

function requiredPathProblem(path: unknown): string | undefined {
    return path === undefined ? 'is missing. Write a path pattern, for example "/images/*".' : pathPatternProblem(path);
}

function staticPathsProblems(paths: unknown): string | readonly InnerProblem[] {
    return paths === undefined || listOf(paths)?.length === 0
        ? `is ${paths === undefined ? "missing" : "empty"}. Write the paths of the files, for example ["/assets/*"].`
        : (listOf(paths) ?? []).includes("/")
          ? 'has "/", for which S3 would answer with the list of its files. Leave it out, and rewrite "/" to a file in viewerRequestCode.'
          : pathPatternsProblems(paths);
}

function cacheBehaviorsProblems(behaviors: unknown): string | readonly InnerProblem[] {
    return groupsProblems(behaviors, {
        owner: "a cache behavior",
        example: '{ path: "/images/*", queryStrings: ["width"] }',
        fields: cacheBehaviorFields,
        further: (_, { groups, index, isRight }) => {
            const paths = groups.map(({ path }) => path);
            const repeated = isRight ? repeatedProblem(paths, index) : undefined;
            return repeated === undefined ? [] : [["path", repeated]];
        },
    });
}
