/**
 * What a command comes down to: `npm run build` runs the script of that name in package.json, which runs other commands. Leaves are the
 * programs at the ends, without the wrappers that only start them.
 */
import { type Command, NO_OPTIONS, parseScript } from "../../shell/index.ts";
import { plain } from "../../text/index.ts";
import type { BuildContext } from "../types.ts";
import { asObject, objectOf } from "./jsonc.ts";
import { type Unknown, unknown } from "./types.ts";

/** One program and its words; a word that only the shell knows is undefined. A redirection is a leaf `>` with the file that it writes. */
export interface Leaf {
  readonly tool: string;
  readonly words: readonly (string | undefined)[];
  /** Whether it is looked up in node_modules/.bin first. */
  readonly local: boolean;
}

/** All leaves of `words`, run in the project folder by no package manager, or why they are not known. */
export function leavesOf(words: readonly (string | undefined)[], project: BuildContext): readonly Leaf[] | Unknown {
  return new Follower(project).follow(words, false);
}

/** All leaves of a shell script; `local` where a package manager runs it. */
export function leavesOfScript(text: string, project: BuildContext, local = false): readonly Leaf[] | Unknown {
  return new Follower(project).script(text, local);
}

/** What a command's redirections write, the terminal and nowhere left out; undefined for a file that may not come to be. */
function writtenBy({ redirects, unconditional }: Command): readonly (string | undefined)[] {
  return redirects
    .filter(({ operator }) => operator.includes(">") && !/[<>]&\d*$/.test(operator))
    .map(({ target }) => target?.literal)
    .filter((path) => !/^(\/dev\/(null|stdout|stderr|tty)|\d)$/.test(path ?? ""))
    .map((path) => (unconditional ? path : undefined));
}

const DEEPEST = 20;

/** Options of package managers that change nothing of what a script runs. */
const QUIET = /^(-s|--silent|--quiet|-q|--if-present|--no-install|--no|-y|--yes|--prefer-offline|--production=false)$/;

class Follower {
  readonly #project: BuildContext;
  readonly #scripts: Readonly<Record<string, unknown>>;
  #depth = 0;

  constructor(project: BuildContext) {
    this.#project = project;
    this.#scripts = asObject(objectOf(project.read("package.json"))?.scripts) ?? {};
  }

  script(text: string, local: boolean): readonly Leaf[] | Unknown {
    const script = parseScript(plain(text), "sh", NO_OPTIONS);
    if (script.unknown !== undefined) return unknown(`\`${text}\` is no script that refit can read`);
    return this.#all(script.commands, (command) => {
      const leaves = this.follow(
        command.words.map((word) => word.literal),
        local,
      );
      const written = writtenBy(command).map((path) => ({ tool: ">", words: [path], local: false }));
      return "unknown" in leaves ? leaves : [...leaves, ...written];
    });
  }

  follow(words: readonly (string | undefined)[], local: boolean): readonly Leaf[] | Unknown {
    const [name, ...rest] = words;
    if (words.length === 0) return [];
    if (name === undefined) return unknown("the name of a command is computed");
    const inBin = /(?:^|\/)node_modules\/\.bin\/([^/]+)$/.exec(name)?.[1];
    if (inBin !== undefined) return this.follow([inBin, ...rest], true);
    const tool = name.replace(/^(\/usr)?(\/local)?\/s?bin\//, "");
    switch (tool) {
      case "npm":
        return this.#npm(rest);
      case "yarn":
      case "yarnpkg":
      case "pnpm":
        return this.#manager(tool, rest);
      case "npx":
      case "pnpx":
        return this.follow(withoutQuiet(rest), true);
      case "cross-env":
      case "cross-env-shell":
        return this.follow(rest.slice(rest.findIndex((word) => !word?.includes("="))), local);
      case "run-s":
      case "run-p":
      case "npm-run-all":
      case "npm-run-all2":
        return this.#several(rest);
      case "sh":
      case "bash":
      case "ash":
        if (rest[0] !== "-c" && rest[0] !== "-ec") break;
        return rest[1] === undefined
          ? unknown(`the script of \`${tool} -c\` is computed`)
          : this.script(rest[1], local);
      case "exec":
        return this.follow(rest, local);
    }
    return [{ tool, words: rest, local }];
  }

  #npm(words: readonly (string | undefined)[]): readonly Leaf[] | Unknown {
    const [action, name, ...more] = withoutQuiet(words);
    const shown = `npm ${words.join(" ")}`;
    if (action === "start" || action === "test") return this.#run(action, [name, ...more], shown);
    if (action === "run" || action === "run-script") return this.#run(name, more, shown);
    if (action === "exec" || action === "x") return this.follow(name === "--" ? more : [name, ...more], true);
    return [{ tool: "npm", words, local: false }];
  }

  /** Yarn and pnpm run a script by its bare name, or else the program of that name. */
  #manager(tool: string, words: readonly (string | undefined)[]): readonly Leaf[] | Unknown {
    const [action, ...more] = withoutQuiet(words);
    const shown = `${tool} ${words.join(" ")}`;
    if (action === "run") {
      const [name, ...rest] = withoutQuiet(more);
      return this.#has(name) ? this.#run(name, rest, shown) : this.follow([name, ...rest], true);
    }
    if (action === "exec" || action === "dlx") return this.follow(more, true);
    if (this.#has(action)) return this.#run(action, more, shown);
    return [{ tool, words, local: false }];
  }

  #has(name: string | undefined): boolean {
    return name !== undefined && typeof this.#scripts[name] === "string";
  }

  #several(words: readonly (string | undefined)[]): readonly Leaf[] | Unknown {
    const names = words.filter(
      (word) => !/^(-s|-p|-l|--(sequential|serial|parallel|print-label|silent))$/.test(word ?? ""),
    );
    return this.#all(names, (name) =>
      name === undefined ? unknown("a pattern chooses the scripts to run") : this.#run(name, [], `npm run ${name}`),
    );
  }

  /** The script `name` with those that npm runs before and after it. */
  #run(name: string | undefined, more: readonly (string | undefined)[], shown: string): readonly Leaf[] | Unknown {
    const text = name === undefined ? undefined : this.#scripts[name];
    if (typeof text !== "string") {
      if (name === "start" && this.#project.has("server.js"))
        return [{ tool: "node", words: ["server.js"], local: true }];
      return unknown(`package.json has no script for \`${shown}\``);
    }
    if (more.some((word) => word !== undefined && word !== "--"))
      return unknown(`\`${shown}\` hands words on to a script`);
    if (++this.#depth > DEEPEST) return unknown(`the scripts behind \`${shown}\` call each other`);
    const hooks = [`pre${name}`, name, `post${name}`].map((hook) => this.#scripts[hook ?? ""]);
    const leaves = this.#all(hooks, (hook) => (typeof hook === "string" ? this.script(hook, true) : []));
    this.#depth--;
    return leaves;
  }

  #all<Item>(items: readonly Item[], leaves: (item: Item) => readonly Leaf[] | Unknown): readonly Leaf[] | Unknown {
    const all: Leaf[] = [];
    for (const item of items) {
      const found = leaves(item);
      if ("unknown" in found) return found;
      all.push(...found);
    }
    return all;
  }
}

function withoutQuiet(words: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const first = words.findIndex((word) => word === undefined || !QUIET.test(word));
  return first < 0 ? [] : [words[first], ...words.slice(first + 1).filter((word) => !QUIET.test(word ?? "x"))];
}
