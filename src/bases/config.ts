/** What the configuration of an image says of whoever builds on it (OCI image specification, config.md). */
import { posix } from "node:path";

export interface BaseConfig {
  /** As USER has it; empty where that is root. */
  readonly user: string;
  /** Absolute. */
  readonly cwd: string;
  /** Undefined for a value that depends on the platform. */
  readonly env: ReadonlyMap<string, string | undefined>;
  readonly entrypoint: readonly string[];
  /** Whether a health check asks for something. */
  readonly checks: boolean;
  /** Undefined for the shell that builders take. */
  readonly shell: readonly string[] | undefined;
  /** What ONBUILD runs in the stage that is built on it. */
  readonly triggers: readonly string[];
  readonly volumes: readonly string[];
  /** What made the layers, the lowest first, empty where nobody says; one list for each platform. */
  readonly histories: readonly (readonly string[])[];
}

/** The configuration of an image, or why it is not known. */
export type ImageAnswer = { readonly config: BaseConfig } | { readonly unresolved: string };

/** An image's JSON, as far as it is read here. */
export interface ImageJson {
  readonly config?: {
    readonly User?: string | null;
    readonly WorkingDir?: string | null;
    readonly Env?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
    readonly Shell?: readonly string[] | null;
    readonly OnBuild?: readonly string[] | null;
    readonly Volumes?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly history?: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[] | null;
}

export function baseConfigOf({ config, history }: ImageJson): BaseConfig {
  const { User, WorkingDir, Env, Entrypoint, Healthcheck, Shell, OnBuild, Volumes } = config ?? {};
  const test = Healthcheck?.Test?.[0] ?? "NONE";
  return {
    user: /^(root|0)?(:(root|0)?)?$/.test(User ?? "") ? "" : User!,
    cwd: posix.join("/", WorkingDir ?? ""),
    env: new Map((Env ?? []).map((each) => [each.replace(/=.*/s, ""), each.replace(/^[^=]*=?/, "")])),
    entrypoint: Entrypoint ?? [],
    checks: test !== "NONE",
    shell: Shell && Shell.length > 0 ? Shell : undefined,
    triggers: OnBuild ?? [],
    volumes: Object.keys(Volumes ?? {}),
    histories: [(history ?? []).filter((each) => !each.empty_layer).map((each) => each.created_by ?? "")],
  };
}

/** What holds on all platforms of an image; undefined where they differ in more than variables. */
export function agreedConfig(configs: readonly BaseConfig[]): BaseConfig | undefined {
  const [first, ...others] = configs;
  const textOf = ({ env, histories, ...rest }: BaseConfig) => JSON.stringify(rest);
  if (!first || others.some((other) => textOf(other) !== textOf(first))) return undefined;
  const names = new Set(configs.flatMap(({ env }) => [...env.keys()]));
  const agreed = (name: string) => {
    const value = first.env.get(name);
    return others.every(({ env }) => env.get(name) === value) ? value : undefined;
  };
  return {
    ...first,
    env: new Map([...names].map((name) => [name, agreed(name)])),
    histories: configs.flatMap(({ histories }) => histories),
  };
}

/** `COPY . /app # buildkit`, `/bin/sh -c #(nop) WORKDIR /app`; without an instruction it is what a shell was given. */
const INSTRUCTION = /^(?:\/bin\/sh -c #\(nop\)\s+)?([A-Z]+) (.*?)(?: # buildkit)?\s*$/s;

/** Instructions that leave no files. */
const SETTINGS = /^(ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)$/;

/**
 * Whether the image may have something in a folder, by what made its layers: one that names the folder, works in it, or copies to a folder above
 * it. The first layer is the distribution's own, where there are others or it is an archive that was unpacked.
 */
export function mayHold({ histories }: BaseConfig, folder: string): boolean {
  return histories.some((layers) => {
    let cwd = "/";
    return layers.some((text, at) => {
      if (at === 0 && (layers.length > 1 || /^(\/bin\/sh -c #\(nop\) )?ADD /.test(text))) return false;
      if (text.trim() === "") return true;
      const [, keyword = "RUN", words = text] = INSTRUCTION.exec(text.trim()) ?? [];
      if (keyword === "WORKDIR") {
        cwd = posix.resolve(cwd, words.trim());
        return words.includes("$");
      }
      if (SETTINGS.test(keyword)) return false;
      const isNear = cwd !== "/" && (isBelow(cwd, folder) || isBelow(folder, cwd));
      return isNear || namesFolder(words, folder) || (/^(COPY|ADD)$/.test(keyword) && copiesAbove(words, cwd, folder));
    });
  });
}

/** By its whole path, below a variable too, or by one from the root folder behind a command that makes folders; a user may have the same name. */
function namesFolder(text: string, folder: string): boolean {
  const path = folder.slice(1).replaceAll(/[^\w/]/g, "\\$&");
  const makes = "\\b(?:mkdir|cd|clone|cp|mv|ln|tar|unzip)\\b[^;&|]*\\s(?:\\./)?";
  return new RegExp(`(?:(?:^|[^\\w./-]|\\$\\w+)/|${makes})${path}(?![\\w.-])`).test(text);
}

function copiesAbove(words: string, cwd: string, folder: string): boolean {
  const target =
    words
      .trim()
      .split(/[\s"\]]+/)
      .filter((word) => word !== "")
      .at(-1) ?? "";
  return target.includes("$") || isBelow(folder, posix.resolve(cwd, target));
}

function isBelow(path: string, folder: string): boolean {
  return folder === "/" || path === folder || path.startsWith(`${folder.replace(/\/$/, "")}/`);
}
