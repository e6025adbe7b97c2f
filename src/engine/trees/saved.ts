/** Trees of images read from an archive that the engine writes: works with every engine, wherever it runs. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ImageTree, Session } from "../types.ts";
import { Archive } from "./archive.ts";
import type { OpenTrees } from "./open-trees.ts";
import { type Node, stack } from "./stack.ts";

/** Content is hashed in pieces of so many bytes. */
const CHUNK = 1 << 20;

export async function savedTrees({ engine, scratch }: Session, images: readonly string[]): Promise<OpenTrees> {
  const folder = await mkdtemp(join(scratch, "saved-"));
  let archive: Archive | undefined;
  const close = async () => {
    archive?.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const file = join(folder, "images.tar");
    await engine.save([...new Set(images)], file);
    archive = new Archive(file, folder);
    const hashes = new Map<string, string>();
    const trees: ImageTree[] = [];
    for (const image of images) {
      const { diffIds } = await engine.inspect(image);
      trees.push(treeOf(stack(await archive.layers(diffIds)), hashes));
    }
    return { trees, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `hashes` by identity, shared by trees whose layers are. */
export function treeOf(nodes: ReadonlyMap<string, Node>, hashes = new Map<string, string>()): ImageTree {
  const at = (path: string) => {
    const node = nodes.get(path);
    if (!node) throw new Error(`${path} is not in the image`);
    return node;
  };
  return {
    entries: new Map([...nodes].map(([path, { entry }]) => [path, entry])),
    read: (path, limit, start) => contentOf(at(path), limit, start),
    attributes: (paths) =>
      new Map(
        paths.map((path) => [path, at(path).attributes] as const).filter(([, found]) => Object.keys(found).length > 0),
      ),
    hash(path) {
      const node = at(path);
      const hash = hashes.get(node.entry.identity) ?? hashOf(node);
      hashes.set(node.entry.identity, hash);
      return hash;
    },
  };
}

function contentOf({ entry, file, pieces }: Node, limit = entry.size, start = 0): Buffer {
  const end = Math.min(entry.size, start + limit);
  const content = Buffer.alloc(Math.max(0, end - start));
  for (const { at, from, length } of pieces) {
    const first = Math.max(at, start);
    const last = Math.min(at + length, end);
    if (first < last) file?.read(from + first - at, last - first).copy(content, first - start);
  }
  return content;
}

function hashOf(node: Node): string {
  const hash = createHash("sha256");
  for (let at = 0; at < node.entry.size; at += CHUNK) hash.update(contentOf(node, CHUNK, at));
  return hash.digest("hex");
}
