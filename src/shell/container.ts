/** What a script changes outside of its shell that a second container would start with afresh, or look at anew. */
import { baseName, innerWords, type Words } from "./nested.ts";
import type { Command, EscapeKind, Script, Setting } from "./types.ts";
import { textOf, type Values } from "./values.ts";

interface Change {
  readonly kind: EscapeKind;
  readonly what: string;
}

/** Files that engines write when a container starts, and BuildKit for each RUN. */
export const ENGINE_FILES: readonly string[] = ["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"];

/** Whether a path is made anew for each RUN. */
function isFresh(path: string): boolean {
  return /^\/(dev|proc|sys)(\/|$)/.test(path) || ENGINE_FILES.includes(path);
}

/** Devices that keep nothing. */
const STREAMS =
  /^\/dev\/(null|zero|full|tty|stdin|stdout|stderr|u?random|fd(\/.*)?|tcp\/.*|udp\/.*)$|^\/proc\/self\/fd\/\d+$/;
const KERNEL = new Set(
  "mount umount renice sysctl modprobe insmod losetup swapon ifconfig iptables ip6tables route tc".split(" "),
);
/** Programs that write where any of their words says. */
const WRITES_ALL = new Set("mknod mkdir rmdir rm touch tee chmod chown chgrp mkfifo truncate unlink mkswap".split(" "));
/** Programs that write where their last word says. */
const WRITES_LAST = new Set("ln cp mv install rsync".split(" "));
const REPLACES = new Set("ln mv cp rm install dpkg-divert update-alternatives alternatives unlink".split(" "));

/** The first such change that `command` of `script` makes. `values` are those of the script's variables that are known. */
export function containerChange(
  command: Command,
  script: Script,
  setting: Setting,
  values: Values,
): Change | undefined {
  const words = innerWords(command, values);
  const name = baseName(words[0] ?? "");
  return (
    freshWrite(command, name, words) ??
    inFreshFolder(command, name, setting) ??
    shellReplaced(name, words) ??
    localeMade(name, words, script, setting) ??
    userChange(command, name, script, setting, values) ??
    hardLink(name, words)
  );
}

/** Who names `/dev/shm` or works in it has a reason to write there. */
function inFreshFolder(command: Command, name: string, { cwd }: Setting): Change | undefined {
  const texts = [...command.assignments.map(({ value }) => value), ...command.words];
  const named =
    !/^(echo|printf)$/.test(name) && texts.some((word) => /(^|[^\w/])\/dev\/(shm|mqueue)(?!\w)/.test(word?.raw ?? ""));
  if (!named && !isFresh(cwd ?? "")) return undefined;
  return { kind: "container", what: `may write ${named ? "/dev/shm" : cwd}, which each RUN has to itself` };
}

function freshWrite(command: Command, name: string, words: Words): Change | undefined {
  // A device that keeps nothing can be put away all the same.
  const removes = /^(rm|unlink|mv|ln|mknod)$/.test(name);
  const isKept = (path: string | undefined) => path !== undefined && isFresh(path) && !STREAMS.test(path);
  const fresh = (path: string | undefined) => isKept(path) || (removes && isFresh(path ?? ""));
  // `/proc/$$/oom_score_adj`
  const into = command.redirects.find(
    ({ operator, target }) => operator !== "<" && isKept(target?.literal ?? target?.raw),
  );
  if (into) return { kind: "container", what: `writes ${into.target?.raw}, which each RUN has to itself` };
  if (KERNEL.has(name)) return { kind: "container", what: "changes the running system, which each RUN has to itself" };
  if (name === "hostname" && words.length > 1)
    return { kind: "container", what: "sets the host name, which each RUN has to itself" };
  const args = words.slice(1);
  const written = WRITES_LAST.has(name)
    ? args.slice(-1)
    : WRITES_ALL.has(name) || (name === "sed" && args.some((word) => word?.startsWith("-i") || word === "--in-place"))
      ? args
      : name === "dd"
        ? args.map((word) => word?.replace(/^of=/, ""))
        : [];
  const path = written.find(fresh);
  return path === undefined ? undefined : { kind: "container", what: `changes ${path}, which each RUN has to itself` };
}

/** Packages that are nothing but another /bin/sh, in Alpine and openSUSE: `dash-binsh`, `busybox-sh`. */
const SHELL_PACKAGE = /^[a-z]+-(bin)?sh$/;

/** `ln -sf bash /bin/sh`, `dpkg-reconfigure dash`: the next RUN is read by another program. */
function shellReplaced(name: string, words: Words): Change | undefined {
  const path = words.slice(1).find((word) => /^(\/usr)?\/bin\/(sh|bash|dash|ash)$/.test(word ?? ""));
  const target = words.at(-1);
  const replaced =
    (REPLACES.has(name) &&
      path !== undefined &&
      (name !== "ln" || /^(\/usr)?\/bin\/(sh|bash|dash|ash|)$/.test(target ?? "/bin/"))) ||
    (name === "ln" && /^\.?\/?(sh|bash)$/.test(target ?? "")) ||
    (name === "dpkg-reconfigure" && words.includes("dash")) ||
    (/^(apk|zypper)$/.test(name) && words.some((word) => SHELL_PACKAGE.test(word ?? "")));
  return replaced ? { kind: "shell", what: "replaces the shell that reads the next RUN" } : undefined;
}

