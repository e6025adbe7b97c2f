import { type Digest, digest, isKnown, minus, mix, nameDigest, plus, type Text, unknownText } from "./digest.ts";

export type EntryKind =
  | "file"
  | "folder"
  /** `mkdir -p` over something unknown: the folder that was there, or a new one with this mode and owner. */
  | "ensured"
  | "link"
  /** Known not to be there, where the ground would have it unknown. */
  | "absent";

/** What a path is. Immutable. */
export interface Entry {
  readonly kind: EntryKind;
  readonly mode: Text;
  readonly owner: Text;
  /** Of a file: what it holds. Of a link: where it points. */
  readonly content: Text;
  readonly digest: Digest;
}

/** Longer contents are kept as a digest. */
const LONGEST_CONTENT = 4096;

export function entryOf(kind: EntryKind, mode: Text, owner: Text, content: Text = ""): Entry {
  const kept = content.length > LONGEST_CONTENT ? unknownText("content", content) : content;
  return { kind, mode, owner, content: kept, digest: digest("entry", kind, mode, owner, kept) };
}

const ABSENT = entryOf("absent", "", "");

/**
 * What lies at and below a path where nothing else is listed: a base image, a command's output. EMPTY is known to hold nothing.
 * The ground of a name below follows from it (`below`), so a subtree that is moved keeps its identity.
 */
export type Ground = Digest;

export const EMPTY: Ground = 0;

function below(ground: Ground, name: string): Ground {
  return ground === EMPTY ? EMPTY : mix(ground, nameDigest(name));
}

class Node {
  owner: object;
  /** Undefined: as the ground has it. */
  entry: Entry | undefined;
  /** Undefined: inherited from above. */
  ground: Ground | undefined;
  children: Map<string, Node> | undefined;
  /** Sum of the children's digests, each with its name. */
  sum: Digest = 0;
  /** The digest that the parent's sum holds. */
  counted: Digest = 0;

  constructor(owner: object) {
    this.owner = owner;
  }

  get digest(): Digest {
    return mix(mix(this.entry?.digest ?? 1, this.ground ?? 1), this.sum);
  }

  get trivial(): boolean {
    return this.entry === undefined && this.ground === undefined && !this.children?.size;
  }

  copy(owner: object): Node {
    const node = new Node(owner);
    node.entry = this.entry;
    node.ground = this.ground;
    node.children = this.children && new Map(this.children);
    node.sum = this.sum;
    node.counted = this.counted;
    return node;
  }
}

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

  constructor(ground: Ground) {
    this.#root = new Node(this.#token);
    this.#root.ground = ground;
  }

  fork(): Tree {
    const twin = new Tree(EMPTY);
    twin.#root = this.#root;
    twin.#hasLinks = this.#hasLinks;
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

  /** All but the files whose content is `own`, and the folders that only they need. `memo` is for one `own`. */
  digestWithout(own: Own, memo: Memo): Digest {
    return digest("rest", restOf(this.#root, own, memo));
  }

  /** All is now what `ground` decides, but for the files whose content is `own` and the folders on the way to them. */
  coverAllBut(own: Own, memo: Memo, ground: Ground): void {
    this.#token = {};
    const kept = (node: Node): Node | undefined => {
      const rest = restOf(node, own, memo);
      if (rest === undefined) return node;
      if (!node.children?.size) return undefined;
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
      if (ground !== EMPTY) node.ground = digest("removed", ground, cause);
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

/** Whether content is of the kind in question. */
export type Own = (content: Text) => boolean;

/** Results of `restOf` by a node's digest. */
export type Memo = Map<Digest, Digest | undefined>;

/** The digest of what is not `own` in a node; undefined where nothing is left. */
function restOf(node: Node, own: Own, memo: Memo): Digest | undefined {
  const whole = node.digest;
  if (memo.has(whole)) return memo.get(whole);
  let sum = 0;
  let left = node.ground !== undefined;
  for (const [name, child] of node.children ?? []) {
    const part = restOf(child, own, memo);
    if (part === undefined) continue;
    left = true;
    sum = plus(sum, mix(nameDigest(name), part));
  }
  const { entry } = node;
  const isOwn = entry && (isLeaf(entry) ? own(entry.content) : node.children?.size);
  const rest = left || !isOwn ? mix(mix(entry?.digest ?? 1, node.ground ?? 1), sum) : undefined;
  if (memo.size > 100_000) memo.clear();
  memo.set(whole, rest);
  return rest;
}

function isLeaf(entry: Entry): boolean {
  return entry.kind === "file" || entry.kind === "link" || entry.kind === "absent";
}

/** No ground of its own anywhere in it: it means the same wherever it hangs. */
function isPlain(node: Node): boolean {
  if (node.ground !== undefined) return false;
  for (const child of node.children?.values() ?? []) if (!isPlain(child)) return false;
  return true;
}

function clear(node: Node, ground: Ground | undefined): void {
  node.children = undefined;
  node.sum = 0;
  node.ground = ground;
}

function adopt(node: Node, source: Node | undefined): void {
  node.children = source?.children && new Map(source.children);
  node.sum = source?.sum ?? 0;
}

/** Hangs `child` into `node`, or takes it out where it says nothing, and brings the sum up to date. */
function attach(node: Node, name: string, child: Node): void {
  const old = node.children?.get(name);
  if (old) node.sum = minus(node.sum, mix(nameDigest(name), old.counted));
  if (child.trivial) {
    node.children?.delete(name);
    return;
  }
  node.children ??= new Map();
  node.children.set(name, child);
  child.counted = child.digest;
  node.sum = plus(node.sum, mix(nameDigest(name), child.counted));
}

function detach(node: Node, name: string, child: Node): void {
  node.sum = minus(node.sum, mix(nameDigest(name), child.counted));
  node.children?.delete(name);
}

const split = new Map<string, readonly string[]>();

/** The names on an absolute, normal path. */
export function namesOf(path: string): readonly string[] {
  const known = split.get(path);
  if (known) return known;
  if (split.size > 20_000) split.clear();
  const made = path.split("/").filter((name) => name !== "");
  split.set(path, made);
  return made;
}

/** `path` seen from `folder`, with `.` and `..` resolved as text; undefined where a part is unknown. */
export function absolute(folder: Text | undefined, path: Text): string | undefined {
  const whole = path.startsWith("/") ? path : folder === undefined ? undefined : `${folder}/${path}`;
  if (whole === undefined || !isKnown(whole)) return undefined;
  const names: string[] = [];
  for (const name of whole.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0)) || "/";
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
