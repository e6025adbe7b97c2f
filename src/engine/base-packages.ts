/** Asks the package databases of base images: a build on each runs its own package manager over the indexes as they are now. */
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { behindHeaders, type PackageAnswer, type PackageQuestion, questionOf } from "../ecosystems/index.ts";
import { EngineError } from "./error.ts";
import { withTrees } from "./trees/index.ts";
import type { BuildSettings, Session } from "./types.ts";

/** An answer for each of `texts` of questions. What an engine can't do is an answer too. */
export async function askPackages(
  session: Session,
  settings: BuildSettings,
  texts: readonly string[],
): Promise<ReadonlyMap<string, PackageAnswer>> {
  const answers = new Map<string, PackageAnswer>();
  const baseOf = (text: string) => questionOf(text).base;
  for (const base of new Set(texts.map(baseOf))) {
    const asked = texts.filter((text) => baseOf(text) === base);
    const found = await askBase(session, settings, base, asked.map(questionOf));
    for (const [at, text] of asked.entries()) answers.set(text, found[at]!);
  }
  return answers;
}

async function askBase(
  session: Session,
  settings: BuildSettings,
  base: string,
  questions: readonly PackageQuestion[],
): Promise<readonly PackageAnswer[]> {
  const context = await mkdtemp(join(session.scratch, "packages-"));
  try {
    const build = await session.engine.build({ dockerfile: dockerfileFor(base, questions), context, settings });
    if (!build.ok) return questions.map(() => ({ unresolved: build.failure }));
    return await withTrees(session, [build.image], (tree) =>
      questions.map(({ name }, at) => {
        const [depends, simulated] = ["depends", "simulated"].map((what) => `${at}.${what}`);
        if (!tree.entries.has(depends!) || !tree.entries.has(simulated!))
          return { unresolved: `${base} has no package ${name}` };
        const names = behindHeaders(name, String(tree.read(depends!)), String(tree.read(simulated!)));
        return names ? { names } : { unresolved: `${base} has ${name} for several architectures` };
      }),
    );
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return questions.map(() => ({ unresolved: error.message }));
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

/** Leaves what apt says in files, numbered as the questions, and nothing where it knows no such package. */
function dockerfileFor(base: string, questions: readonly PackageQuestion[]): string {
  const lines = questions.map(({ name, recommends }, at) => {
    const [option, choice] = recommends ? ["", ""] : ["--no-install-recommends ", "--no-recommends "];
    const relations = ["suggests", "conflicts", "breaks", "replaces", "enhances"].map((each) => `--no-${each}`);
    return [
      `apt-get install --simulate -qq ${option}${name} >${at}.simulated`,
      `apt-cache depends --recurse ${choice}${relations.join(" ")} ${name} >${at}.depends || rm ${at}.*`,
    ].join(" && ");
  });
  const script = ["mkdir /refit && cd /refit || exit 1", "export LC_ALL=C", "apt-get update -qq", ...lines, "true"];
  // As a list of words, whatever shell the image asks for.
  const run = `RUN ${JSON.stringify(["/bin/sh", "-c", script.join("\n")])}`;
  return [`FROM ${base}`, "USER 0", run, "FROM scratch", "COPY --from=0 /refit /", ""].join("\n");
}
