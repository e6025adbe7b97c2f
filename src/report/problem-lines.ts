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
    .filter(({ code }) => verbosity !== "quiet" || isError(code))
    .map(({ code, message, at }) => {
      const what = isError(code) ? red("error") : yellow("skipped");
      return `${where(path, at)}: ${what}: ${message}${more > 0 ? ` (and ${more} more)` : ""}\n`;
    })
    .join("");
}

/** The others say that refit stays away from a file in which nothing is wrong. */
function isError(code: PlacedProblem["code"]): boolean {
  return code === "syntax" || code === "unreadable";
}

/** `path:line:column`. */
export function where(path: string, at: Position | undefined): string {
  return at ? `${path}:${at.line}:${at.column}` : path;
}
