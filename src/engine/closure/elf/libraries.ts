/** Do the libraries and the loader of every ELF file resolve? */
import type { Image } from "../image.ts";
import { programsOf } from "../programs.ts";
import type { Reference } from "../reference.ts";
import { loaderOf } from "./loader.ts";

export function* libraries(after: Image): Iterable<Reference> {
  const loader = loaderOf(after);
  for (const { path, interpreter } of programsOf(after)) {
    if (interpreter !== undefined) continue;
    const program = loader.elf(path)?.interpreter;
    if (program !== undefined)
      yield { name: program, by: path, verb: "needs", resolve: (image) => image.real(program) };
    for (const [name, { by }] of loader.load(path)) {
      yield { name, by, verb: "needs", resolve: (image) => loaderOf(image).load(path).get(name)?.path };
    }
  }
}
