import type { Result } from "../pipeline/index.ts";
import { Lines } from "../text/index.ts";
import type { FileReport } from "./types.ts";

/** What there is to say of one file's result; `pathOf` is a file of the build context as the user would type it. Of a template no error is told: each would be about a file that is still to be made. */
export function fileReportOf(
  path: string,
  result: Result,
  pathOf: (file: string) => string = (file) => file,
): FileReport {
  const lines = new Lines(result.before);
  const templates = result.problems.filter(({ code }) => code === "template");
  const problems = (templates.length > 0 ? templates : result.problems).map(({ code, message, span }) => ({
    code,
    message,
    at: lines.position(span.start),
  }));
  const files = result.files.map((file) => ({ ...file, path: pathOf(file.path) }));
  return { ...result, path, files, problems };
}
