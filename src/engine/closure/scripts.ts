/** Do the interpreters of executable scripts exist? */
import type { Image } from "./image.ts";
import { programsOf } from "./programs.ts";
import type { Reference } from "./reference.ts";
import { programAt } from "./settings.ts";

/** Examples, and what only builds native modules. */
const NEVER_RUN = /^\/usr\/share\/doc\/|\/node_modules\/node-gyp\/gyp\//;

export function* interpreters(after: Image): Iterable<Reference> {
  for (const { path, interpreter } of programsOf(after)) {
    if (interpreter === undefined || NEVER_RUN.test(path)) continue;
    const [program, ...words] = interpreter.split(/[ \t]+/);
    if (!program?.startsWith("/")) continue;
    yield { name: program, by: path, verb: "runs", resolve: (image) => image.real(program) };
    const name = program.endsWith("/env") ? programOfEnv(words) : undefined;
    if (name !== undefined) yield { name, by: path, verb: "runs", resolve: (image) => programAt(image, name, "/") };
  }
}

/** `env [-S] [-i] [NAME=VALUE …] PROGRAM …` */
export function programOfEnv(words: readonly string[]): string | undefined {
  return words.find((word) => !word.startsWith("-") && !word.includes("="));
}
