/** What strace tells of the files that a command touches. */
import { posix } from "node:path";

/** What a command did with a path, whether or not anything was there. */
export interface Touched {
  /** Absolute paths that it opened, or asked about. */
  readonly looked: ReadonlySet<string>;
  /** Those of `looked` that it opened or ran. */
  readonly opened: ReadonlySet<string>;
  /** Absolute paths that it made, changed or removed. */
  readonly wrote: ReadonlySet<string>;
  /** Absolute paths of folders whose names it read. */
  readonly listed: ReadonlySet<string>;
}

/** Where the image `tracer` is mounted. */
export const TRACER_FOLDER = "/tracer";

const CALLS = "trace=%file,getdents64,fchmod,fchown,fchdir";

/** The words before a command that is to be traced into the file `log`. */
export function tracerWords(log: string): string[] {
  const program = [`${TRACER_FOLDER}/ld.so`, "--library-path", TRACER_FOLDER, `${TRACER_FOLDER}/strace`];
  return [...program, "-f", "--seccomp-bpf", "-y", "-e", CALLS, "-e", "signal=none", "-o", log];
}

const WRITING =
  /^(mkdir|rmdir|unlink|rename|link|symlink|chmod|chown|lchown|fchmod|fchown|truncate|utime|mknod|setxattr|creat)/;
const OPENED_TO_WRITE = /\bO_(WRONLY|RDWR|CREAT|TRUNC)\b/;

/** Reads a log of strace, with `cwd` as the folder where the command starts. */
export function readTrace(log: string, cwd: string): Touched {
  const [looked, opened, wrote, listed] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  // A relative path without a descriptor is looked up in every folder that any of the processes was in.
  const folders = new Set([cwd]);
  for (const { name, words, result } of callsOf(log)) {
    const failed = result.startsWith("-1");
    if (name === "getdents64") for (const path of descriptorsOf(words)) listed.add(path);
    const isWrite = !failed && (name.startsWith("open") ? OPENED_TO_WRITE.test(words) : WRITING.test(name));
    const paths = pathsOf(name, words, folders);
    for (const path of paths) (isWrite ? wrote : looked).add(path);
    if (!isWrite && /^(open|exec)/.test(name)) for (const path of paths) opened.add(path);
    if (name === "chdir" && !failed) for (const path of paths) folders.add(path);
  }
  return { looked, opened, wrote, listed };
}

interface SystemCall {
  readonly name: string;
  /** The text between its parentheses. */
  readonly words: string;
  readonly result: string;
}

/** Calls in order; one that another process interrupts is put together again. */
function callsOf(log: string): SystemCall[] {
  const unfinished = new Map<string, string>();
  return log.split("\n").flatMap((line): SystemCall[] => {
    const [, process = "", said = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const begun = /^(.*) <unfinished \.\.\.>$/.exec(said)?.[1];
    if (begun !== undefined) unfinished.set(process, begun);
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(said)?.[1];
    const whole = resumed === undefined ? said : `${unfinished.get(process) ?? ""}${resumed}`;
    const [, name, words, result] = /^(\w+)\((.*)\) += (.*)$/.exec(whole) ?? [];
    return name !== undefined && words !== undefined && result !== undefined ? [{ name, words, result }] : [];
  });
}

/** `3</app>` and `AT_FDCWD</app>`: folders by their descriptors. */
function descriptorsOf(words: string): string[] {
  return [...words.matchAll(/\b(?:AT_FDCWD|\d+)<(\/[^>]*)>/g)].map(([, path = ""]) => path);
}

function pathsOf(name: string, words: string, folders: ReadonlySet<string>): string[] {
  if (name === "getcwd" || name === "getdents64") return [];
  if (/^f(chmod|chown|chdir)$/.test(name)) return descriptorsOf(words);
  const paths = [...words.matchAll(/(?:\b(?:AT_FDCWD|\d+)<(\/[^>]*)>, )?"((?:[^"\\]|\\.)*)"/g)];
  // The others tell what a link leads to, or are the words that a program starts with.
  const own = name.startsWith("symlink") ? paths.slice(-1) : /^(rename|link)/.test(name) ? paths : paths.slice(0, 1);
  return own.flatMap(([, folder, path = ""]) =>
    (folder === undefined ? [...folders] : [folder]).map((from) => posix.resolve(from, path)),
  );
}
