/** What refit asks of a container engine, and what comes of a proof. */
import type { EditedFile, Result } from "../pipeline/types.ts";
import type { PromiseName } from "../promises/types.ts";

export type EngineName = "docker" | "podman" | "buildah";

/** What a user passes on to the builds of both files. */
export interface BuildSettings {
  readonly buildArgs: readonly string[];
  readonly platform?: string | undefined;
  /** A builder of buildx; its images are loaded into the local engine. */
  readonly builder?: string | undefined;
  readonly secrets: readonly string[];
  readonly ssh: readonly string[];
  readonly network?: string | undefined;
  readonly buildContexts: readonly string[];
  /** Seconds that one build may take. */
  readonly timeout: number;
}

export interface BuildRequest {
  /** The text; it is built over `context` whatever Dockerfile lies there. */
  readonly dockerfile: string;
  /** Text of a `.dockerignore` that is this Dockerfile's own and goes before the context's. */
  readonly ignoreFile?: string | undefined;
  /** The folder. */
  readonly context: string;
  /** A stage by name; undefined for the last. */
  readonly target?: string | undefined;
  readonly settings: BuildSettings;
  /** Nothing comes from the cache. */
  readonly afresh?: boolean | undefined;
  /** Told of each step when it starts. */
  readonly onStep?: ((step: string) => void) | undefined;
}

/** One step of a build in the order in which it started. */
export interface BuildStep {
  /** The stage as BuildKit names it (`stage-0`, `builder`); empty where a file has one stage alone. */
  readonly stage: string;
  /** `RUN npm ci`, as BuildKit prints it: joined lines, arguments expanded. FROM is left out. */
  readonly instruction: string;
  readonly cached: boolean;
  /** 0 for a cached step. */
  readonly seconds: number;
}

export type Build =
  | { readonly ok: true; readonly image: string; readonly steps: readonly BuildStep[]; readonly seconds: number }
  | {
      readonly ok: false;
      /** One line: the step that failed and what it said last. */
      readonly failure: string;
      /** All that the engine said. */
      readonly log: string;
      readonly steps: readonly BuildStep[];
      readonly seconds: number;
    };

/** An image's configuration as the OCI image specification names it, and what it takes. */
export interface ImageInfo {
  readonly config: Readonly<Record<string, unknown>>;
  /** `linux/amd64`. */
  readonly platform: string;
  /** Bytes of its layers, unpacked. */
  readonly size: number;
  readonly layers: number;
  /** diff_ids of its layers, the lowest first. */
  readonly diffIds: readonly string[];
}

export interface ContainerRequest {
  readonly image: string;
  /** Instead of the image's own ENTRYPOINT and CMD. */
  readonly command?: readonly string[] | undefined;
  /** `none`, or `container:ID` to share the loopback of another one. Never anything that reaches further. */
  readonly network: "none" | `container:${string}`;
}

export interface ContainerState {
  readonly running: boolean;
  readonly exitCode: number;
  readonly outOfMemory: boolean;
}

/**
 * Builds images, reads them and runs containers. Whatever it makes bears the label of the session's run. No shell is ever involved.
 * Throws an `EngineError` for what the user can mend.
 */
