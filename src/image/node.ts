/** What trees are made of. */
import { Children } from "./children.ts";
import { type Digest, minus, mix, nameDigest, plus, type Text } from "./digest.ts";
import { type Entry, isLeaf } from "./entry.ts";

/**
 * What lies at and below a path where nothing else is listed: a base image, a command's output. EMPTY is known to hold nothing.
 * The ground of a name below follows from it (`below`), so a subtree that is moved keeps its identity.
 */
export type Ground = Digest;

export const EMPTY: Ground = 0;

export function below(ground: Ground, name: string): Ground {
  return ground === EMPTY ? EMPTY : mix(ground, nameDigest(name));
}

export class Node {
  owner: object;
  /** Undefined: as the ground has it. */
  entry: Entry | undefined;
  /** Undefined: inherited from above. */
  ground: Ground | undefined;
  /** The ground that a pattern left when it took what it matches; where another one is by now, it says nothing. */
  thinned: { readonly ground: Ground; readonly cause: string } | undefined;
  children: Children<Node> | undefined;
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
    node.thinned = this.thinned;
    node.children = this.children?.copy();
    node.sum = this.sum;
    node.counted = this.counted;
    return node;
  }
}

/** Whether a file's content, or a folder's mode, is of the kind in question. */
export type Own = (content: Text) => boolean;

/** Results of `restOf` by a node's digest. */
export type Memo = Map<Digest, Rest>;

export interface Rest {
  /** Undefined where nothing is left. */
  readonly digest: Digest | undefined;
  readonly holdsOwn: boolean;
}

/** What is not `own` in a node. Of folders on the way to what is, the owner counts alone: their mode comes and changes with it. */
export function restOf(node: Node, own: Own, memo: Memo): Rest {
  const whole = node.digest;
  const known = memo.get(whole);
  if (known) return known;
  const { entry } = node;
  let sum = 0;
  let isLeft = node.ground !== undefined;
  let holdsOwn = entry !== undefined && own(isLeaf(entry) ? entry.content : entry.mode);
  for (const [name, child] of node.children ?? []) {
    const part = restOf(child, own, memo);
    holdsOwn ||= part.holdsOwn;
    if (part.digest === undefined) continue;
    isLeft = true;
    sum = plus(sum, mix(nameDigest(name), part.digest));
  }
  const seen = entry && holdsOwn ? nameDigest(entry.owner) : (entry?.digest ?? 1);
  const rest = { digest: isLeft || !holdsOwn ? mix(mix(seen, node.ground ?? 1), sum) : undefined, holdsOwn };
  if (memo.size > 100_000) memo.clear();
  memo.set(whole, rest);
  return rest;
}

/** No ground of its own anywhere in it: it means the same wherever it hangs. */
export function isPlain(node: Node): boolean {
  if (node.ground !== undefined) return false;
  for (const [, child] of node.children ?? []) if (!isPlain(child)) return false;
  return true;
}

export function clear(node: Node, ground: Ground | undefined): void {
  node.children = undefined;
  node.sum = 0;
  node.ground = ground;
}

export function adopt(node: Node, source: Node | undefined): void {
  node.children = source?.children?.copy();
  node.sum = source?.sum ?? 0;
}

/** Hangs `child` into `node`, or takes it out where it says nothing, and brings the sum up to date. */
export function attach(node: Node, name: string, child: Node): void {
  const old = node.children?.get(name);
  if (old) node.sum = minus(node.sum, mix(nameDigest(name), old.counted));
  if (child.trivial) {
    node.children?.delete(name);
    return;
  }
  node.children ??= new Children();
  node.children.set(name, child);
  child.counted = child.digest;
  node.sum = plus(node.sum, mix(nameDigest(name), child.counted));
}

export function detach(node: Node, name: string, child: Node): void {
  node.sum = minus(node.sum, mix(nameDigest(name), child.counted));
  node.children?.delete(name);
}
