/**
 * What a command comes down to: `npm run build` runs the script of that name in package.json, which runs other commands. Leaves are the
 * programs at the ends, without the wrappers that only start them.
 */
import { NO_OPTIONS, parseScript } from "../../shell/index.ts";
import { plain } from "../../text/index.ts";
import type { BuildContext } from "../types.ts";
import { isBunSubcommand, isForBun, withoutBunOptions } from "./bun.ts";
import { folderBehind, patternOf, writtenBy } from "./commands.ts";
import { asObject, objectOf } from "./jsonc.ts";
import { handedOn, placedIn, withoutQuiet } from "./manager-words.ts";
import { memberFolders, membersNamed } from "./members.ts";
import { folderOf, inFolder, within } from "./paths.ts";
import { selectionOf, yarnSelection } from "./selection.ts";
import { isShell, shellCall } from "./shells.ts";
import { type Unknown, unknown } from "./types.ts";

/** One program and its words: a pattern of files as written, undefined for what only the shell knows. A redirection is a leaf `>` with the file that it writes. */
export interface Leaf {
  readonly tool: string;
  readonly words: readonly (string | undefined)[];
  /** Whether it is looked up in node_modules/.bin first. */
  readonly local: boolean;
  /** Where it runs, relative to the project; absent for the project's own folder. */
  readonly folder?: string;
  /** Programs of packages that start it: `cross-env`, `run-s`. */
  readonly through?: readonly string[];
  /** Variables that are set for it alone, where what they are is known: `NODE_OPTIONS=-r dotenv/config`. */
  readonly settings?: readonly string[];
}

/** All leaves of `words`, run in a `folder` of the project by no package manager, or why they are not known. */
export function leavesOf(
  words: readonly (string | undefined)[],
  project: BuildContext,
  folder = "",
): readonly Leaf[] | Unknown {
  return new Follower(project, folder).follow(words, false);
}

/** All leaves of a shell script; `local` where a package manager runs it. */
export function leavesOfScript(
  text: string,
  project: BuildContext,
  local = false,
  folder = "",
): readonly Leaf[] | Unknown {
  return new Follower(project, folder).script(text, local);
}

/** Of what it runs, where that has several. */
function firstLine(text: string): string {
  const [first = "", ...rest] = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return rest.length > 0 ? `${first}…` : first;
}

/** Leaves with what is around them, beside what is around them by now. */
function startedWith(
  leaves: readonly Leaf[] | Unknown,
  { through = [], settings = [] }: Pick<Leaf, "through" | "settings">,
): readonly Leaf[] | Unknown {
  if ("unknown" in leaves || through.length + settings.length === 0) return leaves;
  return leaves.map((leaf) => ({
    ...leaf,
    through: [...through, ...(leaf.through ?? [])],
    settings: [...settings, ...(leaf.settings ?? [])],
  }));
}

const DEEPEST = 20;

class Follower {
  readonly #project: BuildContext;
  /** Where it runs; "" is the project's own. */
  readonly #folder: string;
  readonly #scripts: Readonly<Record<string, unknown>>;
  #depth = 0;

  constructor(project: BuildContext, folder = "") {
    this.#project = project;
    this.#folder = folder;
    this.#scripts = asObject(objectOf(project.read(inFolder(folder, "package.json")))?.scripts) ?? {};
  }

