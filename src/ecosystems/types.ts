/** What refit knows of package managers and toolchains. One file each; transforms ask these questions and no others. */
import type { Unknown } from "../context/index.ts";
import type { BuildContext } from "../context/types.ts";
import type { Command } from "../shell/types.ts";

/** Files and folders that a build makes, or why they are not known. */
export type Outputs = { readonly outputs: readonly string[] } | Unknown;

/** What a command reads and writes, as known to refit. Paths are absolute; a folder stands for all below it. */
export interface Footprint {
  readonly reads: readonly string[];
  /** Those of `reads` that it only looks for: where nothing lies, or an empty folder, it reads nothing. */
  readonly lookedFor?: readonly string[];
  readonly writes: readonly string[];
  readonly network: boolean;
  /** It does the same wherever it is called from. */
  readonly anywhere?: boolean;
  /** Installs and builds of its own ecosystem leave the same with and without what it writes: the model shows them none of it. */
  readonly unnoticed?: boolean;
}

/**
 * What a step is for. Merging weighs it:
 * - `index` refreshes a package index (`apt-get update`); it belongs to the install after it
 * - `system` installs packages of the base system
 * - `dependencies` installs what the app's manifests ask for
 * - `build` reads the app's sources and makes outputs
 * - `clean` deletes caches
 * - `files` is cheap bookkeeping: mkdir, chown, ln, echo > file
 */
export type Purpose = "index" | "system" | "dependencies" | "build" | "clean" | "files";

/** What a command calls, with wrappers such as `sudo` and `env A=b` looked through. */
export interface Call {
  /** Base name of the program: `npm` for `/usr/bin/npm`. */
  readonly tool: string;
  /** The program as written: `/usr/bin/npm`, `./mvnw`. */
  readonly path: string;
  /** The words after it, wildcards of absolute paths as written; undefined where only the shell knows them. */
  readonly args: readonly (string | undefined)[];
  /** Set for this command alone; undefined where only the shell knows the value. */
  readonly env: ReadonlyMap<string, string | undefined>;
}

/** What an ecosystem makes of a call. */
export interface Recognised {
  readonly purpose: Purpose;
  /** The subcommand in the tool's own words: `ci`, `install`, `mod download`. */
  readonly action: string;
}

/** A command that an ecosystem knows. */
export interface Invocation {
  readonly ecosystem: string;
  readonly purpose: Purpose;
  /** The subcommand in the tool's own words: `ci`, `install`, `mod download`. */
  readonly action: string;
  readonly command: Command;
  readonly call: Call;
}

/** The state a command starts in, as far as it is known. */
export interface Surroundings {
  /** Absolute working directory, or undefined. */
  readonly cwd: string | undefined;
  /** Known environment (ENV and ARG in force, and assignments before the command); a name mapped to undefined is set, to something unknown. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** The working directory in the project, for an ecosystem that works below its root; "" or undefined is the root. */
  readonly folder?: string;
  /** The image name of the stage's base as written, tag included (`node:20-alpine`), or undefined. */
  readonly base: string | undefined;
  /** The folders that PATH names before the first that is not known, absolute. */
  readonly searched?: readonly string[];
  /** Whether Corepack may stand in for yarn and pnpm. */
  readonly corepack?: boolean;
  /**
   * Versions and tags of npm, pnpm and Yarn that steps so far asked for by name: `9` for `npm install -g pnpm@9`, `latest` where the name stands
   * alone, undefined where only the shell knows it. Settings that they gave, too: see `Ecosystem.sets`.
   */
  readonly versions?: ReadonlyMap<string, string | undefined>;
}

/** The answer to "which files of the context must be there for this install to do the same?" */
export type InstallInputs =
  | {
      /** Files relative to the project folder, existing in the context, in a stable order. */
      readonly files: readonly string[];
      /**
       * Files relative to the project folder, existing in the context, that must be there whatever is in them: an empty one will do. They
       * are sources, which change with every edit.
       */
      readonly standIns?: readonly string[];
      /** Paths under the project folder that the install writes: a later COPY must not write there (`node_modules`). */
      readonly writes: readonly string[];
      /** Folders under the project folder that it writes into where they are there, and does not make; without those that `files` has files of. */
      readonly fills?: readonly string[];
      /**
       * Where all that it writes goes beside what `writes` alone names, absolute, below `~` (the home of who runs it) or under the project folder, if that is
       * nothing but downloads which this ecosystem's later commands would make alike: what they leave is the same with and without it, and
       * the model shows them none of it. Undefined for an install, which may write anything.
       */
      readonly fetched?: readonly string[];
    }
  | {
      readonly blocked: string;
      /**
       * Where it may only write manifests and locks in another form, with the same packages in them, or its own scripts read more than that and what
       * they write is known: its inputs, and all that it writes.
       */
      readonly reformats?: { readonly files: readonly string[]; readonly writes: readonly string[] };
    };

