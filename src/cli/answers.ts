/** What no file tells and a transform would like to know: asked for before files are rewritten, of whoever may be asked. */
import type { PackageAnswer, Resolution } from "../image/types.ts";

/** Finds answers to questions of one kind; those that it does not know are missing. */
export type Source<Answer> = (questions: readonly string[]) => Promise<ReadonlyMap<string, Answer>>;

/** Answers by question. A look-up of one that nobody was asked yet is remembered; `has` only says whether there is an answer. */
export class Asked<Answer> extends Map<string, Answer> {
  readonly #open = new Set<string>();

  override get(question: string): Answer | undefined {
    if (!this.has(question)) this.#open.add(question);
    return super.get(question);
  }

  /** Asks for what was looked up since the last time. Returns whether there is an answer. */
  async settle(source: Source<Answer> | undefined): Promise<boolean> {
    const questions = [...this.#open];
    this.#open.clear();
    const answers = questions.length > 0 && source ? await source(questions) : new Map<string, Answer>();
    for (const [question, answer] of answers) this.set(question, answer);
    return answers.size > 0;
  }
}

/** All that is known for the files of one run. */
export interface Answers {
  /** Absent where no registry may be asked. */
  readonly digests: Asked<Resolution> | undefined;
  readonly packages: Asked<PackageAnswer>;
}

export interface Sources {
  readonly digests?: Source<Resolution> | undefined;
  /** Only where there is an engine. */
  readonly packages?: Source<PackageAnswer> | undefined;
}

/** An answer may lead to the next question; more rounds than that nobody has seen. */
const MOST_ROUNDS = 4;

/** Calls `look`, which rewrites files by `answers` as they are, until it has no question left that `sources` answer. */
export async function findAnswers(answers: Answers, sources: Sources, look: () => void): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    look();
    // A digest is written down, and nothing is asked because of it.
    await answers.digests?.settle(sources.digests);
    if (!(await answers.packages.settle(sources.packages))) return;
  }
}

/** One resolver for the run, opened when the first reference is asked for. */
export function lazyResolver(env: NodeJS.ProcessEnv): Source<Resolution> {
  let resolver: Source<Resolution> | undefined;
  return async (references) => {
    resolver ??= (await import("../registry/index.ts")).openResolver({ env, timeout: 5000 });
    return resolver(references);
  };
}
