/** Package databases of base images: how each package manager is asked what is behind headers, and what it answers. */
import type { SystemManager } from "../step.ts";
import { apk } from "./apk.ts";
import { apt } from "./apt.ts";
import { behindHeaders } from "./behind.ts";
import type { PackageAnswer, PackageQuestion } from "./question.ts";
import { rpm } from "./rpm.ts";
import type { Asking } from "./types.ts";

export {
  type PackageAnswer,
  type PackageDatabase,
  type PackageQuestion,
  questionOf,
  questionText,
} from "./question.ts";

const ASKING: Readonly<Record<SystemManager, Asking>> = { apt, apk, rpm };

/**
 * A script for `/bin/sh` that asks all of `questions` in a container of their base image. It leaves what is said to each in the folder where it
 * runs, in a file named by the number of the question, and none where the image does not know the package.
 */
export function askingScript(questions: readonly PackageQuestion[]): string {
  const refreshes = new Set(questions.flatMap(({ manager }) => ASKING[manager].refresh ?? []));
  const asks = questions.map((question, at) => `{ ${ASKING[question.manager].ask(question)}\n} >${at} || rm ${at}`);
  return ["export LC_ALL=C", ...refreshes, ...asks, "true"].join("\n");
}

/** What that says to a question; `said` is undefined where it left no file. */
export function answerIn({ manager, base, name }: PackageQuestion, said: string | undefined): PackageAnswer {
  if (said === undefined) return { unresolved: `${base} has no package ${name}` };
  const transaction = ASKING[manager].read(said);
  const names = transaction && behindHeaders(name, transaction);
  return names ? { names } : { unresolved: `what ${base} says of ${name} is not understood` };
}
