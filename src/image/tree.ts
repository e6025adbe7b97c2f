import { type Digest, digest, mix } from "./digest.ts";
import { ABSENT, type Entry, isLeaf } from "./entry.ts";
import type { Fetched } from "./fetched.ts";
import {
  adopt,
  attach,
  below,
  clear,
  detach,
  EMPTY,
  type Ground,
  isPlain,
  type Memo,
  Node,
  type Own,
  restOf,
} from "./node.ts";
import { namesOf } from "./paths.ts";

interface Place {
  readonly node: Node | undefined;
  readonly ground: Ground;
  readonly entry: Entry | undefined;
}

/** A place in a tree, to be copied elsewhere. */
export interface Subtree extends Place {
  readonly hasLinks: boolean;
}

export type Found =
  | { readonly known: true; readonly entry: Entry | undefined }
  /** `key` decides what is there. */
  | { readonly known: false; readonly key: Digest };

/**
 * A file tree of which parts are known and the rest is symbolic. Forks share what neither of them has changed; the digest of any part is
 * kept up to date, so it costs no walk.
 */
export class Tree {
  #token = {};
  #root: Node;
  #hasLinks = false;
  /** Which of its regions are downloads made ahead; no part of what the tree holds, so of its digest. */
  fetched: readonly Fetched[] = [];
  /** Package managers that steps so far installed by name, with the version or tag. */
  managers: ReadonlyMap<string, string | undefined> = new Map();
  /** Packages that only builds need, which the promise `same-runtime` tells apart from what the tree holds. */
  toolchain: readonly string[] = [];

  constructor(ground: Ground) {
    this.#root = new Node(this.#token);
    this.#root.ground = ground;
  }

  fork(): Tree {
    const twin = new Tree(EMPTY);
    twin.#root = this.#root;
    twin.#hasLinks = this.#hasLinks;
    twin.fetched = this.fetched;
    twin.managers = this.managers;
    twin.toolchain = this.toolchain;
    this.#token = {};
    twin.#token = {};
    return twin;
  }

  get digest(): Digest {
    return this.#root.digest;
  }

  /** Becomes what `other` is. */
  become(other: Tree): void {
    this.#token = {};
    other.#token = {};
    this.#root = other.#root;
    this.#hasLinks = other.#hasLinks;
    this.fetched = other.fetched;
    this.managers = other.managers;
    this.toolchain = other.toolchain;
  }

  /** Whether a link may be anywhere in it: without one, no path has to be followed. */
  get hasLinks(): boolean {
    return this.#hasLinks;
  }

  /** The subtree at `path`, all that is below it included. */
  digestOf(path: string): Digest {
    const { node, ground } = this.#place(path);
    return mix(node?.digest ?? 1, ground);
  }

  /** Which names lie directly in `path`. */
  listingOf(path: string): Digest {
    const { node, ground } = this.#place(path);
    // Whether something lies in a region is decided by its ground.
    const names = [...(node?.children ?? [])].map(([name, { entry, ground: own }]) =>
      entry ? `${entry.kind === "absent" ? "no" : "a"} ${name}` : `${own ?? ""} ${name}`,
    );
    return digest("names", ground, ...names.sort());
  }

