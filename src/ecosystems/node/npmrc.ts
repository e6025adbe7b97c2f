/** `.npmrc`, which npm, pnpm and yarn classic read, and its twin in the environment. */
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, foldersAbove, inFolder } from "../blocked.ts";
import type { Surroundings } from "../types.ts";

/** Settings that make an install read other files, or put its outputs elsewhere. */
const ELSEWHERE =
  /^(cafile|certfile|keyfile|node-options|onload-script|userconfig|globalconfig|prefix|script-shell|shell|init-module|install-links|global|global-style|location|lockfile-dir|modules-dir|virtual-store-dir|store-dir|global-dir|patches-dir|pnpmfile|global-pnpmfile|ignore-pnpmfile|workspace-root|shared-workspace-lockfile|package-import-method|lockfile-version|omit-lockfile-registry-resolved|script-prepend-node-path|workspaces?|include-workspace-root)$/;

export type Settings = ReadonlyMap<string, string>;

/** Key to value, keys in lower case with dashes. Comments and sections are left out. */
export function npmrcOf(text: string): Settings {
  return new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, key, value] = /^\s*([^=#;[\s][^=]*?)\s*(?:=\s*(.*?)\s*)?$/.exec(line) ?? [];
      return key === undefined ? [] : [[key.toLowerCase().replaceAll("_", "-"), value ?? "true"]];
    }),
  );
}

/** What `npm_config_*` variables set. */
export function environmentSettings(env: Surroundings["env"]): Settings {
  return new Map(
    [...env].flatMap(([name, value]): [string, string][] => {
      const key = /^npm_config_(.+)$/i.exec(name)?.[1];
      return key === undefined ? [] : [[key.toLowerCase().replaceAll("_", "-"), value ?? "$"]];
    }),
  );
}

/** The first setting in the text of a `.npmrc` that sends an install elsewhere. */
export function leadsElsewhere(text: string): string | undefined {
  return [...npmrcOf(text).keys()].find((name) => ELSEWHERE.test(name));
}

/** A setting that sends the install elsewhere, or a configuration above the project that it would find. */
export function settingsBlocker(
  context: BuildContext,
  folder: string,
  names: readonly string[],
  surroundings: Surroundings,
): Blocker {
  for (const above of foldersAbove(folder))
    for (const name of names)
      if (context.has(inFolder(above, name))) return `the install also reads ${inFolder(above, name)}`;
  const npmrc = inFolder(folder, ".npmrc");
  const key = leadsElsewhere(context.read(npmrc) ?? "");
  if (key !== undefined) return `${npmrc} sets ${key}`;
  const variable = [...environmentSettings(surroundings.env).keys()].find((name) => ELSEWHERE.test(name));
  if (variable !== undefined) return `the environment sets npm_config_${variable.replaceAll("-", "_")}`;
  const options = surroundings.env.get("NODE_OPTIONS");
  return surroundings.env.has("NODE_OPTIONS") && !/^(--max[-_]\S+|--openssl-\S+|--no-\S+|\s)*$/.test(options ?? "?")
    ? `NODE_OPTIONS is ${options ?? "unknown"}`
    : undefined;
}

/** Whether scripts are switched off, by an option, `.npmrc` or the environment. */
export function ignoresScripts(
  context: BuildContext,
  folder: string,
  options: ReadonlyMap<string, string | undefined>,
  env: Surroundings["env"],
): boolean {
  if (options.has("--no-ignore-scripts")) return false;
  const option = options.get("--ignore-scripts");
  if (option !== undefined) return option !== "false";
  const setting = "ignore-scripts";
  return (
    (environmentSettings(env).get(setting) ?? npmrcOf(context.read(inFolder(folder, ".npmrc")) ?? "").get(setting)) ===
    "true"
  );
}
