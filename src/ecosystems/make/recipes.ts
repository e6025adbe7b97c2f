/** What `make` makes, by a makefile that refit can read. */
import { posix } from "node:path";
import { type BuildContext, unknown, within } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import { argumentsOf } from "../call.ts";
import { isSystemFolder } from "../places.ts";
import type { Outputs } from "../types.ts";
import { ARCHIVERS, COMPILERS, compilerOutputs } from "./compile.ts";
import { HOLE, type Makefile, type Rule, readMakefile, wordsOf } from "./makefile.ts";

type Words = readonly (string | undefined)[];

/** Paths relative to the project, or absolute. `folder` is where make is called. */
export function makeOutputs(
  words: Words,
  project: BuildContext,
  folder: string,
  env: ReadonlyMap<string, string | undefined>,
): Outputs {
  const { options, positional } = argumentsOf(withoutJobs(words), ["-C", "--directory", "-f", "--file"]);
  const directory = options.get("-C") ?? options.get("--directory") ?? ".";
  const place = within(folder, directory);
  const file = options.get("-f") ?? options.get("--file");
  const isNamed = ["-f", "--file"].some((name) => options.has(name));
  const odd = [...options.keys()].find(
    (name) => !/^(-C|--directory|-f|--file|-j\S*|--jobs|-l|-s|--silent|-k|-B|--no-print-directory)$/.test(name),
  );
  if (odd !== undefined) return unknown(`refit does not follow make's option ${odd}`);
  if (place === undefined || positional.includes(undefined) || (isNamed && file === undefined))
    return unknown("what make is asked for is computed");
  const path = (isNamed ? [file!] : ["GNUmakefile", "makefile", "Makefile"])
    .map((name) => inFolder(place, name))
    .find(project.has);
  const text = path === undefined ? undefined : project.read(path);
  if (text === undefined) return unknown("there is no makefile in the build context where make runs");
  const given = new Map<string, string>();
  const goals: string[] = [];
  for (const word of positional as readonly string[]) {
    const [, name, value] = /^([\w.-]+)\s*:?=(.*)$/s.exec(word) ?? [];
    if (name === undefined) goals.push(word);
    else given.set(name, value ?? "");
  }
  const makefile = readMakefile(text, given, new Map([...env].map(([name, value]) => [name, value ?? HOLE])));
  if ("unknown" in makefile) return makefile;
  return new Making(
    makefile,
    project,
    place,
    env,
    [...given].map(([name, value]) => `${name}=${value}`),
  ).run(goals);
}

/** `-j`, with the number behind it. */
export function withoutJobs(words: Words): Words {
  const isJobs = (word: string | undefined) => /^(-j|--jobs|--parallel)$/.test(word ?? "");
  return words.filter(
    (word, index) =>
      !isJobs(word) && !/^(-j|--jobs=|--parallel=)/.test(word ?? "") && !(isJobs(words[index - 1]) && isCount(word)),
  );
}

function isCount(word: string | undefined): boolean {
  return word === undefined || /^\d+$/.test(word);
}

/** Follows the rules from goals to commands. */
class Making {
  readonly #outputs = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #done = new Set<string>();
  readonly #phony: ReadonlySet<string>;
  readonly #makefile: Makefile;
  readonly #project: BuildContext;
  readonly #place: string;
  readonly #env: ReadonlyMap<string, string | undefined>;
  readonly #given: readonly string[];

  constructor(
    makefile: Makefile,
    project: BuildContext,
    place: string,
    env: ReadonlyMap<string, string | undefined>,
    given: readonly string[],
  ) {
    this.#makefile = makefile;
    this.#project = project;
    this.#place = place;
    this.#env = env;
    this.#given = given;
    this.#phony = new Set(makefile.rules.get(".PHONY")?.prerequisites);
  }

