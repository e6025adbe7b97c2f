/** Flags that are passed on to builds, and what else a proof may be told. */
import type { BuildSettings, EngineName } from "../engine/types.ts";

export interface BuildFlags {
  readonly buildArg?: readonly string[] | undefined;
  readonly platform?: string | undefined;
  readonly builder?: string | undefined;
  readonly target?: string | undefined;
  readonly secret?: readonly string[] | undefined;
  readonly ssh?: readonly string[] | undefined;
  readonly network?: string | undefined;
  readonly buildContext?: readonly string[] | undefined;
  readonly engine?: EngineName | undefined;
  /** Seconds. */
  readonly timeout: number;
  readonly probe?: readonly string[] | undefined;
  readonly scan: boolean;
  readonly rebuild?: string | undefined;
}

export function settingsOf(flags: BuildFlags): BuildSettings {
  const { buildArg = [], platform, builder, secret = [], ssh = [], network, buildContext = [], timeout } = flags;
  return {
    buildArgs: buildArg,
    platform,
    builder,
    secrets: secret,
    ssh,
    network,
    buildContexts: buildContext,
    timeout,
  };
}
