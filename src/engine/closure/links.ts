/** Do symlinks still lead to what they led to: a file, a folder, …? One to documentation that dpkg leaves out leads nowhere in slim images. */
import { leftOutIn } from "../left-out.ts";
import type { Image } from "./image.ts";
import type { Reference } from "./reference.ts";

export function* links(after: Image, before: Image): Iterable<Reference> {
  const isLeftOut = leftOutIn(after.tree);
  for (const [path, { type, target }] of after.entries()) {
    const kind = type === "symlink" ? before.entry(path)?.type : undefined;
    if (kind === undefined || isLeftOut(before.real(path)!.slice(1))) continue;
    const resolve = (image: Image) => (image.entry(path)?.type === kind ? image.real(path) : undefined);
    yield { name: target, by: path, verb: "links to", resolve };
  }
}