export interface Engine {
  readonly name: EngineName;
  /** For reports: `Docker Engine 26.1.5, BuildKit 0.13`. */
  readonly title: string;
  /** Why it runs no containers; undefined where it does. */
  readonly runsNone?: string | undefined;
  build(request: BuildRequest): Promise<Build>;
  inspect(image: string): Promise<ImageInfo>;
  /** What made the image, the lowest layer first: the instructions of its Dockerfile, as the engine keeps them. */
  history(image: string): Promise<readonly string[]>;
  /** The images' layers in one archive (docker-archive or OCI layout with a manifest.json). */
  save(images: readonly string[], file: string): Promise<void>;
  /** Folders of the layers on this machine, the topmost first, where this process can read them (local engine, overlay2, root). */
  layerFolders(image: string): Promise<readonly string[] | undefined>;
  /** An image out of a tar of its file tree. */
  importTree(tar: NodeJS.ReadableStream, config: { readonly entrypoint: readonly string[] }): Promise<string>;
  /** Created, not started: without network, mounts and all but a few capabilities, with limits of memory, processes and time. */
  create(request: ContainerRequest): Promise<string>;
  start(container: string): Promise<void>;
  /** Unpacks a tar in the container's root folder. */
  copyIn(container: string, tar: Uint8Array | NodeJS.ReadableStream): Promise<void>;
  /** A tar of `path` in the container, running or not. */
  copyOut(container: string, path: string): Promise<Buffer>;
  state(container: string): Promise<ContainerState>;
  /** Resolves when it ends; undefined after `seconds`. */
  wait(container: string, seconds: number): Promise<ContainerState | undefined>;
  output(container: string): Promise<{ readonly stdout: string; readonly stderr: string }>;
  /** Removes the container with its anonymous volumes, running or not. */
  remove(container: string): Promise<void>;
  removeImages(images: readonly string[]): Promise<void>;
}

