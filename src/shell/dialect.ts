/** Which shell reads a RUN: from SHELL's words, and for plain `/bin/sh` from the base image. */
import type { Dialect, ShellOptions } from "./types.ts";

/** What BuildKit runs where no SHELL says otherwise. */
export const DEFAULT_SHELL: readonly string[] = ["/bin/sh", "-c"];

export const NO_OPTIONS: ShellOptions = { errexit: false, nounset: false, pipefail: false, xtrace: false };

/** Bases whose `/bin/sh` is bash, found in the last part of the image's name or in its tag. */
const BASH =
  /(^|[-_.])(centos\d*|fedora|rhel\d*|ubi\d*|rockylinux|rocky|almalinux|oraclelinux\d*|amazonlinux\d*|al20\d\d|amazoncorretto|opensuse|leap|tumbleweed|sles?\d*|suse|archlinux|arch|photon|mageia|gentoo)(?![a-z])/;
const ASH = /(^|[-_.])(alpine|busybox)(?![a-z])/;
const DASH =
  /(^|[-_.])(debian|ubuntu|slim|trixie|bookworm|bullseye|buster|stretch|jessie|wheezy|noble|jammy|focal|bionic|xenial|trusty|buildpack-deps)(?![a-z])/;
const WINDOWS = /(^|[-_./])(windows|windowsservercore|servercore|nanoserver|windowsservercore-insider)(?![a-z])/;

/** Official images that stand on Debian or Ubuntu where the tag names nothing else. */
const OFFICIAL_DEBIAN = new Set(
  "node python golang ruby php perl rust nginx httpd postgres redis mariadb mongo buildpack-deps gcc erlang elixir haskell swift tomcat jetty rabbitmq wordpress drupal joomla julia pypy r-base mono neurodebian eclipse-temurin".split(
    " ",
  ),
);

/**
 * The dialect of a stage's scripts.
 *
 * @param base the image as FROM names it, tag included; undefined where it is not known
 * @param words SHELL's strings; undefined for BuildKit's default
 */
export function dialectOf(base: string | undefined, words: readonly string[] = DEFAULT_SHELL): Dialect {
  const shell = programOf(words);
  if (shell === undefined) return "unknown";
  if (/^(cmd|powershell|pwsh)$/.test(shell.name)) return "windows";
  if (!runsText(shell.args)) return "unknown";
  switch (shell.name) {
    case "bash":
    case "dash":
    case "ash":
      return shell.name;
    case "sh":
      return shOf(base);
    default:
      return "unknown";
  }
}

/** The options that SHELL's words start a POSIX shell with. */
export function shellOptionsOf(words: readonly string[] = DEFAULT_SHELL): ShellOptions {
  const set = new Set(optionsIn(programOf(words)?.args ?? []).set);
  return {
    errexit: set.has("errexit"),
    nounset: set.has("nounset"),
    pipefail: set.has("pipefail"),
    xtrace: set.has("xtrace"),
  };
}

const LETTERS: Readonly<Record<string, string>> = {
  e: "errexit",
  u: "nounset",
  x: "xtrace",
  v: "verbose",
  f: "noglob",
};

/** Options in the words of a shell or of `set`: what they switch on and off, by long name, and the words that are no options. */
export function optionsIn(words: readonly string[]): {
  readonly set: readonly string[];
  readonly unset: readonly string[];
  readonly rest: readonly string[];
} {
  const set: string[] = [];
  const unset: string[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] as string;
    const letters = /^[-+]([A-Za-z]+)$/.exec(word)?.[1];
    if (letters === undefined) break;
    const into = word.startsWith("-") ? set : unset;
    for (const letter of letters) {
      if (letter === "o") into.push(words[++at] ?? "");
      else into.push(LETTERS[letter] ?? letter);
    }
  }
  return { set, unset, rest: words.slice(at) };
}

function programOf(words: readonly string[]): { readonly name: string; readonly args: readonly string[] } | undefined {
  const [path, ...args] = words;
  if (path === undefined) return undefined;
  const name = path
    .slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)
    .toLowerCase()
    .replace(/\.exe$/, "");
  return name === "env" ? programOf(args) : { name, args };
}

/** Whether the last option is `-c`, and none of them makes the shell read files of the image first, as a login shell does. */
function runsText(args: readonly string[]): boolean {
  const { set, rest } = optionsIn(args);
  return rest.length === 0 && set.at(-1) === "c" && !set.includes("l") && !set.includes("i");
}

function shOf(base: string | undefined): Dialect {
  if (base === undefined) return "sh";
  const image = base.toLowerCase().replace(/@.*$/, "");
  if (WINDOWS.test(image)) return "windows";
  const path = image.slice(image.lastIndexOf("/") + 1);
  const [name = "", tag = ""] = path.split(":");
  // A tag says more than a name: node:20-alpine.
  for (const text of [tag, name]) {
    if (ASH.test(text)) return "ash";
    if (BASH.test(text)) return "bash";
    if (DASH.test(text)) return "dash";
  }
  return path === image && OFFICIAL_DEBIAN.has(name) ? "dash" : "sh";
}
