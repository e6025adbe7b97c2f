/** What a container of the app runs: followed from CMD, ENTRYPOINT and HEALTHCHECK down to programs and files. */
import {
  type BuildContext,
  inFolder,
  isBunSubcommand,
  isShell,
  type Leaf,
  leavesOf,
  leavesOfScript,
} from "../../../context/index.ts";
import { Decline } from "../../decline.ts";
import { commandAmong, entryScript, textsOf } from "../../entry-scripts.ts";
import { placeIn } from "../../moved.ts";
import { startedBy, wordsToStart } from "../../starters.ts";
import { supervisedBy } from "../../supervisors.ts";
import type { BuildWork, BuiltApp, Start } from "../../types.ts";
import { type NodeWords, readNodeWords } from "./node-words.ts";
import { type Packages, packageOf } from "./packages.ts";
import { wordsIn } from "./source-text.ts";

/** Compilers and watchers: whoever starts one needs sources and development dependencies. */
const TOOLCHAIN = new Set([
  ...["ts-node", "ts-node-dev", "ts-node-esm", "tsnd", "tsx", "tsc", "nodemon", "babel-node", "swc-node", "esbuild"],
  ...["typeorm-ts-node-commonjs", "typeorm-ts-node-esm"],
  ...["webpack", "webpack-dev-server", "vite", "vite-node", "rollup", "tsup", "tsc-watch", "nest", "react-scripts"],
  ...[
    "vue-cli-service",
    "ng",
    "astro",
    "nuxt",
    "nuxi",
    "gatsby",
    "parcel",
    "jest",
    "vitest",
    "mocha",
    "npm-run-all",
    "concurrently",
  ],
]);

/** Programs that bring a compiler for their own settings. */
const OWN_COMPILER = /^(prisma|drizzle-kit|next|remix|react-router)/;

/** Programs of the base system that npm scripts call; what is not here could be a program of a package. */
const SYSTEM = new Set([
  ...[
    ">",
    "sh",
    "bash",
    "ash",
    "echo",
    "printf",
    "true",
    "false",
    ":",
    "cd",
    "export",
    "set",
    "test",
    "[",
    "sleep",
    "exit",
  ],
  ...["wait", "kill", "trap", "cat", "ls", "cp", "mv", "rm", "mkdir", "chmod", "chown", "env", "date", "pwd", "touch"],
  ...["curl", "wget", "nc", "grep", "sed", "read", "shift", "ulimit", "umask", "unset", "command", "id", "hostname"],
]);

/** Servers of files, which without a word serve the folder that they start in. */
const SERVERS = new Set([
  "serve",
  "http-server",
  "sirv",
  "lite-server",
  "live-server",
  "local-web-server",
  "ws",
  "superstatic",
]);

/** A word that is no option, and neither a port, an address, a configuration file nor the folder itself. */
function isFolderName(word: string | undefined): boolean {
  return word !== undefined && !/^-|^\d*$|:|\.json$|^(\d+\.){3}\d+$|^\.?\/?$/.test(word);
}

export class Running {
  readonly #project: BuildContext;
  readonly #packages: Packages;
  readonly #work: BuildWork;
  /** Where the container starts, relative to the project folder; "" is that itself. Package managers run scripts where the manifest is. */
  readonly #startsIn: string;
  /** Every word that the container runs: names of files are looked for in them. */
  readonly texts: string[] = [];
  /** Files that `node` is told to run, relative to the project folder or absolute. */
  readonly files: string[] = [];
  /** Whether it runs a program of a package, or has `node` load one. */
  usesPackages = false;
  readonly #fetched = new Set<string>();

  constructor(work: BuildWork, packages: Packages, startsIn: string) {
    this.#work = work;
    this.#project = work.finished;
    this.#packages = packages;
    this.#startsIn = startsIn;
  }

