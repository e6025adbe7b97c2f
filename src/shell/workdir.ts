/** Whether a script may remove or replace the folder that it started in. A second RUN would start in the new one. */
import { posix } from "node:path";
import { allCommands } from "./handed.ts";
import { baseName, innerWords } from "./nested.ts";
import type { Command, Script, Setting, Word } from "./types.ts";
import { textOf, textOrPatternOf, type Values, Variables } from "./values.ts";

/** Folders that images have as their working directory: what is asked for where the step's own is not known. */
const USUAL =
  `/app /code /data /go/src /home/app /home/node /opt/app /project /root /site /src /srv /usr/local/apache2 /usr/local/tomcat
  /usr/share/nginx/html /usr/src/app /var/lib/ghost /var/task /var/www/html /work /workdir /workspace`.split(/\s+/);

/** The command that does it, or undefined where none can. */
export function workdirRemoved(script: Script, setting: Setting): Command | undefined {
  if (setting.cwd === "/") return undefined;
  const targets = setting.cwd === undefined ? USUAL : [posix.normalize(setting.cwd).replace(/(.)\/$/, "$1")];
  const values = new Variables(setting);
  // Loop variables name what the script goes through, not where it stands.
  const own = new Set([...script.source.text.matchAll(/\bfor\s+(\w+)/g)].map(([, name]) => name as string));
  let here: string | undefined = setting.cwd;
  let moved = false;
  /** The words of the last `find`, whose output may be handed on. */
  let found: readonly string[] | undefined;
  for (const { command, outer } of allCommands(script)) {
    for (const { name, value } of command.assignments) {
      if (value?.literal === undefined) own.add(name);
      if (command.words.length === 0) values.set(name, value === undefined ? "" : value.literal);
    }
    const name = baseName(innerWords(command)[0] ?? "");
    if (name === "cd" || name === "pushd" || name === "popd") {
      const target = command.words[1] && textOf(command.words[1], values);
      here = target === undefined ? undefined : resolved(here, target);
      moved = true;
      continue;
    }
    if (name === "find") found = findOf(command, values);
    const isHanded = REMOVING.test(name) && command.words.some(({ literal }) => baseName(literal ?? "") === "xargs");
    if (found && (name === "find" ? removesFound(found) : isHanded) && findsAny(found, targets, here)) return outer;
    for (const word of removedBy(name, command)) {
      const path = isHere(word) ? "." : textOrPatternOf(word, values);
      const hit =
        path === undefined
          ? setting.cwd !== undefined && word.variables.some((each) => !own.has(each))
          : hits(path, targets, here, moved && setting.cwd !== undefined);
      if (hit) return outer;
    }
  }
  return undefined;
}

/** The words that name what goes. */
function removedBy(name: string, command: Command): readonly Word[] {
  const words = command.words.filter(({ raw }) => !raw.startsWith("-")).slice(1);
  if (name === "rmdir") return words;
  if (name === "mv") return words.slice(0, -1);
  // A link in place of a link: `ln -sfn`.
  const replaces = command.words.some(({ raw }) => /^-[a-zA-Z]*[nT]|^--no-(dereference|target)/.test(raw));
  if (name === "ln") return replaces ? words.slice(-1) : [];
  return name === "rm" ? words : [];
}

/** Tests of find that tell what a path is called; behind `!` they tell what it is not. */
const NAME_TESTS = /^-i?(name|path|wholename)$/;

const REMOVING = /^(rm|rmdir)$/;

/** Behind the name; what is not known may be anything. */
function findOf(command: Command, values: Values): readonly string[] {
  return command.words.slice(1).map((word) => textOrPatternOf(word, values) ?? "*");
}

/** `find … -delete`, `find … -exec rm …`. */
function removesFound(words: readonly string[]): boolean {
  return words.some(
    (word, at) => word === "-delete" || (/^-(exec|ok)/.test(word) && REMOVING.test(baseName(words[at + 1] ?? ""))),
  );
}

/** Whether one of `targets` may be among what a `find` finds, below where it starts. */
function findsAny(words: readonly string[], targets: readonly string[], here: string | undefined): boolean {
  const types = words.filter((_, at) => words[at - 1] === "-type");
  if (types.length > 0 && !types.some((type) => /[d*]/.test(type))) return false;
  const first = words.findIndex((word) => /^[-(!\\]/.test(word));
  const starts = first === 0 ? ["."] : words.slice(0, first < 0 ? undefined : first);
  const names = words.filter(
    (_, at) => NAME_TESTS.test(words[at - 1] ?? "") && !/^\\?!$|^-not$/.test(words[at - 2] ?? ""),
  );
  const patterns = names.map((name) => {
    const pattern = regexOf(name.replace(/^\*\//, ""));
    // A star of -path goes over folders.
    return new RegExp(`(^|/)${name.includes("/") ? pattern.replaceAll("[^/]*", ".*") : pattern}$`, "i");
  });
  return starts.some((start) => {
    const root = resolved(here, start);
    return targets.some((target) => {
      if (root === undefined || !isWithin(target, root)) return false;
      const lost = pathsBetween(root, target);
      return patterns.length === 0 ? lost.length > 0 : lost.some((path) => patterns.some((each) => each.test(path)));
    });
  });
}

/** `target` and the folders above it, down from `root`, which stays out. */
function pathsBetween(root: string, target: string): string[] {
  return target === root ? [] : [...pathsBetween(root, posix.dirname(target)), target];
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? folder : `${folder}/`);
}

function isHere({ raw }: Word): boolean {
  return /^"?(\$\(pwd\)|`pwd`)"?$/.test(raw);
}

/** Whether removing `path`, perhaps a pattern, removes one of `targets`. */
function hits(path: string, targets: readonly string[], here: string | undefined, moved: boolean): boolean {
  const full = resolved(here, path);
  if (full !== undefined) {
    const pattern = new RegExp(`^${regexOf(full === "/" ? "" : full)}(/|$)`);
    return targets.some((target) => pattern.test(target));
  }
  // Relative to a place that is not known.
  const relative = posix.normalize(path);
  if (!moved) return /^\.\.?(\/|$)/.test(relative);
  return targets.some((target) => target.split("/").includes(posix.basename(relative)));
}

function regexOf(glob: string): string {
  return glob
    .replace(/[.+^$()|\\[\]]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]")
    .replace(/\{([^{}]*)\}/g, (_, inner: string) => `(${inner.replaceAll(",", "|")})`)
    .replace(/[{}]/g, "\\$&");
}

function resolved(here: string | undefined, target: string): string | undefined {
  const path = target.startsWith("/") ? target : here === undefined ? undefined : posix.join(here, target);
  return path === undefined ? undefined : posix.normalize(path).replace(/(.)\/$/, "$1");
}