/** A command that downloads ahead what another one needs, or why there is none. Its own `InstallInputs` have `fetched`. */
export type Fetch =
  | {
      readonly command: string;
      /** What it downloads, where that is not all that is needed: `Gradle`. */
      readonly gets?: string;
    }
  | { readonly blocked: string };

/**
 * How the dependencies of a build are compiled ahead of the sources, or why they can't be: one command writes down what the project's
 * manifests ask for, and another one compiles that where nothing but its file is there.
 */
export type Cook =
  | {
      /** Writes `recipe` beside the manifests, the same for all sources. */
      readonly prepare: string;
      readonly recipe: string;
      /** Compiles what the build will need, by the recipe in the folder where it runs. */
      readonly command: string;
      /** Brings the tool for both, where the base image lacks it. */
      readonly install: string | undefined;
    }
  | { readonly blocked: string };

/** A file, or several by a pattern, that a tool reads in a project. */
export interface DeclaredFile {
  /** `package.json`, `requirements*.txt`, `.yarn/patches/`. */
  readonly name: string;
  readonly role: "manifest" | "lock" | "settings" | "sources";
  /** What it is for; a few words, no period. */
  readonly about?: string;
}

/** Something that makes an install read more than its manifests. */
export interface ReadsMore {
  /** As a sentence's subject: `a postinstall script`. */
  readonly what: string;
  /** What refit does: the files are copied too, the place is left alone, or it depends, as `how` says. */
  readonly then: "copied" | "declined" | "depends";
  /** A few words, no period. */
  readonly how?: string;
}

/** What is known of an ecosystem, in a form that both its page (docs/ecosystems) and other modules read. `~` is any home folder. */
export interface Declaration {
  /** As its makers write it: `Yarn`, `.NET`. */
  readonly title: string;
  readonly files: readonly DeclaredFile[];
  readonly readsMore: readonly ReadsMore[];
  /** Where installed packages end up: paths under the project folder, or absolute ones. */
  readonly installs: readonly string[];
  /** Caches and indexes: absolute, what is in them is fetched or made again when it is asked for. See `cacheOf` for the patterns. */
  readonly caches: readonly string[];
  /** What builds leave beside their outputs, and only the next build would read. See `intermediateOf`. */
  readonly intermediates?: readonly string[];
  /** What it reaches, in words: `the registry that .npmrc names`. */
  readonly network: string;
  readonly builds: readonly { readonly command: string; readonly outputs: readonly string[] }[];
  /** How what only development needs is told and left out, in one sentence; undefined where there is no such thing. */
  readonly developmentOnly?: string;
}

/** Words of an exec form, or the script of a shell form. */
export type Start = { readonly words: readonly string[] } | { readonly script: string };

/** A step that copies what a build made to another place, or moves it there. Paths are absolute. */
export interface Move {
  /** `*` and `?` in its last name stand for what the shell finds. */
  readonly from: string;
  readonly to: string;
  /** Whether `to` is a folder that it is put into. */
  readonly intoFolder: boolean;
  readonly removes: boolean;
  /** Whether folders are copied. */
  readonly isRecursive: boolean;
}

export interface WorkCommand {
  readonly invocation: Invocation;
  readonly surroundings: Surroundings;
  /** What it fills with packages, absolute, where that is all that it does: see `Ecosystem.filledBy`. */
  readonly filled?: readonly string[] | undefined;
}

/** A package manager that the builder stage has by then, and no other stage. */
export interface FetchedLate {
  /** As it is called: `pnpm`. */
  readonly name: string;
  /** The version that a step had Corepack fetch ahead, so that all stages have that one. */
  readonly ahead: string | undefined;
  /** The folder, absolute, where a container finds it as the builder stage left it; null where it fetched its own before, undefined where that is not known. */
  readonly at: string | null | undefined;
}

/** The work of one ecosystem on the project that a stage builds, and what the container then starts. */
export interface BuildWork {
  /** The project folder as the COPYs before the build leave it. */
  readonly project: BuildContext;
  /** The same with what later COPYs bring. */
  readonly finished: BuildContext;
  /** Where it lies in the image, absolute. */
  readonly folder: string;
  /** Its installs and builds, in their order. */
  readonly commands: readonly WorkCommand[];
  /** What its steps copy to other places or move there, in their order. */
  readonly moves: readonly Move[];
  /** What ENTRYPOINT and CMD start, and HEALTHCHECK. */
  readonly starts: readonly Start[];
  /** The working directory that a container starts in, absolute. */
  readonly startsIn: string;
  /** Words of the steps that come after the build, which may name files. */
  readonly words: readonly string[];
  /** The variables that ENV sets, as the file has them. */
  readonly settings: readonly string[];
  /** Package managers that Corepack fetches when one is called. */
  readonly fetchedLate?: readonly FetchedLate[];
  /** What builds of pages, scripts and styles for browsers leave or read in the project, and no container does by itself. */
  readonly assets?: readonly string[];
  /** Text of a file of the build context that lies outside of the project folder in the image, by its path or by a word that calls it. */
  outside(word: string): string | undefined;
}

