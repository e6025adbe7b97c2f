/** How an image says that its containers start. */
import { posix } from "node:path";
import { textOf, wordsOf } from "../closure/settings.ts";
import type { ImageInfo } from "../types.ts";

export interface Startup {
  /** Entry point and command; empty where the image has none, and can't be run by itself. */
  readonly words: readonly string[];
  readonly folder: string;
  /** TCP ports. */
  readonly exposed: readonly number[];
}

export function startupOf({ config }: ImageInfo): Startup {
  const ports = Object.keys((config.ExposedPorts as Record<string, unknown> | undefined) ?? {});
  return {
    words: [...wordsOf(config.Entrypoint), ...wordsOf(config.Cmd)],
    folder: posix.resolve("/", textOf(config.WorkingDir)),
    exposed: ports.filter((port) => !/\/(udp|sctp)$/.test(port)).map((port) => Number.parseInt(port, 10)),
  };
}
