/** Where a Go command looks for the packages that its words name. */
import { posix } from "node:path";
import type { Call } from "../types.ts";
import { optionsOf } from "./options.ts";

/** Where packages without a module lie in Go's official images: in the first folder of GOPATH. */
export const GOPATH_SOURCES = "/go/src";

/**
 * The folder that a Go command works in: the one behind `-C`; where it is called outside of any project, in the root folder or in GOPATH itself,
 * where no module may be, the one that holds all packages that it names by their paths. Undefined where that is not known.
 */
export function packagesFolder(call: Call, cwd: string | undefined): string | undefined {
  const { options, positional } = optionsOf(call);
  if (options.has("-C")) {
    const folder = options.get("-C");
    return folder?.startsWith("/") || (folder !== undefined && cwd !== undefined)
      ? posix.resolve(cwd ?? "/", folder)
      : undefined;
  }
  const [action, ...words] = positional;
  const isBuild = action === "build" || action === "install";
  if (!isBuild || (cwd !== "/go" && cwd !== "/") || words.length === 0) return cwd;
  if (words.some((word) => word === undefined || !/^[\w~][\w.~-]*(\/|$)/.test(word) || /@|\.go$/.test(word)))
    return cwd;
  const paths = words.map((word) => posix.join(GOPATH_SOURCES, word!.replace(/\/?\.\.\.$/, "")).split("/"));
  const [first = []] = paths;
  const shared = first.filter((_, at) =>
    paths.every((path) => path.slice(0, at + 1).join("/") === first.slice(0, at + 1).join("/")),
  );
  return shared.join("/") || "/";
}
