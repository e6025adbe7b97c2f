/** What is of the moment: paths that two builds of one Dockerfile leave different, though nothing that matters does. */
import { posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { cacheOf } from "../../ecosystems/index.ts";
import type { ImageTree } from "../types.ts";

interface MomentRule {
  readonly name: string;
  readonly paths: RegExp;
  /** The name without the moment, of files that bear it in their names: as many there, whatever they are called, are the same. */
  readonly timeless?: (path: string) => string;
  /** Whether the contents are the same but for the moment; where it is not given, contents say nothing. */
  readonly isSame?: (path: string, before: ImageTree, after: ImageTree) => boolean;
}

const RULES: readonly MomentRule[] = [
  {
    name: "npm's logs, named for the moment",
    paths: /(^|\/)\.npm\/_logs\/[^/]+\.log$/,
    timeless: (path) => path.replace(/\d{4}-\d\d-\d\dT[\d_]+Z/, "TIME"),
  },
  {
    name: "code that V8 compiled",
    // npm and pnpm give their scripts the project for a temporary folder.
    paths: /^(tmp\/node-compile-cache|(.*\/)?v8-compile-cache-\d+)(\/|$)/,
    timeless: (path) => path.replace(/(?<=node-compile-cache)\/.*$|(?<=v8-compile-cache)-\d+(\/.*)?$/, ""),
  },
  {
    name: "folders of programs that Yarn makes for a script, named for the moment",
    paths: /^tmp\/yarn--\d[^/]*(\/|$)/,
    timeless: (path) => path.replace(/^tmp\/yarn--[\d.-]+/, "tmp/yarn"),
  },
  {
    name: "Mix's sockets, named for a port of the moment",
    paths: /^tmp\/mix_(lock|pubsub)_[^/]+\/[^/]+\/port_\d+$/,
    timeless: (path) => path.replace(/\d+$/, "PORT"),
  },
  {
    name: "logs of package managers",
    paths:
      /^var\/log\/(apt\/(history|term)\.log|apt\/eipp\.log\.xz|dpkg\.log|alternatives\.log|(dnf|yum|hawkey|apk)[\w.]*\.log)$/,
  },
  {
    name: "the history of DNF, with times",
    paths: /^(var\/lib\/dnf|usr\/lib\/sysimage\/libdnf5)\/(transaction_)?history\.sqlite(-shm|-wal)?$/,
  },
  { name: "ldconfig's cache of inodes and times", paths: /^var\/cache\/ldconfig\/aux-cache$/ },
  { name: "fontconfig's cache", paths: /^var\/cache\/fontconfig\// },
  { name: "the machine's identity", paths: /^(etc|var\/lib\/dbus)\/machine-id$/ },
  { name: "the day of the last change of a password", paths: /^etc\/shadow-?$/, isSame: isSameBut(withoutDays) },
  {
    name: "the time when pnpm last pruned",
    paths: /(^|\/)node_modules\/\.modules\.yaml$/,
    isSame: isSameBut(withoutPruning),
  },
  {
    name: "the secret that a release of Mix makes up for its nodes",
    paths: /(^|\/)releases\/COOKIE$/,
    isSame: isSameBut(withoutCookie),
  },
  { name: "certificates for Java, with the time when they were added", paths: /^etc\/ssl\/certs\/java\/cacerts$/ },
  {
    name: "what Mix remembers of its compilers, with times",
    paths: /(^|\/)_build\/[^/]+\/lib\/[^/]+\/\.mix\/compile\.\w+$/,
  },
  {
    name: "what servers of .NET's builds leave, named for their processes",
    paths:
      /^(tmp\/((clr-debug-pipe|dotnet-diagnostic)-\d+-\d+-|(\.dotnet\/shm\/session\d+|Razor-Server|VBCSCompiler\/AnalyzerAssemblyLoader)\/[0-9a-f]{32}(\/|$))|.*\/\.dotnet\/pids\/build\/)/,
    timeless: (path) => path.replace(/(?<=-)\d+(?=-|$)/g, "PID").replace(/[0-9a-f]{32}/, "ID"),
  },
  { name: "locks of .NET's processes", paths: /^tmp\/\.dotnet\/(shm|lockfiles)\// },
  {
    name: "what MSBuild remembers of references, with times",
    paths: /(^|\/)obj\/(.*\/)?[^/]*AssemblyReference\.cache$/,
  },
  {
    name: "what Maven notes of its downloads, with times",
    paths: /(^|\/)(_remote\.repositories|resolver-status\.properties|[^/]+\.lastUpdated)$/,
    isSame: isSameBut(withoutTimesOfProperties),
  },
  {
    name: "logs of extensions that RubyGems compiled, with temporary folders",
    paths: /(^|\/)extensions\/[^/]+\/[^/]+\/[^/]+\/(gem_make\.out|mkmf\.log)$/,
  },
  {
    name: "what Cargo remembers of the compiler, in no order",
    paths: /(^|\/)target\/\.rustc_info\.json$/,
    isSame: isSameJson,
  },
  {
    name: "folders that Next names for a build",
    paths: /(^|\/)\.next\/static\/[\w-]{21}(\/|$)/,
    timeless: (path) => path.replace(/(?<=\.next\/static\/)[\w-]{21}(?=\/|$)/, "BUILD"),
  },
  { name: "what Next calls a build, and its keys", paths: /(^|\/)\.next\//, isSame: isSameNextBuild },
  { name: "Git's index and logs, with times", paths: /(^|\/)\.git\/(index|logs\/.+)$/ },
  { name: "code that Python compiled from the same source", paths: /\.pyc$/, isSame: isFromSameSource },
];

/**
 * The rule by which the content of `path` may differ; undefined where none says so. What fills a cache is of the moment as well: which
 * release was current, when it was asked for.
 */
export function contentRule(path: string, before: ImageTree, after: ImageTree): string | undefined {
  const rule = RULES.find(({ paths }) => paths.test(path));
  if (rule) return (rule.isSame?.(path, before, after) ?? true) ? rule.name : undefined;
  const cache = cacheOf(`/${path}`);
  return cache && `caches of ${cache}`;
}

/** The rule by which a file's name may differ: in both trees there are as many of its kind. */
export function nameRule(path: string, before: ImageTree, after: ImageTree): string | undefined {
  const named = namedAs(path);
  return named && named.kinIn(before).length === named.kinIn(after).length ? named.rule.name : undefined;
}

/** Where in `after` a path lies that bears the moment in its name, if in both trees there is one of its kind. */
export function renamedTo(path: string, before: ImageTree, after: ImageTree): string | undefined {
  const named = namedAs(path);
  const [now, ...more] = named?.kinIn(after) ?? [];
  return named?.kinIn(before).length === 1 && more.length === 0 ? now : undefined;
}

function namedAs(path: string) {
  const rule = RULES.find(({ paths, timeless }) => timeless && paths.test(path));
  if (!rule) return undefined;
  const kind = rule.timeless!(path);
  const isKin = (other: string) => rule.paths.test(other) && rule.timeless!(other) === kind;
  return { rule, kinIn: (tree: ImageTree) => [...tree.entries.keys()].filter(isKin) };
}

/** Whether a path bears the moment in its name: then its name alone never says that something differs. */
export function isNamedForMoment(path: string): boolean {
  return RULES.some(({ paths, timeless }) => timeless && paths.test(path));
}

function isSameBut(without: (text: string) => string) {
  return (path: string, before: ImageTree, after: ImageTree) =>
    without(before.read(path).toString("latin1")) === without(after.read(path).toString("latin1"));
}

/** shadow(5): the third field. */
function withoutDays(text: string): string {
  return text.replace(/^([^:\n]*:[^:\n]*:)\d*/gm, "$1");
}

function withoutPruning(text: string): string {
  return text.replace(/^(\s*"?prunedAt"?:).*$/m, "$1");
}

/** 32 random bytes in base 32 (Mix.Release); one that the project sets has another form. */
function withoutCookie(text: string): string {
  return text.replace(/^[A-Z2-7]{52}====$/, "");
}

/** java.util.Properties writes when it was written as a comment, and its entries in no order. */
function withoutTimesOfProperties(text: string): string {
  const lines = text.split("\n").filter((line) => !line.startsWith("#"));
  return lines
    .map((line) => line.replace(/(lastUpdated=)\d+/, "$1"))
    .sort()
    .join("\n");
}

/** `next build` makes up a name, keys for previews and one for what its actions are given, and lists pages in the order in which they got ready. */
function isSameNextBuild(path: string, before: ImageTree, after: ImageTree): boolean {
  const id = `${path.slice(0, path.lastIndexOf(".next/"))}.next/BUILD_ID`;
  const [old, now] = [before, after].map((tree) => {
    const name = tree.entries.get(id)?.type === "file" ? tree.read(id).toString("latin1") : "";
    const text = tree.read(path).toString("latin1").replace(NEXT_KEYS, "$1");
    // In a comment of HTML no two dashes may stand together.
    return name === "" ? text : text.replaceAll(name, "BUILD").replaceAll(name.replaceAll("-", "_"), "BUILD");
  });
  return old === now || (path.endsWith(".json") && isDeepStrictEqual(parsed(old!), parsed(now!)));
}

/** In JSON, also where that is a string of a script. */
const NEXT_KEYS = /(\\?"(?:previewMode(?:Id|SigningKey|EncryptionKey)|encryptionKey)\\?"\s*:\s*\\?")[\w+/=-]*/g;

/** Members of objects have no order (RFC 8259, 4). */
function isSameJson(path: string, before: ImageTree, after: ImageTree): boolean {
  const [old, now] = [before, after].map((tree) => parsed(tree.read(path).toString()));
  return isDeepStrictEqual(old, now);
}

/** The value of a text in JSON, and the text itself where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** `a/__pycache__/b.cpython-311.pyc` is made of `a/b.py`. */
function isFromSameSource(path: string, before: ImageTree, after: ImageTree): boolean {
  const folder = posix.dirname(path).replace(/\/?__pycache__$/, "");
  const source = posix.join(folder, `${posix.basename(path).split(".")[0]}.py`);
  const [old, now] = [before, after].map((tree) => tree.entries.get(source)?.type === "file" && tree.hash(source));
  return old !== false && isDeepStrictEqual(old, now);
}