/** One run of refit with an engine; everything it makes is gone after `close`. */
export interface Session {
  /** On the label of all that it makes. */
  readonly run: string;
  readonly engine: Engine;
  /** A folder for what is large and short-lived; gone after `close`. */
  readonly scratch: string;
  /** Aborted by `close`: for programs that are no part of the engine. */
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

/** What an image promises about one path, times aside. */
export interface TreeEntry {
  readonly type: "file" | "folder" | "symlink" | "fifo" | "device";
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes, of a file; 0 for the others. */
  readonly size: number;
  /** Of a symlink; `c 1:3` of a device; empty for the others. */
  readonly target: string;
  /** Two files of one identity have the same content and the same extended attributes, without a look at them. */
  readonly identity: string;
}

/** The file tree of an image. Paths have no slash at either end; the root folder itself is not listed. */
export interface ImageTree {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Content of a file from the byte `start` on (0 where it is not given), at most `limit` bytes. */
  read(path: string, limit?: number, start?: number): Buffer;
  /** Extended attributes by name, of those of `paths` that have any; values in hexadecimal. */
  attributes(paths: readonly string[]): ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Hexadecimal SHA-256 of a file. */
  hash(path: string): string;
}

/** One way in which two images differ. */
export interface Difference {
  /**
   * A path with a slash at the front, or the name of a config key; `build` where only one of the files builds; of the kind `behaviour`
   * what was looked at (`exit code`, `GET / on port 8080`).
   */
  readonly at: string;
  readonly kind:
    | "config"
    | "added"
    | "gone"
    | "owner"
    | "mode"
    | "type"
    | "content"
    | "target"
    | "attributes"
    | "behaviour"
    | "build";
  /** In plain words, one line: `mode 644 → 755`. */
  readonly what: string;
  /** A short diff of text, where there is one to show. */
  readonly diff?: string | undefined;
  /** The transform that makes the difference, where that is known. */
  readonly transform?: string | undefined;
}

/** A path that two builds of the original itself leave different. */
export interface UnsteadyPath {
  readonly at: string;
  /** Why it may differ all the same (`log of npm`); undefined where no rule says so: then the proof can't decide. */
  readonly rule: string | undefined;
}

/** What is gone, or new in caches, under `same-runtime` or `same-image-less-caches`, and by which rule. */
export interface Explained {
  /** `development packages`, `build inputs`, `caches of npm`, … */
  readonly rule: string;
  readonly paths: number;
  readonly bytes: number;
}

/** What a compared image looks like from outside. */
export interface Surface {
  readonly bytes: number;
  readonly layers: number;
  /** By database: dpkg, apk, rpm, node_modules, python. */
  readonly packages: Readonly<Record<string, number>>;
  readonly executables: number;
  readonly setuid: number;
  /** Names of compilers and build tools that are there. */
  readonly compilers: readonly string[];
  readonly shells: readonly string[];
}

/** Findings of a vulnerability scanner, counted by severity. */
export interface Scan {
  readonly scanner: string;
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  /** Identifiers that are only in one of them. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** What one of the two containers did, compared with the other. */
export interface Behaviour {
  /** `ends` with an exit code, or `serves` on ports. */
  readonly kind: "ends" | "serves" | "runs";
  /** In plain words, what was seen to be the same: `exit code 0`, `GET / on port 8080: 200 OK`. Empty where nothing could be compared at all. */
  readonly same: readonly string[];
  readonly differences: readonly Difference[];
  /** What varies between runs of the original itself, or could not be compared and why, one line each. */
  readonly notCompared: readonly string[];
}

/** Files that the original opened while it ran. */
export interface Trace {
  /** How many of the image's own files they are. */
  readonly files: number;
  /** Those that are gone, or not the same, in the new image. */
  readonly differences: readonly Difference[];
  /** Why nothing was traced, one line; nothing else is known then. */
  readonly notTraced: string | undefined;
}

export type ProofVerdict = "kept" | "broken" | "undecided";

/** One target, built before and after. */
export interface TargetProof {
  /** The stage's name; undefined for the default target. */
  readonly target: string | undefined;
  readonly promise: PromiseName;
  readonly verdict: ProofVerdict;
  /** Why it is undecided; one sentence. */
  readonly reason: string | undefined;
  /** Why the original does not build: then nothing can be compared. */
  readonly failure: string | undefined;
  /** Both builds gave one and the same image: nothing is left to compare. */
  readonly identical: boolean;
  /** How many paths were compared: those of either image. */
  readonly paths: number;
  readonly differences: readonly Difference[];
  readonly unsteady: readonly UnsteadyPath[];
  readonly explained: readonly Explained[];
  /** What is new in caches. */
  readonly added: readonly Explained[];
  /** Of the final image under `same-runtime`. */
  readonly behaviour: Behaviour | undefined;
  readonly trace: Trace | undefined;
}

/** Which steps ran again after an edit of the context, and for how long. */
export interface Rebuild {
  readonly path: string;
  readonly before: RebuildSteps;
  readonly after: RebuildSteps;
}

export interface RebuildSteps {
  readonly ran: readonly BuildStep[];
  readonly seconds: number;
}

export interface Proof {
  readonly path: string;
  readonly engine: string;
  readonly promise: PromiseName;
  readonly verdict: ProofVerdict;
  readonly targets: readonly TargetProof[];
  /** Of the default target. */
  readonly surface: { readonly before: Surface; readonly after: Surface } | undefined;
  readonly rebuild: Rebuild | undefined;
  readonly scan: Scan | { readonly unavailable: string } | undefined;
  readonly seconds: number;
}

/** What a proof is about. */
export interface ProofRequest {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly promise: PromiseName;
  /** Files of the context that the new file is built with as they are edited. */
  readonly files?: readonly EditedFile[] | undefined;
  /** The rewrite, to find which transform is to blame; absent for a file written by hand. */
  readonly rewrite?: Result | undefined;
  readonly context: string;
  /** Text of the original's own `.dockerignore`. */
  readonly ignoreFile?: string | undefined;
  /** Text of the new file's own: of a rewrite, the same. */
  readonly newIgnoreFile?: string | undefined;
  readonly settings: BuildSettings;
  /** One stage alone. */
  readonly target?: string | undefined;
  /** Paths to GET from a server. */
  readonly probes: readonly string[];
  /** Look for vulnerabilities, with a scanner that is started in this environment. */
  readonly scan?: { readonly env: Readonly<Record<string, string | undefined>> } | undefined;
  /** A file of the context to edit, for the rebuild. */
  readonly rebuild?: string | undefined;
  readonly onProgress?: ((what: string) => void) | undefined;
}

/** One thing that a dead run left. */
export interface Remnant {
  readonly kind: "container" | "image" | "cache entry" | "folder" | "ledger";
  /** The engine's identifier, or a path. */
  readonly id: string;
  readonly run: string;
  /** That come back with it. */
  readonly bytes: number;
  /** What BuildKit says of a cache entry; empty for the others. */
  readonly description: string;
}

export interface Cleaning {
  readonly remnants: readonly Remnant[];
  /** What could not be looked at or removed, one line each. */
  readonly problems: readonly string[];
}