/** What of a built project its container needs. Paths are relative to the project folder, or absolute. */
export interface BuiltApp {
  /** What the builds make; all of it exists after them. */
  readonly outputs: readonly { readonly path: string; readonly isFolder: boolean }[];
  /** Folders that the installs fill (`node_modules`). */
  readonly packages: readonly string[];
  /** Top-level entries of the project folder that the container needs as they are, the most lasting first. */
  readonly entries: readonly string[];
  /** The other ones, and what else stays behind, in words. */
  readonly dropped: readonly string[];
  /** What is taken out of the project folder, so that all else of it can cross as it is; undefined where its entries cross one by one. */
  readonly shed?: readonly string[] | undefined;
  /** A command that leaves more in the project folder than is known, so that it must cross as a whole, as it is. */
  readonly leavesMore?: string | undefined;
  /** What is taken out of entries, relative to the project folder, before they cross. */
  readonly trimmed?: readonly string[];
  /**
   * What must stay behind for a stage of its own to be worth it: anything, packages of the system, or compilers, since a part of the base image
   * crosses as well; anything where left out.
   */
  readonly pays?: "anything" | "packages" | "compilers";
  /** Where the base image has what packages may have replaced or taken out: emptied before they come. */
  readonly replaced?: readonly string[];
  /** Takes out what only development needs; `of` is the place among the commands of the install that brought it, `folder` where it works if not in the project's. */
  readonly prune?: { readonly command: string; readonly of: number; readonly folder?: string } | undefined;
}

export interface Ecosystem {
  readonly name: string;
  /** Base names of the programs it answers for: `npm`, `npx`. */
  readonly commands: readonly string[];
  readonly declares?: Declaration;
  /** Subcommands by what they are for, as the tool spells them. For its page; `recognise` decides. */
  readonly actions?: Readonly<Partial<Record<Purpose, readonly string[]>>>;
  /** Options whose value is the folder that it works in: `--prefix`. */
  readonly folderOptions?: readonly string[];
  /** The folder that it works in, where that is no option's value; `cwd` and the answer are absolute, or undefined where not known. */
  folderOf?(call: Call, cwd: string | undefined): string | undefined;
  /** Whether `outputsOf` knows what is made by a call in a folder below the project's. */
  readonly worksBelow?: boolean;
  /** Whether its projects may lie in the root folder of an image: of what lies there, only what has a name of its own crosses. */
  readonly worksAtRoot?: boolean;
  /** What this call does, or undefined where this ecosystem does not know it. */
  recognise(call: Call): Recognised | undefined;
  /** What it reads and writes; undefined is everything. */
  footprint?(call: Call, surroundings: Surroundings): Footprint | undefined;
  /** For `dependencies`: what must be in place. `folder` is the project folder in the context ("" is its root). */
  installInputs?(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs;
  /**
   * For a call that downloads: a command that could stand before it, with the manifests alone, to download the same: `go mod download` for
   * `go build`. Undefined where nothing is downloaded.
   */
  fetchFor?(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Fetch | undefined;
  /** For a build: undefined where it compiles no packages but those of the project. */
  cookFor?(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Cook | undefined;
  /**
   * For a call that fills folders with packages and leaves all else as it was, caches aside: those folders, and files that it writes anew,
   * absolute or relative to where it runs. Undefined where that is not known.
   */
  filledBy?(call: Call, surroundings: Surroundings): readonly string[] | undefined;
  /** Whether a call takes out again, of what an install brought, what only development needs. Behind none it may be the install itself. */
  prunes?(call: Call): boolean;
  /** Whether what its builds make still needs what they read, so that nothing but packages of the system can stay behind. */
  readonly keepsSources?: boolean;
  /**
   * Names of folders in which installs and builds leave files that have a second name elsewhere (hard links). A later layer that changes
   * one of them, or its owner or mode, parts the two; the same layer changes both.
   */
  readonly linksIn?: readonly string[];
  /** Settings that a call gives later ones of its own, in its user's home, by name: `poetry virtualenvs.create`. */
  sets?(call: Call): readonly (readonly [name: string, value: string | undefined])[];
  /** What its projects are written in, where several ecosystems are about the same. */
  readonly language?: "node" | "python" | "ruby" | "php";
  /** What a call makes in `project`, relative to it or absolute. */
  outputsOf?(call: Call, project: BuildContext, surroundings: Surroundings): Outputs;
  /** What of the project its container needs once it is built. Throws a `Decline` (decline.ts) where that is not known. */
  builtApp?(work: BuildWork): BuiltApp;
}
