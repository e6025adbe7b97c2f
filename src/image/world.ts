import { type Digest, digest, type Text } from "./digest.ts";
import { type Entry, entryOf } from "./entry.ts";
import { coverWithDownloads, type Fetched, takeDownloads } from "./fetched.ts";
import type { Ground, Memo, Own } from "./node.ts";
import { absolute, namesOf, parentOf } from "./paths.ts";
import type { Found, Subtree, Tree } from "./tree.ts";

/** A tree that hangs over the image's own for one RUN. */
export interface Mounted {
  readonly target: string;
  readonly tree: Tree;
  readonly writable: boolean;
}

const MOUNT_POINT: Found = { known: true, entry: entryOf("folder", "755", "0:0") };

const UNSEEN = digest("unseen");

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/** The file system that an instruction sees: the image's tree, and what is mounted over it. Paths are absolute and normal. */
export class World {
  readonly root: Tree;
  readonly #mounts: readonly Mounted[];

  constructor(root: Tree, mounts: readonly Mounted[] = []) {
    this.root = root;
    this.#mounts = [...mounts].sort((a, b) => b.target.length - a.target.length);
  }

  get digest(): Digest {
    return digest("world", this.root.digest, ...this.#mounts.flatMap(({ target, tree }) => [target, tree.digest]));
  }

  /** As one sees it who takes no notice of `paths`. */
  blindTo(paths: readonly string[]): World {
    if (paths.length === 0) return this;
    const root = this.root.fork();
    for (const path of paths) root.cover(path, UNSEEN);
    return new World(root, this.#mounts);
  }

  /** A command of which nothing is known may have changed all of it. */
  overwrite(cause: Digest): void {
    this.root.cover("/", digest("wrote", cause));
    for (const { tree, target, writable } of this.#mounts)
      if (writable) tree.cover("/", digest("wrote", cause, target));
  }

  /** `path` with links followed, the last name's only if `followLast`. Undefined for a loop. */
  resolve(path: string, followLast = true): string | undefined {
    if (!this.root.hasLinks && this.#mounts.every(({ tree }) => !tree.hasLinks)) return path;
    let names = [...namesOf(path)];
    let done = "";
    for (let links = 0; names.length > 0; ) {
      const name = names.shift()!;
      const at = `${done}/${name}`;
      const found = names.length > 0 || followLast ? this.#findHere(at) : undefined;
      if (!found?.known || found.entry?.kind !== "link") {
        done = at;
        continue;
      }
      const target = absolute(done || "/", found.entry.content);
      if (target === undefined || ++links > MOST_LINKS) return undefined;
      names = [...namesOf(target), ...names];
      done = "";
    }
    return done || "/";
  }

  find(path: string): Found {
    return this.#findHere(path);
  }

  isFolder(path: string): boolean | undefined {
    const found = this.find(path);
    if (!found.known) return path === "/" ? true : undefined;
    return found.entry?.kind === "folder" || found.entry?.kind === "ensured" || (path === "/" && !found.entry);
  }

  digestOf(path: string): Digest {
    const mounts = this.#mounts.filter(({ target }) => target.startsWith(path === "/" ? "/" : `${path}/`));
    const [tree, inside] = this.#place(path);
    return mounts.length === 0
      ? tree.digestOf(inside)
      : digest("mounted", tree.digestOf(inside), ...mounts.flatMap((mount) => [mount.target, mount.tree.digest]));
  }

  /** Which names lie directly in `path`. */
  listingOf(path: string): Digest {
    return this.isBare(path) ? this.root.listingOf(path) : this.digestOf(path);
  }

  /** Whether `path` is in the image's own tree, with nothing mounted over or below it. */
  isBare(path: string): boolean {
    return this.#mounts.every(
      ({ target }) => !`${target}/`.startsWith(`${path}/`) && !`${path}/`.startsWith(`${target}/`),
    );
  }

  digestWithout(own: Own, memo: Memo): Digest {
    const trees = this.#mounts.flatMap(({ target, tree }) => [target, tree.digest]);
    return digest("without", this.root.digestWithout(own, memo), ...trees);
  }

  /** As `overwrite`, but files of the image whose content is `own` stay as they are. */
  overwriteAllBut(own: Own, memo: Memo, cause: Digest): void {
    const kept = this.root.fork();
    this.overwrite(cause);
    kept.coverAllBut(own, memo, digest("wrote", cause));
    this.root.graft("/", kept.share("/"));
  }

  put(path: string, entry: Entry): void {
    const [tree, inside] = this.#place(path);
    tree.put(inside, entry);
  }

  remove(path: string): void {
    const [tree, inside] = this.#place(path);
    tree.remove(inside);
  }

  cover(path: string, ground: Ground): void {
    const [tree, inside] = this.#place(path);
    tree.cover(inside, ground);
  }

  /** What a step downloads ahead: see `Fetched`. */
  coverWithDownloads(path: string, ground: Ground, who: Pick<Fetched, "ecosystem" | "project">): void {
    const [tree, inside] = this.#place(path);
    coverWithDownloads(tree, inside, ground, who);
  }

  takeDownloads(ecosystem: string, project: string): void {
    for (const tree of [this.root, ...this.#mounts.map((mount) => mount.tree)]) takeDownloads(tree, ecosystem, project);
  }

  removeMatching(path: string, test: RegExp, cause: string): void {
    const [tree, inside] = this.#place(path);
    tree.removeMatching(inside, test, cause);
  }

  close(path: string): void {
    const [tree, inside] = this.#place(path);
    tree.close(inside);
  }

  mapAll(path: string, entry: (entry: Entry) => Entry, ground: (ground: Ground) => Ground): void {
    const [tree, inside] = this.#place(path);
    tree.mapAll(inside, entry, ground);
  }

  share(path: string): Subtree {
    const [tree, inside] = this.#place(path);
    return tree.share(inside);
  }

  graft(path: string, source: Subtree): void {
    const [tree, inside] = this.#place(path);
    tree.graft(inside, source);
  }

  mergeInto(path: string, source: Subtree): void {
    const [tree, inside] = this.#place(path);
    tree.mergeInto(inside, source);
  }

  list(path: string): readonly string[] {
    const [tree, inside] = this.#place(path);
    return tree.list(inside);
  }

  /** `mkdir -p`: false where a file is in the way. New folders get `mode` and `owner`. */
  ensureFolder(path: string, mode: Text, owner: Text, parentMode: Text = mode): boolean {
    const missing: string[] = [];
    for (let at = path; at !== "/"; at = parentOf(at)) {
      const found = this.find(at);
      if (found.known && found.entry) {
        if (found.entry.kind === "file" || found.entry.kind === "link") return false;
        break;
      }
      missing.push(at);
    }
    for (const at of missing.reverse()) {
      const kind = this.find(at).known ? "folder" : "ensured";
      this.put(at, entryOf(kind, at === path ? mode : parentMode, owner));
    }
    return true;
  }

  #findHere(path: string): Found {
    const [tree, inside] = this.#place(path);
    return inside === "/" && tree !== this.root ? MOUNT_POINT : tree.find(inside);
  }

  #place(path: string): [Tree, string] {
    for (const { target, tree } of this.#mounts) {
      if (path === target || path.startsWith(target === "/" ? "/" : `${target}/`))
        return [tree, path.slice(target.length) || "/"];
    }
    return [this.root, path];
  }
}
