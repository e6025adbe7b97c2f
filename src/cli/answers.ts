/** What no file tells and a transform would like to know: asked for before files are rewritten, of whoever may be asked. */
import type { ImageAnswer, PackageAnswer, Resolution } from "../image/types.ts";
import type { Registries } from "../registry/index.ts";

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
  readonly images: Asked<ImageAnswer>;
  readonly packages: Asked<PackageAnswer>;
}

export interface Sources {
  readonly digests?: Source<Resolution> | undefined;
  readonly images?: Source<ImageAnswer> | undefined;
  /** Only where there is an engine. */
  readonly packages?: Source<PackageAnswer> | undefined;
}

/** An answer may lead to the next question; more rounds than that nobody has seen. */
const MOST_ROUNDS = 4;

/** Calls `look`, which rewrites files by `answers` as they are, until it has no question left that `sources` answer. */
export async function findAnswers(answers: Answers, sources: Sources, look: () => void): Promise<void> {
  if (Object.keys(sources).length === 0) return;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    look();
    // A digest is written down, and nothing is asked because of it.
    await answers.digests?.settle(sources.digests);
    const isMoreKnown = [
      await answers.images.settle(sources.images),
      await answers.packages.settle(sources.packages),
    ].includes(true);
    if (!isMoreKnown) return;
  }
}

/** Asks `first`, and `second` for what that does not know. */
export function eitherOf<Answer>(first: Source<Answer> | undefined, second: Source<Answer>): Source<Answer> {
  if (!first) return second;
  return async (questions) => {
    const known = await first(questions);
    return new Map([...known, ...(await second(questions.filter((each) => !known.has(each))))]);
  };
}

/** Registries, opened when the first reference is asked for. */
export function registrySources(env: NodeJS.ProcessEnv): {
  readonly digests: Source<Resolution>;
  readonly images: Source<ImageAnswer>;
} {
  let opened: Promise<Registries> | undefined;
  const registries = () => {
    opened ??= import("../registry/index.ts").then(({ openRegistries }) => openRegistries({ env, timeout: 5000 }));
    return opened;
  };
  return {
    digests: async (references) => (await registries()).digests(references),
    images: async (references) => (await registries()).images(references),
  };
}
