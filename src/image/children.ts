import { nameDigest } from "./digest.ts";

/** More names than this in one part are split, by so many values of so many bits of their digests. */
const MOST = 32;
const WAYS = 32;
/** A digest has bits for so many splits. */
const DEEPEST = 10;

/**
 * What lies in a folder, by name. A copy costs little however much there is: a large folder comes in parts, which copies share until one
 * of them changes.
 */
export class Children<Child> {
  readonly #depth: number;
  #names: Map<string, Child>;
  #parts: Children<Child>[] | undefined;
  #size = 0;
  /** Belongs to more than one folder: to be copied before it changes. */
  #isShared = false;

  constructor(depth = 0, names = new Map<string, Child>()) {
    this.#depth = depth;
    this.#names = names;
    this.#size = names.size;
  }

  get size(): number {
    return this.#size;
  }

  get(name: string): Child | undefined {
    return this.#parts ? this.#parts[this.#slot(name)]!.get(name) : this.#names.get(name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, child: Child): void {
    if (this.#parts) {
      const part = this.#ownPart(name);
      const before = part.size;
      part.set(name, child);
      this.#size += part.size - before;
      return;
    }
    this.#names.set(name, child);
    this.#size = this.#names.size;
    if (this.#size > MOST && this.#depth < DEEPEST) this.#split();
  }

  delete(name: string): void {
    if (!this.has(name)) return;
    if (this.#parts) this.#ownPart(name).delete(name);
    else this.#names.delete(name);
    this.#size -= 1;
  }

  copy(): Children<Child> {
    const twin = new Children<Child>(this.#depth, this.#parts ? undefined : new Map(this.#names));
    for (const part of this.#parts ?? []) part.#isShared = true;
    twin.#parts = this.#parts && [...this.#parts];
    twin.#size = this.#size;
    return twin;
  }

  [Symbol.iterator](): IterableIterator<[string, Child]> {
    return this.#parts ? this.#entries(this.#parts) : this.#names[Symbol.iterator]();
  }

  *#entries(parts: readonly Children<Child>[]): Generator<[string, Child]> {
    for (const part of parts) yield* part;
  }

  #slot(name: string): number {
    return Math.floor(nameDigest(name) / WAYS ** this.#depth) % WAYS;
  }

  #ownPart(name: string): Children<Child> {
    const slot = this.#slot(name);
    const part = this.#parts![slot]!;
    if (!part.#isShared) return part;
    const copy = part.copy();
    this.#parts![slot] = copy;
    return copy;
  }

  #split(): void {
    this.#parts = Array.from({ length: WAYS }, () => new Children<Child>(this.#depth + 1));
    for (const [name, child] of this.#names) this.#parts[this.#slot(name)]!.set(name, child);
    this.#names = new Map();
  }
}
