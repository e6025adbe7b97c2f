/** Is what the configuration starts there: its programs, the files that their words name, the working folder? */
import { posix } from "node:path";
import type { Image } from "./image.ts";
import type { Reference } from "./reference.ts";
import { textOf, workingFolderOf } from "./settings.ts";
import { startedFile, startsOf } from "./starts.ts";

export function* commands(after: Image): Iterable<Reference> {
  const folder = workingFolderOf(after);
  if (textOf(after.config.WorkingDir) !== "")
    yield { name: folder, by: "WorkingDir", verb: "names", resolve: (image) => image.real(folder) };
  for (const start of startsOf(after)) {
    yield { name: start.tool, by: start.by, verb: "starts", resolve: (image) => startedFile(image, start) };
    for (const word of start.words) {
      // `--config=/etc/app.conf` names a file as well.
      const path = word?.replace(/^--?[\w-]+=/, "");
      if (path === undefined || !isPath(path)) continue;
      const whole = posix.resolve(start.cwd, path);
      yield { name: path, by: start.by, verb: "names", resolve: (image) => image.real(whole) };
    }
  }
}

/** A bare word such as `start` is rather a command than the folder of that name. */
function isPath(word: string): boolean {
  return /^[\w@%+.,/~-]+$/.test(word) && /[./]/.test(word) && !word.startsWith("-");
}