  /** All but the files whose content is `own`, and the folders that only they need. `memo` is for one `own`. */
  digestWithout(own: Own, memo: Memo): Digest {
    return digest("rest", restOf(this.#root, own, memo).digest);
  }

  /** All is now what `ground` decides, but for the files whose content is `own` and the folders on the way to them. */
  coverAllBut(own: Own, memo: Memo, ground: Ground): void {
    this.#token = {};
    const kept = (node: Node): Node | undefined => {
      const rest = restOf(node, own, memo);
      if (rest.digest === undefined) return node;
      if (!rest.holdsOwn || !node.children?.size) return undefined;
      const next = new Node(this.#token);
      next.entry = node.entry;
      for (const [name, child] of node.children) {
        const part = kept(child);
        if (part) attach(next, name, part);
      }
      return next.children?.size ? next : undefined;
    };
    const root = kept(this.#root) ?? new Node(this.#token);
    this.#root = root.owner === this.#token ? root : root.copy(this.#token);
    this.#root.ground = ground;
  }

  find(path: string): Found {
    const { entry, ground } = this.#place(path);
    if (entry) return { known: true, entry: entry.kind === "absent" ? undefined : entry };
    return ground === EMPTY ? { known: true, entry: undefined } : { known: false, key: mix(ground, 3) };
  }

  /** What is at and below `path` now; later changes of this tree don't touch it. */
  share(path: string): Subtree {
    this.#token = {};
    return { ...this.#place(path), hasLinks: this.#hasLinks };
  }

  #place(path: string): Place {
    let node: Node | undefined = this.#root;
    let ground = this.#root.ground ?? EMPTY;
    for (const name of namesOf(path)) {
      if (node?.entry && isLeaf(node.entry)) return { node: undefined, ground: EMPTY, entry: undefined };
      node = node?.children?.get(name);
      ground = node?.ground ?? below(ground, name);
      if (node === undefined && ground === EMPTY) break;
    }
    if (node?.entry && isLeaf(node.entry)) ground = EMPTY;
    return { node, ground, entry: node?.entry };
  }

  /** Names known to lie directly in `path`, absent ones left out. */
  list(path: string): readonly string[] {
    const { node } = this.#place(path);
    return [...(node?.children ?? [])].filter(([, child]) => child.entry?.kind !== "absent").map(([name]) => name);
  }

  /** Whether `list` says all about what lies directly in `path`. */
  isListed(path: string): boolean {
    return this.#place(path).ground === EMPTY;
  }

  /** Every known entry and region at and below `path`, in no order. */
  *walk(path = "/"): Generator<{ path: string; entry: Entry | undefined; ground: Ground | undefined }> {
    const waiting: [string, Node | undefined][] = [[path === "/" ? "" : path, this.#place(path).node]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [at, node] = next;
      if (!node) continue;
      yield { path: at || "/", entry: node.entry, ground: node.ground };
      for (const [name, child] of node.children ?? []) waiting.push([`${at}/${name}`, child]);
    }
  }

  /** Writes an entry. Whatever a file or link replaces is gone; a folder keeps what is below it. */
  put(path: string, entry: Entry): void {
    this.#change(path, (node, inherited) => {
      const wasLeaf = node.entry !== undefined && isLeaf(node.entry);
      node.entry = entry;
      this.#hasLinks ||= entry.kind === "link";
      if (isLeaf(entry)) clear(node, undefined);
      else if (wasLeaf) node.ground = inherited === EMPTY ? undefined : EMPTY;
    });
  }

  /** Nothing is at or below `path` any more. */
  remove(path: string): void {
    this.#change(path, (node, inherited) => {
      clear(node, undefined);
      node.entry = inherited === EMPTY ? undefined : ABSENT;
    });
  }

  /** In the folder at `path`, names that `test` accepts are gone; what `cause` left of those not listed is not known. */
  removeMatching(path: string, test: RegExp, cause: string): void {
    this.#change(path, (node, inherited) => {
      for (const [name, child] of node.children ?? []) if (test.test(name)) detach(node, name, child);
      const ground = node.ground ?? inherited;
      // Once more takes nothing.
      if (ground === EMPTY || (node.thinned?.ground === ground && node.thinned.cause === cause)) return;
      node.ground = digest("removed", ground, cause);
      node.thinned = { ground: node.ground, cause };
    });
  }

  /** All at and below `path` is now what `ground` decides. */
  cover(path: string, ground: Ground): void {
    this.#change(path, (node, inherited) => {
      node.entry = undefined;
      clear(node, ground === inherited ? undefined : ground);
    });
  }

  /** The folder at `path` holds nothing but what is listed. */
  close(path: string): void {
    this.#change(path, (node, inherited) => {
      node.ground = inherited === EMPTY ? undefined : EMPTY;
    });
  }

  /** Puts a copy of `source` at `path`, in the place of what is there. */
  graft(path: string, source: Subtree): void {
    this.#hasLinks ||= source.hasLinks;
    this.#change(path, (node, inherited) => {
      clear(node, source.ground === inherited ? undefined : source.ground);
      node.entry = source.entry ?? (source.node || source.ground !== EMPTY ? undefined : ABSENT);
      adopt(node, source.node);
    });
  }

  /** Copies the content of the folder `source` into the folder at `path`: folders are merged, files replaced. */
  mergeInto(path: string, source: Subtree): void {
    this.#hasLinks ||= source.hasLinks;
    this.#change(path, (node, inherited) => this.#merge(node, inherited, source));
  }

  /** Changes every known entry at and below `path`, and the grounds of all that is not known. */
  mapAll(path: string, entry: (entry: Entry) => Entry, ground: (ground: Ground) => Ground): void {
    const place = this.#place(path);
    const visit = (node: Node): Node => {
      const next = new Node(this.#token);
      next.entry = node.entry && node.entry.kind !== "absent" ? entry(node.entry) : node.entry;
      next.ground = node.ground === undefined || node.ground === EMPTY ? node.ground : ground(node.ground);
      for (const [name, child] of node.children ?? []) attach(next, name, visit(child));
      return next;
    };
    const node = place.node && visit(place.node);
    const changed = place.ground === EMPTY ? EMPTY : ground(place.ground);
    this.graft(path, { node, ground: changed, entry: node?.entry, hasLinks: this.#hasLinks });
  }

  #merge(node: Node, inherited: Ground, source: Place): void {
    const own = node.entry && isLeaf(node.entry) ? EMPTY : (node.ground ?? inherited);
    if (node.entry && isLeaf(node.entry)) clear(node, undefined);
    const ground =
      source.ground === EMPTY || source.ground === own
        ? own
        : own === EMPTY
          ? source.ground
          : digest("merged", own, source.ground);
    if (source.ground !== EMPTY && source.ground !== own) {
      for (const [name, child] of node.children ?? []) {
        if (source.node?.children?.has(name)) continue;
        const mixed = this.#own(child);
        const old = mix(child.digest, child.ground ?? below(own, name));
        mixed.entry = undefined;
        clear(mixed, digest("merged", old, below(source.ground, name)));
        attach(node, name, mixed);
      }
    }
    node.ground = ground === inherited ? undefined : ground;
    for (const [name, child] of source.node?.children ?? []) {
      const mine = node.children?.get(name);
      const childGround = child.ground ?? below(source.ground, name);
      if (child.entry?.kind === "absent") {
        if (!mine && own === EMPTY) attach(node, name, child);
        continue;
      }
      if (child.entry && isLeaf(child.entry)) {
        attach(node, name, child);
        continue;
      }
      if (!mine && (own === EMPTY || (source.ground === EMPTY && isPlain(child)))) {
        attach(node, name, child);
        continue;
      }
      const merged = mine ? this.#own(mine) : new Node(this.#token);
      const mergedInherited = below(ground, name);
      if (!mine) merged.ground = below(own, name);
      const kept = merged.entry;
      this.#merge(merged, mergedInherited, { node: child, ground: childGround, entry: child.entry });
      merged.entry = child.entry ?? (kept && isLeaf(kept) ? undefined : kept);
      attach(node, name, merged);
    }
  }

  #own(node: Node): Node {
    return node.owner === this.#token ? node : node.copy(this.#token);
  }

  /** Runs `change` on the node at `path` and brings the digests above it up to date. */
  #change(path: string, change: (node: Node, inherited: Ground) => void): void {
    const names = namesOf(path);
    this.#root = this.#own(this.#root);
    const trail: Node[] = [this.#root];
    let ground = EMPTY;
    for (const [depth, name] of names.entries()) {
      const parent = trail[depth]!;
      ground = below(parent.ground ?? ground, name);
      const child = parent.children?.get(name);
      trail.push(child ? this.#own(child) : new Node(this.#token));
    }
    change(trail[names.length]!, ground);
    for (let depth = names.length; depth > 0; depth--) attach(trail[depth - 1]!, names[depth - 1]!, trail[depth]!);
    this.#root.ground ??= EMPTY;
  }
}