/** Packages that hold locales, in the distributions that make none. */
const LOCALES = /^(locales-all|language-pack-.+|glibc-(langpack|locale|all-langpacks).*)$/;

/** bash sorts, counts and compares letters by the locale that was there when it started. Other shells have none. */
function localeMade(name: string, words: Words, { dialect }: Script, { env }: Setting): Change | undefined {
  const makes =
    /^(locale-gen|localedef)$/.test(name) ||
    (name === "dpkg-reconfigure" && words.includes("locales")) ||
    words.some((word) => LOCALES.test(word ?? ""));
  if (!makes || !/^(bash|sh)$/.test(dialect)) return undefined;
  const isAsked = (value: string | undefined) => value === undefined || !/^(|C|POSIX|C\.utf-?8)$/i.test(value);
  const asked = [...env].find(([variable, value]) => /^(LANG|LC_\w+)$/.test(variable) && isAsked(value))?.[0];
  if (asked === undefined) return undefined;
  return { kind: "locale", what: `makes the locale of ${asked}, which a shell that runs already has not got` };
}

/** Groups and home of the step's user are looked up when its container starts. */
function userChange(
  command: Command,
  name: string,
  { source }: Script,
  setting: Setting,
  values: Values,
): Change | undefined {
  const user = (setting.user || "root").replace(/:.*/, "");
  const args = command.words.slice(1).map((word) => textOf(word, values));
  const plainArgs = args.filter((arg) => !arg?.startsWith("-"));
  const change = { kind: "user", what: `changes the entry of ${user}, the user that the next RUN starts as` } as const;
  // A numeric user may get a name, and with it a home and groups.
  if (/^\d+$/.test(user) && user !== "0" && /^(user|group)(add|mod)$|^add(user|group)$/.test(name)) return change;
  const same = (arg: string | undefined) => arg === undefined || arg === user;
  switch (name) {
    case "usermod":
    case "userdel":
    case "deluser":
      return same(plainArgs.at(-1)) ? change : undefined;
    case "gpasswd":
      return args.some(same) ? change : undefined;
    case "groupadd":
    case "groupmod": {
      const members = args.filter(
        (arg, at) => /^--users=/.test(arg ?? "") || /^(-U|--users)$/.test(args[at - 1] ?? ""),
      );
      return members.some((list) => list?.split(/[=,]/).includes(user) ?? true) ? change : undefined;
    }
    case "adduser":
    case "addgroup":
      return plainArgs.length === 2 && same(plainArgs[0]) && !args.includes("-S") && !args.includes("--system")
        ? change
        : undefined;
  }
  const database = (word: string | undefined) => /^["']?\/etc\/(passwd|group)["']?$/.test(word ?? "");
  const rewrites =
    (name === "sed" && args.some(database) && args.some((arg) => /^(-\w*i|--in-place)/.test(arg ?? ""))) ||
    (WRITES_LAST.has(name) && database(args.at(-1)));
  const written = command.redirects.filter(({ target }) => database(target?.raw));
  if (rewrites || written.some(({ operator }) => operator === ">" || operator === ">|")) return change;
  // A line of its own, or among the members of a group.
  const entry = new RegExp(`(^|[^\\w/-])${escaped(user)}:|:\\d+:([\\w,-]+,)?${escaped(user)}(?![\\w-])`);
  // What comes through a pipe stands elsewhere in the script.
  if (name === "tee" && args.some(database)) return entry.test(source.text) ? change : undefined;
  const appends = written.some(({ operator }) => operator === ">>");
  return appends && command.words.some(({ raw }) => entry.test(raw)) ? change : undefined;
}

function hardLink(name: string, words: Words): Change | undefined {
  const flag = (letter: string, long: string) =>
    words.some((word) => word?.startsWith(`--${long}`) || (/^-[a-zA-Z]+$/.test(word ?? "") && word?.includes(letter)));
  const handed = name === "find" ? words.slice(words.indexOf("ln")) : [];
  const links =
    (name === "ln" && words.length > 1 && !words.includes(undefined) && !flag("s", "symbolic")) ||
    (name === "cp" && flag("l", "link")) ||
    (name === "rsync" && words.some((word) => word?.startsWith("--link-dest"))) ||
    (handed[0] === "ln" && !/^-\w*s|^--symbolic$/.test(handed[1] ?? "")) ||
    name === "link";
  return links ? { kind: "hard-link", what: "makes a hard link, which layers do not keep through a write" } : undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
