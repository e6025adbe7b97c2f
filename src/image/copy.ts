import { copyView, flagNamed, type Instruction } from "../dockerfile/index.ts";
import { digest, isKnown, type Text, unknownText } from "./digest.ts";
import { type Entry, entryOf } from "./entry.ts";
import { EMPTY } from "./node.ts";
import { absolute, nameOf, parentOf } from "./paths.ts";
import { groundOwnedBy, type RuntimeRules } from "./runtime-rules.ts";
import type { StageState } from "./stage-state.ts";
import { type Subtree, Tree } from "./tree.ts";
import type { World } from "./world.ts";

interface Changes {
  readonly owner: Text | undefined;
  readonly mode: Text | undefined;
  readonly rules: RuntimeRules | undefined;
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
  rules?: RuntimeRules,
): string | undefined {
  const view = copyView(instruction);
  if (!view) return "no sources or no destination";
  const flag = (name: string) => flagNamed(instruction, name)?.value;
  const changes = {
    owner: ownerOf(flag("chown") && state.expand(flag("chown")!)),
    mode: flag("chmod") && state.expand(flag("chmod")!),
    rules,
  };
  const written = state.expand(view.destination.text);
  const isFolder = /(^|\/)\.?$/.test(written) || view.sources.length > 1;
  const path = absolute(isKnown(state.cwd) ? state.cwd : undefined, written);
  const target = path && world.resolve(path);
  const sources = view.sources.map((source) => state.expand(source.text));
  const special = instruction.flags.filter(({ name }) => !["from", "chown", "chmod", "link"].includes(name));
  if (target === undefined) {
    world.overwrite(digest("copied", instruction.keyword, written, state.cwd, ...sources, origin.digest, world.digest));
    return undefined;
  }
  const opaque = (what: Text, content: number) => {
    world.ensureFolder(parentOf(target), "755", changes.owner ?? "0:0");
    const parts = [instruction.keyword, what, content, String(isFolder), changes.owner, changes.mode] as const;
    const flags = special.map((each) => each.text.text).join(" ");
    world.cover(target, digest("copied", ...parts, flags, world.digestOf(target)));
  };
  for (const [index, source] of view.sources.entries()) {
    const pattern = sources[index]!;
    if (source.heredoc) {
      const { content, expand, chomp, name } = source.heredoc;
      const text = chomp ? content.replace(/^\t+/gm, "") : content;
      const known =
        expand && /[$\\]/.test(text) ? unknownText("heredoc", text, state.scope.digest, state.origin.key) : text;
      putFile(
        world,
        isFolder ? `${target === "/" ? "" : target}/${name}` : target,
        entryOf("file", "644", "0:0", known),
        changes,
      );
      continue;
    }
    if (instruction.keyword === "ADD" && /^([a-z][a-z0-9+.-]*:\/\/|git@)/i.test(pattern)) {
      opaque(pattern, 0);
      continue;
    }
    if (special.length > 0 || !isKnown(pattern)) {
      opaque(pattern, origin.digest);
      continue;
    }
    const failure = copyOne(pattern, {
      target,
      isFolder,
      origin,
      world,
      changes,
      opaque,
      keyword: instruction.keyword,
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
  readonly changes: Changes;
  readonly opaque: (what: Text, content: number) => void;
  readonly keyword: string;
}

function copyOne(pattern: string, job: Job): string | undefined {
  const { target, isFolder, origin, world, changes } = job;
  const path = absolute("/", pattern)!;
  const matches = /[*?[\\]/.test(pattern) ? matching(origin, path) : [path];
  if (!matches) {
    job.opaque(pattern, origin.digest);
    return undefined;
  }
  for (const match of matches) {
    const found = origin.find(match);
    if (found.known && !found.entry && match !== "/") return `${pattern} is not there`;
    const { entry } = found.known ? found : { entry: undefined };
    if (entry?.kind === "file" && !(job.keyword === "ADD" && mayBeArchive(match))) {
      const there = world.isFolder(target);
      if (there === undefined && !isFolder) job.opaque(match, origin.digestOf(match));
      else
        putFile(world, isFolder || there ? `${target === "/" ? "" : target}/${nameOf(match)}` : target, entry, changes);
    } else if (entry?.kind === "link" || entry?.kind === "file") {
      // What a link leads to, what an archive holds.
      job.opaque(match, origin.digestOf(match));
    } else if (entry || match === "/") {
      if (target !== "/") world.ensureFolder(target, "755", changes.owner ?? "0:0");
      world.mergeInto(target, changed(origin.share(match), changes));
    } else {
      copyUnknown(match, job);
    }
  }
  return undefined;
}

/** A source that may be a file or a folder: where nothing is at the destination, that is all the same. */
function copyUnknown(source: string, { target, isFolder, origin, world, changes, opaque }: Job): void {
  const there = world.find(target);
  if (isFolder || !there.known || there.entry) {
    opaque(source, origin.digestOf(source));
    return;
  }
  world.ensureFolder(parentOf(target), "755", changes.owner ?? "0:0");
  world.graft(target, changed(origin.share(source), changes));
}

function putFile(world: World, path: string, entry: Entry, changes: Changes): void {
  world.ensureFolder(parentOf(path), "755", changes.owner ?? "0:0");
  world.put(path, renewed(entry, changes));
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
  return entryOf(entry.kind, mode ?? entry.mode, owner ?? entry.owner, entry.content);
}

/** `--chown=1000` gives 1000:1000. */
function ownerOf(chown: Text | undefined): Text | undefined {
  if (chown === undefined || chown === "") return undefined;
  return chown.includes(":") ? chown : `${chown}:${chown}`;
}

/** Content decides, but a name without a usual ending is hardly ever an archive's. */
function mayBeArchive(path: string): boolean {
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
