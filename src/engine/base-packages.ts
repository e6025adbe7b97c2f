/** Asks the package databases of base images: a build on each runs its own package manager over the indexes as they are now. */
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { answerIn, askingScript, type PackageAnswer, type PackageQuestion, questionOf } from "../ecosystems/index.ts";
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
      questions.map((question, at) => {
        const file = String(at);
        return answerIn(question, tree.entries.has(file) ? String(tree.read(file)) : undefined);
      }),
    );
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return questions.map(() => ({ unresolved: error.message }));
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

function dockerfileFor(base: string, questions: readonly PackageQuestion[]): string {
  // As a list of words, whatever shell the image asks for.
  const run = `RUN ${JSON.stringify(["/bin/sh", "-c", `mkdir /refit && cd /refit || exit 1\n${askingScript(questions)}`])}`;
  return [`FROM ${base}`, "USER 0", run, "FROM scratch", "COPY --from=0 /refit /", ""].join("\n");
}