  run(goals: readonly string[]): Outputs {
    const { goal } = this.#makefile;
    const wanted = goals.length > 0 ? goals : goal === undefined ? [] : [goal];
    if (wanted.length === 0) return unknown("the makefile has no goal");
    const problem = this.#first(wanted, (target) => this.#target(target)) ?? this.#patterns();
    if (problem !== undefined) return unknown(problem);
    const empty = [...this.#folders].find(
      (path) => ![...this.#outputs].some((output) => output.startsWith(`${path}/`)),
    );
    if (empty !== undefined && !isSystemFolder(empty) && !/(^|\/)(obj|objs|build|dep|deps)(\/|$)/.test(empty))
      return unknown(`make makes the folder ${empty}, and refit sees nothing that it puts there`);
    return { outputs: [...this.#outputs] };
  }

  /** The first of the problems, each a sentence. */
  #first<Item>(items: readonly Item[], look: (item: Item) => string | undefined): string | undefined {
    for (const item of items) {
      const problem = look(item);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #target(target: string): string | undefined {
    if (this.#done.has(target)) return undefined;
    this.#done.add(target);
    const rule = this.#makefile.rules.get(target);
    if (!rule) {
      const isThere = this.#project.has(inFolder(this.#place, target)) || /\.(o|d|a|h)$/.test(target);
      const byPattern = [...this.#makefile.rules.keys()].some(
        (pattern) => pattern.startsWith("%") || pattern.includes("/%"),
      );
      return isThere || byPattern ? undefined : `the makefile has no rule for ${target}`;
    }
    const needs = rule.prerequisites.filter((word) => !word.includes(HOLE));
    const problem = this.#first(needs, (word) => this.#target(word));
    if (problem !== undefined) return problem;
    if (needs.length < rule.prerequisites.length) {
      const hidden = [...this.#makefile.rules].find(
        ([name, other]) =>
          !this.#done.has(name) && !this.#phony.has(name) && !/^\.|%|\.(o|d)$/.test(name) && other.recipe.length > 0,
      );
      if (hidden) return `whether make makes ${hidden[0]} depends on what only make knows`;
    }
    if (rule.recipe.length === 0 && !this.#phony.has(target) && needs.includes(`${target}.o`)) this.#make(target);
    return this.#recipe(target, rule);
  }

  /** Recipes of patterns must make intermediates alone, whatever they are used for. */
  #patterns(): string | undefined {
    const rules = [...this.#makefile.rules].filter(([target]) => target.includes("%") || /^\.\w+\.\w+$/.test(target));
    const before = this.#outputs.size;
    const problem = this.#first(
      rules,
      ([target, rule]) =>
        this.#recipe(HOLE, rule) && `refit can't follow the rule for ${target.replace(/^%\d+$/, "a list of files")}`,
    );
    return problem ?? (this.#outputs.size > before ? "a rule for a pattern makes more than objects" : undefined);
  }

  #recipe(target: string, { prerequisites, recipe }: Rule): string | undefined {
    const automatic = new Map([
      ["@", target],
      ["@D", target.includes(HOLE) ? HOLE : posix.dirname(target)],
      ["<", prerequisites[0] ?? HOLE],
      ["^", prerequisites.join(" ")],
      ["+", prerequisites.join(" ")],
      ["?", prerequisites.join(" ")],
      ["*", HOLE],
    ]);
    return this.#first(recipe, (raw) => {
      const line = this.#makefile.expand(raw, automatic);
      if (/[|`<>&]\s|[|`<>]|\$\(|^\s*(if|for|while|cd)\b/.test(line.replace(/&&/g, "")))
        return `refit can't follow \`${raw}\``;
      return this.#first(line.split(/&&|;/), (command) =>
        this.#command(wordsOf(command.replace(/["']/g, ""))) ? undefined : `refit does not know what \`${raw}\` makes`,
      );
    });
  }

  /** Whether it is known what the command makes. */
  #command([program = "", ...rest]: readonly string[]): boolean {
    const words = rest.map((word) => (word.includes(HOLE) ? undefined : word));
    const tool = posix.basename(program);
    if (COMPILERS.includes(tool)) {
      const made = compilerOutputs(words);
      if ("unknown" in made) return false;
      for (const path of made.outputs) this.#make(path);
      return true;
    }
    if ([...ARCHIVERS, "", "echo", "true", ":", "printf", "strip", "chmod"].includes(tool)) return true;
    switch (tool) {
      case "mkdir":
        return this.#make(
          words.filter((word) => !word?.startsWith("-")),
          this.#folders,
        );
      case "rm":
        return words.every((word) => word === undefined || /^-|\.(o|d|a)$/.test(word));
      case "ldconfig":
        return this.#make("/etc/ld.so.cache");
      case "install":
      case "cp":
        return this.#copy(words);
      case "make": {
        const made = makeOutputs([...words, ...this.#given], this.#project, this.#place, this.#env);
        if ("unknown" in made) return false;
        for (const path of made.outputs) this.#outputs.add(path);
        return true;
      }
      default:
        return false;
    }
  }

  #copy(words: Words): boolean {
    const { options, positional } = argumentsOf(words, ["-m", "-o", "-g", "-t", "--mode", "--target-directory"]);
    if (options.has("-d") || options.has("--directory")) return this.#make(positional, this.#folders);
    if ([...options.keys()].some((name) => /^-[a-zA-Z]*[rRa]|^-[og]$|^--recursive|^--archive/.test(name))) return false;
    const named = options.get("-t") ?? options.get("--target-directory");
    const sources = named === undefined ? positional.slice(0, -1) : positional;
    const target = named ?? positional.at(-1);
    if (
      target === undefined ||
      sources.length === 0 ||
      sources.some((word) => word === undefined || /[*?[]/.test(word))
    )
      return false;
    const path = target.replace(/\/+$/, "");
    const isFolder =
      named !== undefined ||
      target.endsWith("/") ||
      sources.length > 1 ||
      this.#folders.has(this.#at(path) ?? "") ||
      isSystemFolder(path);
    return this.#make(isFolder ? sources.map((word) => posix.join(path, posix.basename(word ?? ""))) : [path]);
  }

  #make(paths: string | Words, into = this.#outputs): boolean {
    const places = [paths].flat().map((path) => (path === undefined ? undefined : this.#at(path)));
    for (const place of places) if (place !== undefined) into.add(place);
    return !places.includes(undefined);
  }

  #at(path: string): string | undefined {
    return path.startsWith("/") ? posix.normalize(path) : within(this.#place, path);
  }
}
