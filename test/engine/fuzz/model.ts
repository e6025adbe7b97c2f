/** The property: the image that the model makes of a case is the one that the engine builds. */

import { docker } from "../../../scripts/engine/docker.ts";
import { openContext } from "../../../src/context/index.ts";
import { parseDockerfile } from "../../../src/dockerfile/index.ts";
import type { ImageTree } from "../../../src/engine/index.ts";
import { withTrees } from "../../../src/engine/trees/index.ts";
import { type Digest, execute, type Facts, factsOf, type StageImage, Undecided } from "../../../src/image/index.ts";
import { type Agreement, agreementOf, type BaseImage, type ImageConfig } from "./agreement.ts";
import type { Builds } from "./builds.ts";
import { type EngineCase, textOf } from "./case.ts";
import { Meaning } from "./meaning.ts";

export interface ModelOutcome extends Agreement {
  readonly kind: "agrees" | "disagrees" | "undecided";
  /** Whether both built, or both failed. */
  readonly built: boolean;
  readonly why?: string;
}

/** Ways for unknown commands to fail that are tried before a disagreement is believed. */
const MOST_WAYS = 40;

export async function compareWithEngine(one: EngineCase, builds: Builds): Promise<ModelOutcome> {
  return builds.over(one.context, async (folder) => {
    const text = textOf(one);
    const dockerfile = parseDockerfile(text);
    const context = openContext(folder);
    const facts = factsOf(dockerfile, { context });
    const built = await builds.build(text, folder);
    if (dockerfile.problems.length > 0) {
      return built.id === undefined
        ? outcome("agrees", false)
        : outcome("disagrees", true, [`refit says: ${dockerfile.problems[0]!.message}`]);
    }
    const meaning = new Meaning(context, folder);
    let first: Agreement | undefined;
    const judge = (tree?: ImageTree, base?: ImageTree, config: ImageConfig = {}) => {
      for (const image of possibleImages(facts)) {
        const found = judged(image, tree && { tree, base: base!, config }, meaning, built.log);
        if (found.differences.length === 0)
          return { ...outcome("agrees", tree !== undefined, [], found), why: image.failure ?? "" };
        first ??= found;
      }
      return outcome("disagrees", tree !== undefined, first!.differences, first);
    };
    try {
      if (built.id === undefined) return judge();
      const config = configOf(built.id);
      if (isEmpty(built.id)) return judge(NOTHING, NOTHING, config);
      return await withTrees(builds.session, [built.id, "busybox"], (tree, base) => judge(tree, base, config));
    } catch (error) {
      if (error instanceof Undecided) return outcome("undecided", built.id !== undefined);
      throw error;
    }
  });
}

function outcome(
  kind: ModelOutcome["kind"],
  built: boolean,
  differences: readonly string[] = [],
  { exact, symbolic }: Pick<Agreement, "exact" | "symbolic"> = { exact: 0, symbolic: 0 },
): ModelOutcome {
  return { kind, built, differences, exact, symbolic };
}

function judged(
  image: StageImage,
  actual: { readonly tree: ImageTree; readonly base: ImageTree; readonly config: ImageConfig } | undefined,
  meaning: Meaning,
  log: string,
): Agreement {
  const wrong = (what: string) => ({ differences: [what], exact: 1, symbolic: 0 });
  if (image.failure !== undefined) {
    return actual ? wrong(`the model says the build fails: ${image.failure}`) : { ...wrong(""), differences: [] };
  }
  if (!actual) return wrong(`the build fails:\n${log.trim().split("\n").slice(-12).join("\n")}`);
  return agreementOf(image, actual, baseOf(image, actual.base), meaning);
}

/** The image as it is if every unknown command succeeds, then with some of them failing. */
function* possibleImages(facts: Facts): Generator<StageImage> {
  const waiting: (readonly Digest[])[] = [[]];
  const seen = new Set<string>();
  for (let ways = 0; ways < MOST_WAYS && waiting.length > 0; ways++) {
    const failing = waiting.shift()!;
    const { images, questions } = execute(facts, { seed: 0, failing });
    yield images.at(-1)!;
    for (const question of questions.keys()) {
      const next = [...failing, question].sort((a, b) => a - b);
      const key = next.join();
      if (!failing.includes(question) && !seen.has(key)) {
        seen.add(key);
        waiting.push(next);
      }
    }
  }
}

export function configOf(image: string): ImageConfig {
  return JSON.parse(docker(["image", "inspect", "--format", "{{json .Config}}", image]));
}

/** Whether no instruction made a layer. */
function isEmpty(image: string): boolean {
  return docker(["image", "inspect", "--format", "{{len .RootFS.Layers}}", image]).trim() === "0";
}

/** What `FROM scratch` starts with: BuildKit, dockerfile2llb/image.go, emptyImage. */
const SCRATCH: ImageConfig = {
  Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
  WorkingDir: "/",
};
const NOTHING: ImageTree = {
  entries: new Map(),
  read: () => Buffer.alloc(0),
  attributes: () => new Map(),
  hash: () => "",
};

let busyboxConfig: ImageConfig | undefined;

/** What the image stands on: nothing, or `busybox` with its files in `tree`. */
function baseOf({ config }: StageImage, tree: ImageTree): BaseImage {
  for (const name of ["busybox", "busybox:1.37"]) {
    const model = imageOf(name);
    busyboxConfig ??= configOf("busybox");
    if (model.config.base === config.base) return { model: model.tree, tree, config: busyboxConfig };
  }
  return { model: imageOf("scratch").tree, tree: NOTHING, config: SCRATCH };
}

function imageOf(name: string): StageImage {
  return execute(factsOf(parseDockerfile(`FROM ${name}\n`)), { seed: 0 }).images[0]!;
}
