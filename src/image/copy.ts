import { copyView, flagNamed, type Instruction } from "../dockerfile/index.ts";
import { digest, isKnown, type Text, unknownText } from "./digest.ts";
import { isManifest } from "./editable.ts";
import { type Entry, entryOf } from "./entry.ts";
import { EMPTY } from "./node.ts";
import type { Oracle } from "./oracle.ts";
import { accountQuestion, isName, isSameOwner, ownerGiven } from "./owners.ts";
import { absolute, nameOf, parentOf } from "./paths.ts";
import { groundOwnedBy, type RuntimeRules } from "./runtime-rules.ts";
import type { ContextTree } from "./sources.ts";
import type { StageState } from "./stage-state.ts";
import { type Found, type Subtree, Tree } from "./tree.ts";
import { World } from "./world.ts";

interface Changes {
  readonly owner: Text | undefined;
  readonly mode: Text | undefined;
  readonly rules: RuntimeRules | undefined;
}

/** What decides about a copy beside its source and its destination. */
interface Surroundings {
  readonly oracle: Oracle;
  readonly context: ContextTree | undefined;
  readonly runtime: RuntimeRules | undefined;
}

/**
 * Applies a COPY or ADD to `world`; why it fails, or undefined. BuildKit, dockerfile2llb/convert.go, dispatchCopy: sources are patterns, a
 * folder's content is copied and not the folder, a new top folder is 0755, a folder that is there keeps its mode, folders below take
 * the source's.
 */
export function copy(
  instruction: Instruction,
  state: StageState,
  world: World,
  origin: Tree,
  { oracle, context, runtime: rules }: Surroundings,
): string | undefined {
  const view = copyView(instruction);
  if (!view) return "no sources or no destination";
  const flag = (name: string) => flagNamed(instruction, name)?.value;
  const changes = {
    owner: ownerGiven(flag("chown") && state.expand(flag("chown")!)),
    mode: flag("chmod") && state.expand(flag("chmod")!),
    rules,
  };
  const written = state.expand(view.destination.text);
  const isFolder = /(^|\/)\.?$/.test(written);
  const path = absolute(isKnown(state.cwd) ? state.cwd : undefined, written);
  const target = path && world.resolve(path);
  const sources = view.sources.map((source) => state.expand(source.text));
  const refused = instruction.keyword === "COPY" && sources.find((source) => isRemote(source) && isKnown(source));
  if (refused) return `COPY takes ${refused} for a repository or URL`;
  const user = changes.owner?.split(":")[0] ?? "0";
  if (isKnown(user) && isName(user) && !oracle.succeeds(accountQuestion(user, state)))
    return `there is no user ${user}`;
  const parents = flagNamed(instruction, "parents");
  // With --parents every source is a pattern, which may match nothing: github.com/moby/buildkit/issues/4900.
  const absent = parents
    ? undefined
    : sources.find((source, index) => !view.sources[index]!.heredoc && isAbsent(source, origin, oracle));
  if (absent !== undefined) return `${absent} is not there`;
  const special = instruction.flags.filter(({ name }) => !["from", "chown", "chmod", "link"].includes(name));
  if (target === undefined) {
    world.overwrite(digest("copied", instruction.keyword, written, state.cwd, ...sources, origin.digest, world.digest));
    return undefined;
  }
  const opaque = (what: Text, content: number): undefined => {
    world.ensureFolder(parentOf(target), "755", changes.owner ?? "0:0");
    const parts = [instruction.keyword, what, content, String(isFolder), changes.owner, changes.mode] as const;
    const flags = special.map((each) => each.text.text).join(" ");
    world.cover(target, digest("copied", ...parts, flags, world.digestOf(target)));
  };
  // Paths come before heredocs, however they are mixed.
  const order = [...view.sources.keys()].sort(
    (a, b) => Number(view.sources[a]!.heredoc !== undefined) - Number(view.sources[b]!.heredoc !== undefined) || a - b,
  );
  for (const index of order) {
    const source = view.sources[index]!;
    const pattern = sources[index]!;
    if (source.heredoc) {
      const { content, expand, chomp, name } = source.heredoc;
      const text = chomp ? content.replace(/^\t+/gm, "") : content;
      const known =
        expand && /[$\\]/.test(text) ? unknownText("heredoc", text, state.scope.digest, state.origin.key) : text;
      const there = world.isFolder(target);
      const entry = entryOf("file", "644", "0:0", known);
      const failure =
        there === undefined && !isFolder
          ? opaque(name, entry.digest)
          : putFile(world, isFolder || there ? `${target === "/" ? "" : target}/${name}` : target, entry, changes);
      if (failure !== undefined) return failure;
      continue;
    }
    if (instruction.keyword === "ADD" && isRemote(pattern)) {
      opaque(pattern, 0);
      continue;
    }
    const keepsFolders = parents !== undefined && special.length === 1 && (parents.value ?? "true") === "true";
    if ((special.length > 0 && !keepsFolders) || !isKnown(pattern)) {
      opaque(pattern, origin.digest);
      continue;
    }
    const failure = (keepsFolders ? copyWithFolders : copyOne)(pattern, {
      target,
      isFolder,
      origin,
      world,
      oracle,
      changes,
      opaque,
      unpacks: (path, entry) => instruction.keyword === "ADD" && mayBeArchive(path, entry, context),
    });
    if (failure !== undefined) return failure;
  }
  return undefined;
}

