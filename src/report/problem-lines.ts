import type { Position } from "../text/index.ts";
import type { Colours } from "./colours.ts";
import type { FileReport, PlacedProblem, Verbosity } from "./types.ts";

/** Problems with their places, each on a line. BuildKit stops at the first error; those behind it are often its echo. */
export function problemLines(
  { path, problems }: Pick<FileReport, "path" | "problems">,
  verbosity: Verbosity,
  { red, yellow }: Colours,
): string {
  const shown = verbosity === "verbose" ? problems : problems.slice(0, 1);
  const more = problems.length - shown.length;
  return shown
    .filter((problem) => verbosity !== "quiet" || isError(problem))
    .map((problem) => {
      const what = isError(problem) ? red("error") : yellow("skipped");
      return `${where(path, problem.at)}: ${what}: ${problem.message}${more > 0 ? ` (and ${more} more)` : ""}\n`;
    })
    .join("");
}

/** Something went wrong; the others say that refit stays away from a file in which nothing is. */
export function isError({ code }: PlacedProblem): boolean {
  return code === "syntax" || code === "unreadable" || code === "engine";
}

/** `path:line:column`. */
export function where(path: string, at: Position | undefined): string {
  return at ? `${path}:${at.line}:${at.column}` : path;
}
