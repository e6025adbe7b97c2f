import type { CommandNode, CompoundList } from "unbash";
import type { Dialect } from "../../shell/types.ts";
import { type Digest, digest, isKnown, minus, plus, type Text, unknownText } from "../digest.ts";
import { type Scope, variableDigest } from "../scope.ts";

/** Where a file descriptor leads. */
export type Sink =
  | { readonly kind: "null" }
  /** The build's log, which nothing in the image sees. */
  | { readonly kind: "log" }
  | { readonly kind: "file"; readonly path: string }
  /** A pipe or command substitution; what is written to it is kept. */
  | { readonly kind: "capture"; text: Text }
  /** A here-document or the reading end of a pipe. */
  | { readonly kind: "text"; readonly text: Text }
  /** Computed, or gone to something that the model doesn't follow. */
  | { readonly kind: "unknown"; readonly what: Text };

/** What `set` and SHELL switch on, by their long names. */
export type Options = ReadonlySet<string>;

export interface ShellFunction {
  readonly body: CommandNode | CompoundList;
  readonly text: string;
}

interface Variable {
  /** Undefined: unset. */
  readonly value: Text | undefined;
  readonly exported: boolean;
}

export const DEFAULT_IFS = " \t\n";

/** Names that base images and the runtime export; an assignment to one reaches commands. Lower-case names are hardly ever among them. */
function mayBeExported(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

/** A shell, as far as a later command could notice it. */
export class ShellState {
  readonly dialect: Dialect;
  readonly words: readonly string[];
  readonly base: Digest;
  cwd: Text;
  umask: Text = "022";
  user: Text;
  options: Options;
  functions: ReadonlyMap<string, ShellFunction> = new Map();
  readonly: ReadonlySet<string> = new Set();
  positional: readonly Text[] = [];
  fds: ReadonlyMap<number, Sink>;
  exitTrap: Text | undefined;
  status = 0;
  /** Digest of all that has made this shell unlike a fresh one in a way that the model doesn't follow: `eval`, `.`, aliases, limits. */
  taint: Digest = 0;
  lastJob: Text = "";
  /** A command substitution ran since this was last set to false. */
  substituted = false;
  readonly #scope: Scope;
  #variables = new Map<string, Variable>();
  #isShared = false;
  #environment: Digest;
  #plain: Digest = 0;

  constructor(start: {
    scope: Scope;
    base: Digest;
    dialect: Dialect;
    words: readonly string[];
    cwd: Text;
    user: Text;
    options: Options;
  }) {
    this.#scope = start.scope;
    this.base = start.base;
    this.dialect = start.dialect;
    this.words = start.words;
    this.cwd = start.cwd;
    this.user = start.user;
    this.options = start.options;
    this.#environment = start.scope.digest;
    this.fds = new Map<number, Sink>([
      [0, { kind: "null" }],
      [1, { kind: "log" }],
      [2, { kind: "log" }],
    ]);
  }

  /** A copy that can change without this one noticing. Traps don't reach it. */
  subshell(): ShellState {
    const { words, base, dialect, cwd, user, options } = this;
    const twin = new ShellState({ scope: this.#scope, words, base, dialect, cwd, user, options });
    const { umask, functions, readonly, positional, fds, status, taint, lastJob } = this;
    Object.assign(twin, { umask, functions, readonly, positional, fds, status, taint, lastJob });
    this.#isShared = true;
    twin.#isShared = true;
    twin.#variables = this.#variables;
    twin.#environment = this.#environment;
    twin.#plain = this.#plain;
    return twin;
  }

  /** Undefined: surely unset. */
  get(name: string): Text | undefined {
    const own = this.#variables.get(name);
    if (own) return own.value;
    if (name === "PWD") return this.cwd;
    if (name === "IFS") return this.taint ? unknownText("IFS", this.taint) : DEFAULT_IFS;
    if (this.taint) return unknownText("variable", this.taint, name, this.#beneath(name));
    return this.#beneath(name);
  }

  /** Whether the base image alone knows if the variable is set. */
  isFromBase(name: string): boolean {
    return !this.#variables.has(name) && this.#scope.lookup(name) === undefined;
  }

  set(name: string, value: Text | undefined, exported = this.#isExported(name)): void {
    if (this.#isShared) {
      this.#variables = new Map(this.#variables);
      this.#isShared = false;
    }
    const old = this.#variables.get(name);
    if (old) this.#count(name, old, minus);
    else if (this.#scope.has(name)) {
      this.#environment = minus(this.#environment, variableDigest(name, this.#beneath(name)));
    }
    const variable = { value, exported };
    this.#variables.set(name, variable);
    this.#count(name, variable, plus);
  }

  export(name: string): void {
    this.set(name, this.get(name), true);
  }

  unset(name: string): void {
    this.set(name, undefined, this.#isExported(name));
  }

  has(option: string): boolean {
    return this.options.has(option);
  }

  get isPathChanged(): boolean {
    return this.#variables.has("PATH") || this.taint !== 0;
  }

  /** Something happened that the model doesn't follow: nothing that this shell holds is known any more. */
  lose(what: Digest): void {
    this.taint = digest("lost", what, this.whole);
    this.#variables = new Map();
    this.#isShared = false;
    this.#environment = this.#scope.digest;
    this.#plain = 0;
  }

  /** Exported variables whose values are known, or known to be set. */
  visible(): ReadonlyMap<string, string | undefined> {
    if (this.#variables.size === 0) return this.#scope.view();
    const names = new Map(this.#scope.view());
    for (const [name, { value, exported }] of this.#variables) {
      if (exported && value !== undefined) names.set(name, isKnown(value) ? value : undefined);
      else names.delete(name);
    }
    return names;
  }

  /** What a child process sees. */
  get environment(): Digest {
    return digest("environment", this.base, this.#environment, this.taint);
  }

  /** What a child process sees, variables left out that `ignores` names. */
  environmentWithout(ignores: (name: string) => boolean): Digest {
    if (this.taint !== 0) return this.environment;
    const ignored = [...this.visible().keys()].filter(ignores);
    const rest = ignored.reduce((sum, name) => minus(sum, variableDigest(name, this.get(name))), this.#environment);
    return digest("environment", this.base, rest, this.taint);
  }

  get descriptors(): Digest {
    let sum = 0;
    for (const [fd, sink] of this.fds) sum = plus(sum, digest(fd, sink.kind, describe(sink)));
    return sum;
  }

  /** What a child process inherits: environment, working directory, user, umask, descriptors. */
  get inherited(): Digest {
    return digest("inherited", this.environment, this.cwd, this.user, this.umask, this.descriptors);
  }

  /** Everything, plain variables included: what a construct sees that the shell itself runs. */
  get whole(): Digest {
    const { inherited, dialect, status, lastJob } = this;
    const names = this.#effectiveOptions;
    const functions = [...this.functions].map(([name, { text }]) => digest(name, text)).reduce(plus, 0);
    return digest("shell", inherited, this.#plain, names, dialect, functions, status, lastJob, ...this.positional);
  }

  /** What a part of the script with this text sees: of the shell itself, only what the text names. */
  seenBy(text: string): Digest {
    const names = new Set(text.match(/[A-Za-z_]\w*/g) ?? []);
    const isOpen =
      ["eval", "source", "export", "declare"].some((name) => names.has(name)) ||
      // With options, `set` lists nothing.
      /(^|[\s;&|(])(\.\s|set\b(?!\s+[-+]\w))/.test(text);
    if (isOpen || [...this.functions.keys()].some((name) => names.has(name))) return this.whole;
    const parts = [...names].filter((name) => this.#variables.has(name)).flatMap((name) => [name, this.get(name)]);
    const options = this.#effectiveOptions;
    const positional = /\$[{#@*\d]/.test(text) ? this.positional : [];
    const job = text.includes("$!") ? this.lastJob : "";
    const status = text.includes("$?") ? this.status : 0;
    return digest("seen", this.inherited, this.get("IFS"), options, this.dialect, status, job, ...parts, ...positional);
  }

  /** A trace goes where errors go, which whoever writes them there has to ask for. */
  get #effectiveOptions(): string {
    return [...this.options]
      .filter((name) => name !== "xtrace" && name !== "verbose")
      .sort()
      .join();
  }

  #beneath(name: string): Text | undefined {
    const value = this.#scope.lookup(name);
    if (value === undefined) return unknownText("variable", this.base, name);
    // Set from the image's accounts for whoever the command runs as.
    if (value === null && name === "HOME") return unknownText("home", this.user);
    return value ?? undefined;
  }

  #isExported(name: string): boolean {
    const own = this.#variables.get(name);
    if (own) return own.exported || this.options.has("allexport");
    return (
      this.options.has("allexport") ||
      this.#scope.has(name) ||
      (this.#scope.lookup(name) === undefined && mayBeExported(name))
    );
  }

  #count(name: string, { value, exported }: Variable, change: (sum: Digest, part: Digest) => Digest): void {
    const part = variableDigest(name, value);
    if (!exported) this.#plain = change(this.#plain, part);
    else if (value !== undefined || this.#scope.has(name) || this.#scope.lookup(name) === undefined) {
      this.#environment = change(this.#environment, part);
    }
  }
}

function describe(sink: Sink): Text | undefined {
  switch (sink.kind) {
    case "file":
      return sink.path;
    case "text":
      return sink.text;
    case "unknown":
      return sink.what;
    default:
      return undefined;
  }
}
