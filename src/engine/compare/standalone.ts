/** What a container of Next's standalone server does not read: the rest of the project that the server was built from. */
import { isUnder } from "../../context/index.ts";
import { standaloneServer } from "../../ecosystems/index.ts";
import type { PathRule } from "./explain.ts";
import type { OpenImage } from "./types.ts";

/** By the command of `after`. What the original opened all the same is held against the new image by the trace. */
export function besideStandalone({ info: { config } }: OpenImage): PathRule {
  const words = [config.Entrypoint, config.Cmd].flatMap((value) => (Array.isArray(value) ? value.map(String) : []));
  const server = standaloneServer({ words }, String(config.WorkingDir || "/"));
  if (server === undefined) return () => undefined;
  return (path) =>
    isUnder(`/${path}`, server.project) && !isUnder(`/${path}`, server.folder)
      ? "what Next's standalone server does not read"
      : undefined;
}
