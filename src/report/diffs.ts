import { unifiedDiff } from "../text/index.ts";
import type { FileReport } from "./types.ts";

/** The diff of the Dockerfile and of what is edited with it, as `git apply` takes them. */
export function diffsOf({
  path,
  before,
  after,
  files,
}: Pick<FileReport, "path" | "before" | "after" | "files">): string {
  return [{ path, before, after }, ...files].map((file) => unifiedDiff(file.path, file.before, file.after)).join("");
}
