import type { Keyword } from "./types.ts";

/** A switch takes an optional `=true`; a `one` must not be given twice. */
export type FlagType = "switch" | "one" | "many";

/**
 * The flags that the newest stable Dockerfile frontend knows, per instruction. Instructions that are absent know none.
 * BuildKit, frontend/dockerfile/instructions/parse.go and commands_run*.go.
 */
const known: Partial<Record<Keyword, Readonly<Record<string, FlagType>>>> = {
  ADD: {
    checksum: "one",
    chmod: "one",
    chown: "one",
    exclude: "many",
    "keep-git-dir": "switch",
    link: "switch",
    unpack: "switch",
  },
  COPY: { chmod: "one", chown: "one", exclude: "many", from: "one", link: "switch", parents: "switch" },
  FROM: { platform: "one" },
  HEALTHCHECK: { interval: "one", retries: "one", "start-interval": "one", "start-period": "one", timeout: "one" },
  RUN: { device: "many", mount: "many", network: "one", security: "one" },
};

export function flagType(keyword: Keyword, name: string): FlagType | undefined {
  const flags = known[keyword];
  return flags && Object.hasOwn(flags, name) ? flags[name] : undefined;
}