interface Job {
  readonly target: string;
  readonly isFolder: boolean;
  readonly origin: Tree;
  readonly world: World;
  readonly oracle: Oracle;
  readonly changes: Changes;
  readonly opaque: (what: Text, content: number) => undefined;
  /** Whether the file at `path` may be unpacked. */
  readonly unpacks: (path: string, entry: Entry) => boolean;
}

function copyOne(pattern: string, job: Job): string | undefined {
  const { target, isFolder, origin, world, oracle, changes } = job;
  const path = absolute("/", pattern)!;
  const matches = isPattern(pattern) ? matching(origin, path) : [path];
  if (!matches) return job.opaque(pattern, origin.digest);
  for (const match of matches) {
    // BuildKit follows a link that it is told to copy.
    const source = new World(origin).resolve(match) ?? match;
    const found = origin.find(source);
    const isThere = source === "/" || (found.known ? found.entry : oracle.succeeds(digest("exists", found.key)));
    if (!isThere) return `${pattern} is not there`;
    const entry = found.known ? found.entry : undefined;
    let failure: string | undefined;
    if (entry?.kind === "file" && !job.unpacks(match, entry)) {
      const there = world.isFolder(target) ?? (isFileName(match, target) ? false : undefined);
      const goal = isFolder || there ? `${target === "/" ? "" : target}/${nameOf(match)}` : target;
      if (there === undefined && !isFolder) job.opaque(match, origin.digestOf(source));
      else failure = putFile(world, goal, entry, changes);
    } else if (entry?.kind === "link" || entry?.kind === "file") {
      // What a link leads to that is not known, what an archive holds.
      if (entry.kind === "link" && !oracle.succeeds(digest("exists", entry.digest))) return `${pattern} is not there`;
      job.opaque(match, origin.digestOf(source));
    } else if (world.find(target).known ? fillsAgain(source, job) : isMadeThere(source, job)) {
      world.ensureFolder(parentOf(target), "755", changes.owner ?? "0:0");
      world.graft(target, changed(origin.share(source), changes));
    } else if (entry || source === "/") {
      if (target !== "/" && !world.ensureFolder(target, "755", changes.owner ?? "0:0")) return `${target} is a file`;
      world.mergeInto(target, changed(origin.share(source), changes));
    } else {
      copyUnknown(source, job);
    }
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** `COPY --parents`: what matches, with the folders above it as they are in the source. */
function copyWithFolders(pattern: string, job: Job): string | undefined {
  const { target, origin, world, changes, opaque } = job;
  const path = absolute("/", pattern)!;
  const matches = isPattern(pattern) ? matching(origin, path) : [path];
  const found = matches?.map((match) => ({ match, found: origin.find(match) }));
  // Where it says `/./`, the folders above that are left out.
  const isPlain = (each: Found) => each.known && each.entry?.kind !== "link";
  if (!found?.every((each) => isPlain(each.found)) || /.\/\.\//.test(pattern)) return opaque(pattern, origin.digest);
  const picked = new Tree(EMPTY);
  for (const { match, found: each } of found) {
    if (!each.known || !each.entry) continue;
    for (let above = parentOf(match); above !== "/"; above = parentOf(above)) {
      const folder = origin.find(above);
      if (folder.known && folder.entry) picked.put(above, folder.entry);
    }
    picked.graft(match, origin.share(match));
  }
  if (target !== "/" && !world.ensureFolder(target, "755", changes.owner ?? "0:0")) return `${target} is a file`;
  world.mergeInto(target, changed(picked.share("/"), changes));
  return undefined;
}

function isPattern(source: string): boolean {
  return /[*?[\\]/.test(source);
}

/** Whether the only path that a source names is not there. */
function isAbsent(source: Text, origin: Tree, oracle: Oracle): boolean {
  if (!isKnown(source) || isPattern(source) || isRemote(source)) return false;
  const path = new World(origin).resolve(absolute("/", source)!);
  if (path === undefined || path === "/") return false;
  const found = origin.find(path);
  return found.known ? !found.entry : !oracle.succeeds(digest("exists", found.key));
}

/**
 * Whether a file that is copied to `target` gets this name, as in `COPY prod.json /app/config.json` and `COPY .env.example .env`: no base image
 * has a folder with the name of a manifest, or one that ends as the file does.
 */
export function isFileName(source: string, target: string): boolean {
  const [from, to] = [nameOf(source), nameOf(target)];
  if (isManifest(to) || (to === ".env" && from.startsWith(to))) return true;
  const ending = /[^.](\.(?!d$)[A-Za-z]\w*)$/.exec(to)?.[1];
  return ending !== undefined && from.endsWith(ending);
}

/**
 * Whether the source was made out of what lies at the destination in the base image, and replaces all of it: by a build, or by an install whose
 * packages for development are gone.
 */
function isMadeThere(source: string, { target, origin, changes: { rules } }: Job): boolean {
  const { ground = 0 } = origin.share(source);
  return source === target && (rules?.made.has(ground) === true || rules?.pruned.has(ground) === true);
}

/** Whether a command has filled the empty folder at the destination, which is of who owns what is copied. */
function fillsAgain(source: string, { target, origin, world: { root }, changes }: Job): boolean {
  const [itself, ...more] = root.walk(target);
  const { entry, ground } = itself ?? {};
  const isFolder = entry?.kind === "folder" || entry?.kind === "ensured";
  const isEmpty = isFolder && ground === undefined && more.length === 0 && root.isListed(target);
  const isGenerated = changes.rules?.owners.has(origin.share(source).ground ?? 0) === true;
  return source === target && isGenerated && isEmpty && isSameOwner(entry.owner, changes.owner ?? "0:0");
}

/** A source that may be a file or a folder: where nothing is at the destination, that is all the same. */
function copyUnknown(source: string, job: Job): void {
  const { target, isFolder, origin, world, changes, opaque } = job;
  const isKept = changes.owner === undefined && changes.mode === undefined;
  // What lies there is the very same.
  if (isKept && source === target && origin.digestOf(source) === world.digestOf(target)) return;
  const there = world.find(target);
  if (!isMadeThere(source, job) && (isFolder || !there.known || there.entry)) {
    opaque(source, origin.digestOf(source));
    return;
  }
  world.ensureFolder(parentOf(target), "755", changes.owner ?? "0:0");
  world.graft(target, changed(origin.share(source), changes));
}

/** Why it fails, or undefined. */
function putFile(world: World, path: string, entry: Entry, changes: Changes): string | undefined {
  const folder = parentOf(path);
  if (!world.ensureFolder(folder, "755", changes.owner ?? "0:0")) return `${folder} is a file`;
  if (world.isFolder(path)) return `${path} is a folder`;
  world.put(path, renewed(entry, changes));
  return undefined;
}

function changed(subtree: Subtree, changes: Changes): Subtree {
  if (changes.owner === undefined && changes.mode === undefined) return subtree;
  const tree = new Tree(EMPTY);
  tree.graft("/copy", subtree);
  tree.mapAll(
    "/copy",
    (entry) => renewed(entry, changes),
    (ground) => {
      const owned = changes.owner === undefined ? ground : groundOwnedBy(ground, changes.owner, changes.rules);
      return changes.mode === undefined ? owned : digest("changed", digest("chmod", changes.mode), owned);
    },
  );
  return tree.share("/copy");
}

function renewed(entry: Entry, { owner, mode }: Changes): Entry {
  return entryOf(
    entry.kind,
    mode === undefined ? entry.mode : modeAfter(mode, entry),
    owner ?? entry.owner,
    entry.content,
  );
}

/** Octal as other modes are written, without zeros in front; what BuildKit makes of any other text depends on its version. */
function modeAfter(mode: Text, entry: Entry): Text {
  if (entry.kind === "link") return entry.mode;
  return /^[0-7]+$/.test(mode) ? Number.parseInt(mode, 8).toString(8) : unknownText("chmod", mode, entry.mode);
}

/** What BuildKit takes for a URL or a Git repository, a path that ends in `.git` among them: util/gitutil/git_ref.go, ParseGitRef. */
function isRemote(source: Text): boolean {
  if (/^\.\.?\//.test(source)) return false;
  return (
    /^(https?|ssh|git):\/\//.test(source) || /^[\w-]+@[a-zA-Z0-9.-]+:/.test(source) || /\/.*\.git(#.+)?$/.test(source)
  );
}

/** How files begin that were compressed with gzip, bzip2, xz or zstd, as far as their bytes are text. */
const COMPRESSED = /^(\x1f|BZh|\ufffd7zXZ|\(\ufffd\/\ufffd)/;

const ARCHIVE = /\.(tar|t?gz|tgz|bz2|tbz2?|xz|txz|zst|tar\.\w+)$/i;

/** Content decides; where it is not known, a name without a usual ending is hardly ever an archive's. */
function mayBeArchive(path: string, { content }: Entry, context: ContextTree | undefined): boolean {
  const source = context?.paths.get(content);
  const text = isKnown(content) ? content : source === undefined ? undefined : context?.context.read(source);
  // A header of tar is filled up with zeros.
  if (text !== undefined) return ARCHIVE.test(path) || COMPRESSED.test(text) || text.includes("\0");
  return !/\.(json|lock|js|mjs|cjs|ts|tsx|jsx|toml|ya?ml|txt|md|py|go|mod|sum|rb|java|xml|html|css|sh|conf|ini|cfg|env|sql|properties)$/i.test(
    path,
  );
}

/** Known paths that a pattern matches (Go's filepath.Match); undefined where not everything is known. */
function matching(tree: Tree, pattern: string): string[] | undefined {
  let folders = [""];
  for (const segment of pattern.split("/").filter((name) => name !== "")) {
    const next: string[] = [];
    for (const folder of folders) {
      if (!/[*?[\\]/.test(segment)) {
        next.push(`${folder}/${segment}`);
        continue;
      }
      const test = segmentPattern(segment);
      if (!test || !tree.isListed(folder || "/")) return undefined;
      next.push(
        ...tree
          .list(folder || "/")
          .filter((name) => test.test(name))
          .map((name) => `${folder}/${name}`),
      );
    }
    folders = next;
  }
  const found = folders.map((path) => ({ path, found: tree.find(path) }));
  return found
    .filter(({ found: each }) => !each.known || each.entry)
    .map(({ path }) => path)
    .sort();
}

function segmentPattern(segment: string): RegExp | undefined {
  try {
    const source = segment.replace(/\\(.)|\[[^\]]*\]|[.+^${}()|]|[*?]/gs, (part, escaped?: string) => {
      if (escaped !== undefined) return escaped.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      if (part === "*") return ".*";
      if (part === "?") return ".";
      return part.startsWith("[") ? part : `\\${part}`;
    });
    return new RegExp(`^${source}$`, "s");
  } catch {
    return undefined;
  }
}
