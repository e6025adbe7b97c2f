/** Layers upon each other: the tree that a container would see (OCI image specification, "Image Layer Filesystem Changeset"). */
import { EngineError } from "../error.ts";
import type { TreeEntry } from "../types.ts";
import type { OpenFile } from "./open-file.ts";
import type { Piece } from "./sparse.ts";
import type { Member } from "./tar.ts";

/** A layer, its headers read. */
export interface Layer {
  /** Two layers of one digest are the same. */
  readonly digest: string;
  readonly file: OpenFile;
  readonly members: readonly Member[];
}

/** What lies at one path. */
export interface Node {
  readonly entry: TreeEntry;
  readonly file: OpenFile | undefined;
  readonly pieces: readonly Piece[];
  readonly attributes: Readonly<Record<string, string>>;
  /** By name, of a folder. */
  readonly children: Map<string, Node>;
}

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";
/** aufs keeps its own things under such names. */
const OF_AUFS = ".wh..wh.";

/** By path. Layers are given the lowest first. */
export function stack(layers: readonly Layer[]): ReadonlyMap<string, Node> {
  const root = folderOf(new Map());
  for (const layer of layers) {
    // A whiteout speaks of the layers below, wherever in the archive it stands.
    for (const { path } of layer.members) whiteOut(root, path);
    for (const member of layer.members) if (!isWhiteout(member.path)) put(root, member, layer);
  }
  const nodes = new Map<string, Node>();
  list(root, "", nodes);
  return nodes;
}

function isWhiteout(path: string): boolean {
  return nameOf(path).startsWith(WHITEOUT);
}

function whiteOut(root: Node, path: string): void {
  if (!isWhiteout(path)) return;
  const folder = find(root, parentOf(path));
  const name = nameOf(path);
  if (name === OPAQUE) folder?.children.clear();
  else if (!name.startsWith(OF_AUFS)) folder?.children.delete(name.slice(WHITEOUT.length));
}

function put(root: Node, member: Member, layer: Layer): void {
  if (member.path === "") return;
  const parent = ensureFolder(root, parentOf(member.path));
  const name = nameOf(member.path);
  const old = parent.children.get(name);
  parent.children.set(name, nodeOf(root, member, layer, old));
}

function nodeOf(root: Node, member: Member, { digest, file }: Layer, old: Node | undefined): Node {
  const { path, type, mode, uid, gid, target, attributes, pieces } = member;
  if (type === "link") {
    const other = find(root, target);
    if (!other) throw new EngineError(`${file.path} has ${path} as another name of ${target}, which is not there`);
    return other;
  }
  const size = type === "file" ? member.size : 0;
  const entry: TreeEntry = { type, mode, uid, gid, size, target, identity: `${digest} ${path}` };
  const children = type === "folder" && old?.entry.type === "folder" ? old.children : new Map<string, Node>();
  return { entry, file, pieces, attributes, children };
}

function find(root: Node, path: string): Node | undefined {
  let node: Node | undefined = root;
  for (const name of path === "" ? [] : path.split("/")) node = node?.children.get(name);
  return node;
}

/** A parent that no layer has is made as `mkdir -p` would; one that is no folder gives way. */
function ensureFolder(root: Node, path: string): Node {
  let node = root;
  for (const name of path === "" ? [] : path.split("/")) {
    const child = node.children.get(name);
    const folder = child?.entry.type === "folder" ? child : folderOf(new Map());
    node.children.set(name, folder);
    node = folder;
  }
  return node;
}

function folderOf(children: Map<string, Node>): Node {
  const entry: TreeEntry = { type: "folder", mode: 0o755, uid: 0, gid: 0, size: 0, target: "", identity: "implied" };
  return { entry, file: undefined, pieces: [], attributes: {}, children };
}

function list(folder: Node, path: string, nodes: Map<string, Node>): void {
  for (const [name, node] of folder.children) {
    const inside = path === "" ? name : `${path}/${name}`;
    nodes.set(inside, node);
    list(node, inside, nodes);
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
