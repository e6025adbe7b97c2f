/** Do symlinks still lead to what they led to: a file, a folder, …? */
import type { Image } from "./image.ts";
import type { Reference } from "./reference.ts";

export function* links(after: Image, before: Image): Iterable<Reference> {
  for (const [path, { type, target }] of after.entries()) {
    const kind = type === "symlink" ? before.entry(path)?.type : undefined;
    if (kind === undefined) continue;
    const resolve = (image: Image) => (image.entry(path)?.type === kind ? image.real(path) : undefined);
    yield { name: target, by: path, verb: "links to", resolve };
  }
}
