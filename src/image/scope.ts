import { type Digest, digest, isKnown, minus, plus, type Text, unknownText } from "./digest.ts";

/** Arguments that BuildKit knows without a declaration in the global scope. frontend/dockerfile/dockerfile2llb/platform.go. */
const PLATFORM_ARGS: ReadonlySet<string> = new Set(
  ["BUILD", "TARGET"]
    .flatMap((side) => ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((part) => side + part))
    .concat("TARGETSTAGE"),
);

export function isPlatformArg(name: string): boolean {
  return PLATFORM_ARGS.has(name);
}

interface Change {
  readonly version: number;
  readonly value: Text;
}

/** A map of which every former version stays readable, at no cost for a version. */
export class Versions {
  readonly #histories = new Map<string, Change[]>();
  #version = 0;

  constructor(first: Iterable<readonly [string, Text]> = []) {
    for (const [name, value] of first) this.set(name, value);
  }

  has(name: string): boolean {
    return this.#histories.has(name);
  }

  get(name: string): Text | undefined {
    return this.#histories.get(name)?.at(-1)?.value;
  }

  set(name: string, value: Text): void {
    const change = { version: ++this.#version, value };
    const history = this.#histories.get(name);
    if (history) history.push(change);
    else this.#histories.set(name, [change]);
  }

  *entries(): Iterable<[string, Text]> {
    for (const [name, history] of this.#histories) yield [name, history.at(-1)!.value];
  }

  view(): ReadonlyMap<string, string | undefined> {
    return new VersionView(this.#histories, this.#version);
  }
}

/** One version, unknown values as undefined. */
class VersionView implements ReadonlyMap<string, string | undefined> {
  readonly #histories: ReadonlyMap<string, readonly Change[]>;
  readonly #version: number;

  constructor(histories: ReadonlyMap<string, readonly Change[]>, version: number) {
    this.#histories = histories;
    this.#version = version;
  }

  get size(): number {
    return [...this].length;
  }

  has(name: string): boolean {
    const first = this.#histories.get(name)?.[0];
    return first !== undefined && first.version <= this.#version;
  }

  get(name: string): string | undefined {
    const history = this.#histories.get(name) ?? [];
    let low = 0;
    let high = history.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (history[middle]!.version <= this.#version) low = middle + 1;
      else high = middle;
    }
    const value = history[low - 1]?.value;
    return value !== undefined && isKnown(value) ? value : undefined;
  }

  forEach(
    visit: (value: string | undefined, name: string, map: ReadonlyMap<string, string | undefined>) => void,
  ): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  *keys(): MapIterator<string> {
    for (const name of this.#histories.keys()) if (this.has(name)) yield name;
  }

  *values(): MapIterator<string | undefined> {
    for (const name of this.keys()) yield this.get(name);
  }

  *entries(): MapIterator<[string, string | undefined]> {
    for (const name of this.keys()) yield [name, this.get(name)];
  }

  [Symbol.iterator](): MapIterator<[string, string | undefined]> {
    return this.entries();
  }
}

/** What the base image has under a name: its value, null for surely nothing, undefined for nobody knows. */
export type Beneath = (name: string) => Text | null | undefined;

/**
 * The variables that a stage's instructions and commands see: ENV and ARG over the base image's environment. A child stage inherits
 * both (BuildKit: a stage copies `buildArgs` and image config of the stage it is based on).
 */
export class Scope {
  readonly #values = new Versions();
  readonly #fixed: Set<string>;
  readonly #beneath: Beneath;
  #sum: Digest = 0;

  constructor(beneath: Beneath, parent?: Scope) {
    this.#beneath = parent ? parent.#beneath : beneath;
    this.#fixed = new Set(parent ? parent.#fixed : []);
    for (const [name, value] of parent ? parent.#values.entries() : []) this.#set(name, value);
  }

  /** For BuildKit's word expansion. */
  readonly lookup = (name: string): Text | null | undefined =>
    this.#values.has(name) ? this.#values.get(name) : this.#beneath(name);

  setEnv(name: string, value: Text): void {
    this.#fixed.add(name);
    this.#set(name, value);
  }

  /** By the reference of Dockerfiles an ENV counts over each ARG of its name; BuildKit takes what comes last. */
  setArg(name: string, value: Text): void {
    const other = this.#fixed.has(name) ? this.#values.get(name) : this.#beneath(name);
    this.#set(name, other == null ? value : unknownText("variable", name, other, value));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** ENV and ARG in force now. */
  view(): ReadonlyMap<string, string | undefined> {
    return this.#values.view();
  }

  /** Of all that is set here. */
  get digest(): Digest {
    return this.#sum;
  }

  #set(name: string, value: Text): void {
    if (this.#values.has(name)) this.#sum = minus(this.#sum, variableDigest(name, this.#values.get(name)));
    this.#values.set(name, value);
    this.#sum = plus(this.#sum, variableDigest(name, value));
  }
}

/** The part of one variable in the digest of an environment. */
export function variableDigest(name: string, value: Text | undefined): Digest {
  return digest("variable", name, value);
}