  script(text: string, local: boolean): readonly Leaf[] | Unknown {
    const script = parseScript(plain(text), /^#!.*\bbash\b/.test(text) ? "bash" : "sh", NO_OPTIONS);
    if (script.unknown !== undefined)
      return unknown(`refit can't read the script \`${firstLine(text)}\`: ${script.unknown}`);
    let here: Follower = this;
    return this.#all(script.commands, (command) => {
      const folder = folderBehind(command, here.#folder);
      if (folder !== undefined) {
        here = this.#in(folder);
        return [];
      }
      const leaves = here.follow(
        command.words.map((word) => word.literal ?? patternOf(word)),
        local,
      );
      const settings = command.assignments.flatMap(({ name, value }) =>
        value?.literal === undefined ? [] : [`${name}=${value.literal}`],
      );
      const written = writtenBy(command).map((path) => here.#leaf(">", [path], false));
      const started = startedWith(leaves, { settings });
      return "unknown" in started ? started : [...started, ...written];
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
        return this.#placed(tool, rest, (at, words) => at.#npm(words));
      case "yarn":
      case "yarnpkg":
        return this.#placed("yarn", rest, (at, words) => at.#manager("yarn", words));
      case "pnpm":
        return this.#placed(tool, rest, (at, words) => at.#manager(tool, words));
      case "bun":
        return this.#placed(tool, rest, (at, words) => at.#manager(tool, withoutBunOptions(words)));
      case "npx":
      case "bunx":
      case "pnpx":
        return this.follow(withoutQuiet(rest), true);
      case "cross-env":
      case "cross-env-shell": {
        const first = rest.findIndex((word) => !word?.includes("="));
        const settings = rest.slice(0, first).filter((word) => word !== undefined);
        return startedWith(this.follow(rest.slice(first), local), { through: [tool], settings });
      }
      case "run-s":
      case "run-p":
      case "npm-run-all":
      case "npm-run-all2":
        return startedWith(this.#several(rest), { through: [tool] });
      case "exec":
        return this.follow(rest, local);
      case "shx":
        return startedWith(this.follow(rest, local), { through: [tool] });
    }
    const call = isShell(tool) ? shellCall(rest) : undefined;
    if (!call || !("text" in call)) return [this.#leaf(tool, rest, local)];
    return call.text === undefined
      ? unknown(`the script of \`${tool} -c\` is computed`)
      : this.script(call.text, local);
  }

  /** A package manager works where an option says, or else in the folder of the nearest package.json, here or above. */
  #placed(
    tool: string,
    given: Leaf["words"],
    leaves: (at: Follower, words: Leaf["words"]) => readonly Leaf[] | Unknown,
  ): readonly Leaf[] | Unknown {
    const { words, at } = placedIn(tool, given);
    if (words.length === given.length) return leaves(this.#in(this.#nearest()), words);
    const folder = at === undefined ? undefined : within(this.#folder, at);
    return folder === undefined
      ? unknown(`it is not known where \`${[tool, ...given.map((word) => word ?? "…")].join(" ")}\` works`)
      : leaves(this.#in(folder), words);
  }

  #nearest(): string {
    let folder = this.#folder;
    while (folder !== "" && !this.#project.has(inFolder(folder, "package.json"))) folder = folderOf(folder);
    return folder;
  }

  /** The same in another folder. */
  #in(folder: string): Follower {
    if (folder === this.#folder) return this;
    const other = new Follower(this.#project, folder);
    other.#depth = this.#depth;
    return other;
  }

  #leaf(tool: string, words: Leaf["words"], local: boolean): Leaf {
    return { tool, words, local, ...(this.#folder !== "" && { folder: this.#folder }) };
  }

  #npm(given: readonly (string | undefined)[]): readonly Leaf[] | Unknown {
    const { words, members, ifPresent } = selectionOf("npm", given);
    const [action, name, ...more] = withoutQuiet(words);
    const shown = `npm ${words.join(" ")}`;
    const isRun = action === "run" || action === "run-script";
    if (members !== undefined) {
      const script = isRun ? name : action === "test" ? action : undefined;
      if (script === undefined) return unknown(`\`${shown}\` runs in packages of the workspace`);
      return this.#inMembers(members, shown, (member) => (ifPresent && !member.#has(script) ? [] : member.#npm(words)));
    }
    if (action === "start" || action === "test") return this.#run(action, withoutQuiet(words).slice(1), shown);
    if (isRun) return this.#run(name, more, shown);
    if (action === "exec" || action === "x") return this.follow(name === "--" ? more : [name, ...more], true);
    return [this.#leaf("npm", words, false)];
  }

  /** The same in some of a workspace's packages, or in all of them. */
  #inMembers(
    members: readonly string[] | "all",
    shown: string,
    leaves: (member: Follower) => readonly Leaf[] | Unknown,
  ): readonly Leaf[] | Unknown {
    if (this.#folder !== "") return unknown(`\`${shown}\` runs in packages of the workspace`);
    const named =
      members === "all" ? [memberFolders(this.#project)] : members.map((word) => membersNamed(word, this.#project));
    if (named.includes(undefined)) return unknown("the packages of the workspace can't be listed");
    if (named.some((folders) => folders?.length === 0))
      return unknown(`\`${shown}\` names no package of the workspace`);
    const folders = new Set(named.flatMap((each) => each ?? []));
    return this.#all([...folders], (folder) => leaves(new Follower(this.#project, folder)));
  }

  /** Yarn, pnpm and Bun run a script by its bare name, or else the program of that name. */
  #manager(tool: "yarn" | "pnpm" | "bun", given: readonly (string | undefined)[]): readonly Leaf[] | Unknown {
    const { words, members, ifPresent } = tool === "yarn" ? yarnSelection(given) : selectionOf(tool, given);
    const [action, ...more] = withoutQuiet(words);
    const shown = `${tool} ${words.join(" ")}`;
    const [name, ...rest] = action === "run" ? withoutBunOptions(withoutQuiet(more)) : [action, ...more];
    if (members !== undefined) {
      const isProgram = action === "exec";
      const asked = isProgram ? words : ["run", name, ...rest];
      const leaves = this.#inMembers(members, shown, (member) =>
        !ifPresent || isProgram || member.#has(name) ? member.#manager(tool, asked) : [],
      );
      const isEmpty = !("unknown" in leaves) && leaves.length === 0;
      return isEmpty ? unknown(`no package of the workspace has a script for \`${shown}\``) : leaves;
    }
    if (action === "exec" || action === "dlx" || (tool === "bun" && action === "x")) return this.follow(more, true);
    if (tool === "bun" && action !== "run" && (isBunSubcommand(action) || action?.startsWith("-")))
      return [this.#leaf(tool, words, false)];
    if (this.#has(name)) return this.#run(name, rest, shown);
    if (tool === "bun" && isForBun(name, this.#project, this.#folder))
      return [this.#leaf(tool, [name, ...rest], false)];
    return action === "run" ? this.follow([name, ...rest], true) : [this.#leaf(tool, words, false)];
  }

  #has(name: string | undefined): boolean {
    return name !== undefined && typeof this.#scripts[name] === "string";
  }

  #several(words: readonly (string | undefined)[]): readonly Leaf[] | Unknown {
    const names = words.filter(
      (word) => !/^(-s|-p|-l|--(sequential|serial|parallel|print-label|silent))$/.test(word ?? ""),
    );
    // `{@}` stands for what comes behind `--`, which is for who calls the script.
    if (names.at(-1) === "--") names.pop();
    return this.#all(names, (word) => {
      const name = word?.replace(/ +\{@\}$/, "");
      if (name === undefined || name.includes("**")) return unknown("a pattern chooses the scripts to run");
      return this.#all(this.#scriptsNamed(name), (each) => this.#run(each, [], `npm run ${each}`));
    });
  }

  /** Those that a pattern of npm-run-all names; any other word is the name of one. */
  #scriptsNamed(word: string): readonly string[] {
    if (!/^[\w:.-]*\*[\w:.*-]*$/.test(word)) return [word];
    const pattern = new RegExp(`^${word.replaceAll(".", "\\.").replaceAll("*", "[^:]*")}$`);
    return Object.keys(this.#scripts).filter((name) => pattern.test(name));
  }

  /** The script `name` with those that npm runs before and after it. */
  #run(name: string | undefined, more: readonly (string | undefined)[], shown: string): readonly Leaf[] | Unknown {
    const text = name === undefined ? undefined : this.#scripts[name];
    if (typeof text !== "string") {
      if (name === "start" && this.#project.has(inFolder(this.#folder, "server.js")))
        return [this.#leaf("node", ["server.js"], true)];
      return unknown(`package.json has no script for \`${shown}\``);
    }
    const words = handedOn(more, shown.startsWith("npm "));
    if (!words) return unknown(`\`${shown}\` hands words on to a script`);
    if (++this.#depth > DEEPEST) return unknown(`the scripts behind \`${shown}\` call each other`);
    const hooks = [this.#scripts[`pre${name}`], [text, ...words].join(" "), this.#scripts[`post${name}`]];
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
