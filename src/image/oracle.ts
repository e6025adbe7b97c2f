import { type Digest, digest } from "./digest.ts";

/** Thrown where the model gives up: too much work, or a construct it can't follow. */
export class Undecided extends Error {}

/** One failure in so many commands, by seed: files of few commands and of many both get runs in which some fail and some don't. */
const RARITIES = [2, 4, 2, 8, 2, 4, 2, 16] as const;

/** Enough for ten thousand instructions; a file that needs more is not decided. */
const MOST_STEPS = 300_000;

/**
 * Decides what nobody can know: whether an unknown command succeeds. The answer follows from the seed and from all that the command is
 * and sees, so two executions agree exactly as long as the commands see the same.
 */
export class Oracle {
  readonly seed: number;
  readonly #rarity: number;
  readonly #failing: ReadonlySet<Digest>;
  #questions = new Set<Digest>();
  #steps = 0;

  /** With seed 0 everything succeeds; the questions `failing` never do. */
  constructor(seed: number, failing: readonly Digest[] = []) {
    this.seed = seed;
    this.#rarity = RARITIES[(seed - 1) % RARITIES.length] ?? 1;
    this.#failing = new Set(failing);
  }

  succeeds(question: Digest): boolean {
    this.#questions.add(question);
    if (this.#failing.has(question)) return false;
    return this.seed === 0 || digest("oracle", this.seed, question) % this.#rarity !== 0;
  }

  /**
   * Whether a download succeeds. It fails where `failing` has it, never by the seed: of a step that downloads ahead what a later one would,
   * the failure is the later one's.
   */
  downloads(question: Digest): boolean {
    this.#questions.add(question);
    return !this.#failing.has(question);
  }

  /** Runs `work` and adds what it asks to `asked`. */
  during<T>(asked: Set<Digest>, work: () => T): T {
    const outer = this.#questions;
    this.#questions = asked;
    try {
      return work();
    } finally {
      this.#questions = outer;
      this.recall(asked);
    }
  }

  /** Notes questions whose answers are known from another build with the same seed. */
  recall(asked: ReadonlySet<Digest>): void {
    for (const question of asked) this.#questions.add(question);
  }

  /** Whether all these are answered as the seed alone would have it. */
  isPlain(asked: ReadonlySet<Digest>): boolean {
    for (const question of this.#failing) if (asked.has(question)) return false;
    return true;
  }

  /** Counts one step of work; throws `Undecided` when there were too many. */
  step(cost = 1): void {
    this.#steps += cost;
    if (this.#steps > MOST_STEPS) throw new Undecided("the file is too long to execute on the model");
  }
}