  /** Follows all that a container starts with: see `follow`. */
  followStarts(): void {
    const local = this.#work.settings.some((text) => /\bPATH\b.*node_modules\/\.bin/.test(text));
    for (const start of this.#work.starts) this.follow(start, local);
  }

  /** Throws a `Decline` where it runs what would be gone, or what refit cannot follow. `local`: node_modules/.bin is in PATH. */
  follow(start: Start, local: boolean): void {
    if ("words" in start) this.#leaf({ tool: start.words[0] ?? "", words: start.words.slice(1), local }, true);
    else this.#script(start.script, local);
  }

  #script(text: string, local: boolean): void {
    this.#checkManager(wordsIn(text));
    this.texts.push(...wordsIn(text));
    this.#all(leavesOfScript(text, this.#project, local, this.#startsIn));
  }

  #all(leaves: readonly Leaf[] | { readonly unknown: string }): void {
    if ("unknown" in leaves)
      throw new Decline("unknown-command", `what the container runs is not known: ${leaves.unknown}`);
    for (const leaf of leaves) this.#leaf(leaf, false);
  }

  #leaf(leaf: Leaf, open: boolean): void {
    const { tool, words } = leaf;
    if (tool === "") return;
    if (open) this.#checkManager([tool]);
    // A package manager, a shell or a wrapper of either in front: follow it first.
    const leaves = open ? leavesOf([tool, ...words], this.#project, this.#startsIn) : [leaf];
    const [only, ...others] = "unknown" in leaves ? [] : leaves;
    if (only?.tool !== tool || others.length > 0) this.#all(leaves);
    // `bun run start` is Bun as well.
    else this.#program({ ...only, local: leaf.local || only.local });
  }

  /** Corepack fetches one that is not there by then, whatever version that may be, and fails without a network. */
  #checkManager(words: readonly string[]): void {
    const [asked] = String(this.#packages.manifest.raw.packageManager ?? "").split("+");
    for (const { name, ahead, at } of this.#work.fetchedLate ?? []) {
      const isAhead = ahead !== undefined && ["", `${name}@${ahead}`].includes(asked ?? "");
      if (!words.includes(name) || isAhead || at === null) continue;
      if (at === undefined)
        throw new Decline(
          "fetched-late",
          `the container runs ${name}, and it is not known where Corepack left what it fetched for the build`,
        );
      this.#fetched.add(at);
    }
  }

  /** Folders of package managers that the container needs from the build, as outputs. */
  get managers(): BuiltApp["outputs"] {
    return [...this.#fetched].map((path) => ({ path: placeIn(this.#work.folder, path), isFolder: true }));
  }

  #program(leaf: Leaf): void {
    const { tool, words, local, folder = this.#startsIn, through = [], settings = [] } = leaf;
    this.texts.push(...[tool, ...words].filter((word) => word !== undefined), ...settings.flatMap(wordsIn));
    this.texts.push(...this.#settingsOf(tool));
    const starter = through.find((program) => this.#packages.offers(program) === false);
    if (starter !== undefined) throw broughtByDevelopment(starter);
    for (const setting of [...settings, ...words]) this.#options(setting);
    const needsToolchain = () =>
      new Decline("runs-toolchain", `the container runs \`${shown(leaf)}\`, which needs the toolchain`);
    if (TOOLCHAIN.has(tool) || (tool === "next" && words[0] === "dev")) throw needsToolchain();
    if (["npm", "yarn", "pnpm"].includes(tool) || (tool === "bun" && isBunSubcommand(words[0])))
      throw new Decline("runs-package-manager", `the container runs \`${shown(leaf)}\``);
    if (SERVERS.has(tool) && !words.some(isFolderName))
      throw new Decline("lists-project", `the container serves the project folder itself with \`${shown(leaf)}\``);
    const started = startedBy(tool, words);
    const entry = entryScript(leaf, this.#work);
    const supervised = supervisedBy(leaf, textsOf(this.#work));
    if ((started || supervised) && this.#packages.offers(tool) === false) throw broughtByDevelopment(shown(leaf));
    if (tool === "bun") this.#bun(leaf);
    else if (tool === "node" || tool === "nodejs") this.#node(leaf);
    else if (folder !== this.#startsIn && (!SYSTEM.has(tool) || isShell(tool)))
      throw new Decline("unknown-command", `the container runs \`${shown(leaf)}\` in ${leaf.folder}`);
    else if (entry) {
      this.#script(entry.text, false);
      this.#leaf({ tool: entry.words[0] ?? "", words: entry.words.slice(1), local }, true);
    } else if (started) this.#leaf({ tool: started[0] ?? "", words: started.slice(1), local }, true);
    else if (supervised) for (const script of supervised) this.#script(script, false);
    else if (wordsToStart(leaf).some((word) => TOOLCHAIN.has(word))) throw needsToolchain();
    else {
      if (this.#compilesSettings(leaf)) throw needsToolchain();
      if (local) this.#ofPackage(leaf);
      const among = commandAmong(leaf, this.#work);
      if (typeof among === "string") this.#script(among, false);
      else if (among) this.#leaf({ tool: among[0] ?? "", words: among.slice(1), local: false }, true);
    }
  }

  /** Like `node`, and it looks for settings of its own and of TypeScript where it starts. */
  #bun(leaf: Leaf): void {
    if (leaf.words.some((word) => word === "--watch" || word === "--hot"))
      throw new Decline("runs-toolchain", `the container runs \`${shown(leaf)}\`, which waits for sources to change`);
    this.texts.push("bunfig.toml", "tsconfig.json", "jsconfig.json");
    this.#node(leaf);
  }

  /** `node [OPTIONS] FILE …`: every module that it loads first must stay. */
  #node({ tool, words, local, folder = local ? "" : this.#startsIn }: Leaf): void {
    const { modules, file, isComputed } = readNodeWords(words);
    this.#modules(tool, modules, folder);
    if (isComputed) throw new Decline("unknown-command", `the container runs \`${tool}\` with a computed file`);
    if (file !== undefined) this.files.push(file.startsWith("/") ? file : inFolder(folder, file));
  }

  /** `NODE_OPTIONS=--require=dotenv/config`, in front of a command or as a word of `export`. */
  #options(setting: string | undefined): void {
    const options = /^NODE_OPTIONS=(["']?)(.*)\1$/s.exec(setting ?? "")?.[2];
    if (options === undefined) return;
    const { modules } = readNodeWords(options.trim().split(/\s+/));
    this.#modules("node", modules, "");
  }

  /** What is loaded before the main file. */
  #modules(tool: string, modules: NodeWords["modules"], folder: string): void {
    this.usesPackages ||= modules.length > 0;
    for (const { option, module } of modules) {
      const name = packageOf(module.replace(/^\.?\.?\/(.*\/)?node_modules\//, ""));
      if (name !== undefined && this.#packages.of(folder).stays(name) !== true)
        throw new Decline(
          "runs-toolchain",
          `the container runs \`${tool} ${option} ${module}\`, and ${name} would be gone`,
        );
    }
  }

  /** Files at the top of the project that a program looks for by its own name: `knexfile.js`, `.sequelizerc`, `drizzle.config.ts`. */
  #settingsOf(tool: string): readonly string[] {
    const name = tool.replace(/-(cli|kit|serve)$/, "").replace(/[^\w-]/g, "\\$&");
    const own = new RegExp(`^\\.?${name}(file|rc|\\.config)(\\.\\w+)?$`);
    return this.#project.list("").filter((entry) => own.test(entry));
  }

  /** Settings in TypeScript, which a program loads by a compiler that it does not bring. */
  #compilesSettings({ tool }: Leaf): boolean {
    const isThere = (name: string) => this.#project.has(`${name}.ts`);
    return !OWN_COMPILER.test(tool) && (isThere(`${tool}file`) || isThere(`${tool}.config`));
  }

  #ofPackage(leaf: Leaf): void {
    const stays = this.#packages.offers(leaf.tool);
    this.usesPackages ||= !SYSTEM.has(leaf.tool);
    if (stays === true || (stays === undefined && (SYSTEM.has(leaf.tool) || leaf.tool.includes("/")))) return;
    if (stays === false) throw broughtByDevelopment(shown(leaf));
    throw new Decline("runs-toolchain", `the container runs \`${shown(leaf)}\`, which refit cannot place`);
  }
}

function broughtByDevelopment(program: string): Decline {
  return new Decline("runs-toolchain", `the container runs \`${program}\`, which a development dependency brings`);
}

function shown({ tool, words }: Leaf): string {
  return [tool, ...words.map((word) => word ?? "…")].join(" ");
}
