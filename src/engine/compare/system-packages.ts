/** Packages of the base system that are gone as a whole: dpkg's, apk's and rpm's databases before and after. */
import { posix } from "node:path";
import { isCompiler, isForBuilds, isNodePackage, SETUP_PACKAGES } from "../../ecosystems/index.ts";
import { RPM_DATABASES, type RpmPackage, rpmPackagesIn } from "../packages/index.ts";
import type { ImageTree } from "../types.ts";
import type { PathRule } from "./explain.ts";

const RULE = "build toolchain";

/** Files of packages that are gone from the database and that only builds need, or that came along with those. */
export function systemPackages(before: ImageTree, after: ImageTree): PathRule {
  const gone = goneFrom(STATUS, before, after);
  const files = new Set([
    ...debianFiles(before, gone),
    ...LISTING_FILES.flatMap((path) => listedFiles(path, before, after)),
  ]);
  const isAlternative = alternativesOf(before, files);
  const isOwn = (path: string) =>
    isMadeByScript(path, gone) ||
    files.has(path) ||
    isAlternative(path) ||
    isService(path, before, files) ||
    isCompiled(path, files);
  return (path) => (isOwn(path) ? RULE : undefined);
}

/** dpkg's database. */
export const STATUS = "var/lib/dpkg/status";
const STATES = "var/lib/apt/extended_states";
const INFO = "var/lib/dpkg/info/";

function debianFiles(before: ImageTree, gone: ReadonlySet<string>): string[] {
  if (gone.size === 0) return [];
  // `gcc.list`, `libc6-dev:amd64.list`, and the package's scripts beside it.
  const own = [...before.entries.keys()].filter(
    (path) => path.startsWith(INFO) && gone.has(path.slice(INFO.length).replace(/(:[^.]+)?\.\w+$/, "")),
  );
  const listed = own.filter((path) => path.endsWith(".list"));
  return [...own, ...listed.flatMap((list) => before.read(list).toString().split("\n").flatMap(placesOf))];
}

/** Before a distribution merged `/usr`, its packages name some files without it. */
function placesOf(path: string): string[] {
  const place = path.slice(1);
  return /^(bin|sbin|lib\w*)\//.test(place) ? [place, `usr/${place}`] : [place];
}

/** Where `/usr` is merged it is the second. */
const APK_DATABASES = ["lib/apk/db/installed", "usr/lib/apk/db/installed"];

/** Databases that say themselves which files a package has. */
const LISTING_FILES = [...APK_DATABASES, ...RPM_DATABASES];

/** Lines `F:` name a folder and `R:` the files in it. */
function listedFiles(path: string, before: ImageTree, after: ImageTree): string[] {
  const old = stanzas(before, path);
  return [...goneFrom(path, before, after)].flatMap((name) => {
    let folder = "";
    return old
      .get(name)!
      .split("\n")
      .flatMap((line) => {
        if (line.startsWith("F:")) folder = line.slice(2);
        return line.startsWith("R:") ? placesOf(`/${folder}/${line.slice(2)}`) : [];
      });
  });
}

const ALTERNATIVES = ["etc/alternatives/", "var/lib/dpkg/alternatives/"];

/** Names that packages share, `cc` for `gcc`: a link to a link to one's file, and what is kept of the choices (update-alternatives(1)). */
function alternativesOf(tree: ImageTree, files: ReadonlySet<string>): (path: string) => boolean {
  const [links, states] = ALTERNATIVES as [string, string];
  const isGone = (name: string) => files.has(tree.entries.get(`${links}${name}`)?.target.slice(1) ?? "");
  return (path) => {
    const { target, type } = tree.entries.get(path) ?? {};
    if (path.startsWith(links)) return isGone(path.slice(links.length));
    if (path.startsWith(states)) return isGone(path.slice(states.length));
    return type === "symlink" && target!.startsWith(`/${links}`) && isGone(target!.slice(links.length + 1));
  };
}

/** What scripts of Debian's packages make when they are installed, and no list has. */
const MADE_BY_SCRIPTS: readonly (readonly [name: string, paths: RegExp])[] = [
  ["netbase", /^etc\/networks$/],
  ["readline-common", /^etc\/inputrc$/],
  ["python3-minimal", /^(etc\/python3|var\/lib\/python|usr\/local\/lib\/python3[\d.]*)(\/|$)/],
];

function isMadeByScript(path: string, gone: ReadonlySet<string>): boolean {
  return MADE_BY_SCRIPTS.some(([name, paths]) => gone.has(name) && paths.test(path));
}

/** A link by which the service of a package is started or stopped at a runlevel (update-rc.d(8)). */
function isService(path: string, { entries }: ImageTree, files: ReadonlySet<string>): boolean {
  const target = /^etc\/rc[\dS]\.d\//.test(path) ? entries.get(path)?.target : undefined;
  return target?.startsWith("../init.d/") === true && files.has(`etc/${target.slice(3)}`);
}

/** Python's packages are compiled when they are installed. */
function isCompiled(path: string, files: ReadonlySet<string>): boolean {
  const source = /^(.*)__pycache__(?:$|\/([^.]+)\.[\w-]+(?:\.opt-\d)?\.pyc$)/.exec(path);
  if (!source) return false;
  const [, folder = "", name] = source;
  return name === undefined ? files.has(folder.slice(0, -1)) : files.has(`${folder}${name}.py`);
}

type Stanzas = ReadonlyMap<string, string>;

/** Where images of Node have it. */
const NODE = "usr/local/bin/node";

/** Packages that others need, whoever brought them. */
const NEEDED = /^(ca-certificates|tzdata|locales|openssl|bash|fonts?-.*)$/;

/**
 * Names that only `before` has, as far as they are explained: what only builds need, and what was installed on their behalf, by a chain of
 * dependencies and recommendations.
 */
export function goneFrom(path: string, before: ImageTree, after: ImageTree): ReadonlySet<string> {
  const [old, now] = [stanzas(before, path), stanzas(after, path)];
  const missing = [...old.keys()].filter((name) => !now.has(name));
  const gone = new Set(missing.filter(isForBuilds));
  if ([...gone].some(isNodePackage)) for (const name of SETUP_PACKAGES) if (missing.includes(name)) gone.add(name);
  // What node-gyp compiles with.
  if (after.entries.has(NODE) && [...gone].some(isCompiler) && missing.includes("python3")) gone.add("python3");
  const automatic = new Set(
    [...stanzas(before, STATES)].filter(([, block]) => /^Auto-Installed: 1$/m.test(block)).map(([name]) => name),
  );
  const isAlong = (name: string) => (path === STATUS ? automatic.has(name) : true) && !NEEDED.test(name);
  for (const name of path === STATUS ? leftovers(old, automatic) : [])
    if (!now.has(name) && isAlong(name)) gone.add(name);
  for (const name of gone)
    for (const other of askedForBy(old.get(name) ?? "", old)) if (!now.has(other) && isAlong(other)) gone.add(other);
  return gone;
}

/** What came along with packages that have been taken out since: nothing that was asked for needs it (apt-get(8), autoremove). */
function leftovers(all: Stanzas, automatic: ReadonlySet<string>): readonly string[] {
  const needed = new Set([...all.keys()].filter((name) => !automatic.has(name)));
  for (const name of needed) for (const other of askedForBy(all.get(name)!, all)) needed.add(other);
  return [...all.keys()].filter((name) => !needed.has(name));
}

/** What the package of a block depends on and recommends, as far as `all` has it. */
function askedForBy(block: string, all: Stanzas): readonly string[] {
  const asked = [...block.matchAll(/^(?:Pre-Depends|Depends|Recommends|D):\s*(.*)$/gm)].flatMap(([, list]) =>
    list!.split(/[\s,|]+/),
  );
  return asked.flatMap((word) => {
    const name = word.replace(/[:=<>~(].*$/, "");
    return all.has(name) ? [name] : providersOf(word, all);
  });
}

const provided = new WeakMap<Stanzas, Map<string, string[]>>();

/** apk's libraries, and Debian's names of several packages. */
function providersOf(word: string, all: Stanzas): readonly string[] {
  let providers = provided.get(all);
  if (!providers) {
    providers = new Map();
    for (const [name, block] of all)
      for (const [, list] of block.matchAll(/^(?:Provides|p):\s*(.*)$/gm))
        for (const each of list!.split(/[\s,]+/)) {
          const key = each.replace(/[=(].*$/, "");
          providers.set(key, [...(providers.get(key) ?? []), name]);
        }
    provided.set(all, providers);
  }
  return providers.get(word.replace(/[=<>~(].*$/, "")) ?? [];
}

/** What `apk add --virtual` makes up is no package; its version is the time. */
const VIRTUAL = /^T:virtual meta package$/m;

/** Blocks of a database by the name of the package. */
function stanzas(tree: ImageTree, path: string): Stanzas {
  if (tree.entries.get(path)?.type !== "file") return new Map();
  if (RPM_DATABASES.includes(path)) return rpmStanzas(tree, path);
  const field = LISTING_FILES.includes(path) ? "P:" : "Package: ";
  const blocks = tree
    .read(path)
    .toString()
    .split("\n\n")
    .filter((block) => !VIRTUAL.test(block));
  const named = blocks.map((block) => [
    block
      .split("\n")
      .find((line) => line.startsWith(field))
      ?.slice(field.length),
    block,
  ]);
  return new Map(named.filter((pair): pair is [string, string] => pair[0] !== undefined));
}

const ofRpm = new WeakMap<ImageTree, Map<string, Stanzas>>();

/** rpm's database in the words of apk's. */
function rpmStanzas(tree: ImageTree, path: string): Stanzas {
  const known = ofRpm.get(tree) ?? new Map<string, Stanzas>();
  ofRpm.set(tree, known);
  const found = known.get(path) ?? new Map(rpmPackagesIn(tree, path).map((each) => [each.name, stanzaOf(each)]));
  known.set(path, found);
  return found;
}

function stanzaOf({ name, files, requires, recommends, provides }: RpmPackage): string {
  // `pkgconfig(glyph)` as one word.
  const words = (all: readonly string[]) => all.map((each) => each.replaceAll(/[^\w.+-]/g, "_")).join(" ");
  const lines = files.map((file) => `F:${posix.dirname(file).slice(1)}\nR:${posix.basename(file)}`);
  return [`P:${name}`, `D:${words([...requires, ...recommends])}`, `p:${words(provides)}`, ...lines].join("\n");
}

/** What ldconfig and install-info make anew of what is there, and what dpkg had before its last change. */
export const MADE_ANEW = ["etc/ld.so.cache", "usr/share/info/dir", `${STATUS}-old`, "var/lib/dpkg/diversions-old"];

/** Files that packages put elsewhere: three lines each, the last one names the package (dpkg-divert(1)). */
const DIVERSIONS = "var/lib/dpkg/diversions";

function isSameDiversions(before: ImageTree, after: ImageTree): boolean {
  const gone = goneFrom(STATUS, before, after);
  const [old, now] = [before, after].map((tree) => {
    const lines = linesOf(DIVERSIONS, tree);
    return lines.flatMap((_, at) => (at % 3 === 2 ? [lines.slice(at - 2, at + 1)] : []));
  }) as [string[][], string[][]];
  const key = (one: readonly string[]) => one.join("\n");
  const kept = old.filter(([, , name]) => !gone.has(name!)).map(key);
  return kept.sort().join("\n") === now.map(key).sort().join("\n");
}

/** Whether a database lost packages of the toolchain and is otherwise the same. */
export function isReducedDatabase(path: string, before: ImageTree, after: ImageTree): boolean {
  if (path === STATES) return isSameState(before, after);
  if (ACCOUNTS.test(path)) return isSameAccounts(path, before, after);
  if (path === WORLD) return isSameWorld(before, after);
  if (OF_DNF.test(path)) return isSameOfDnf(path, before, after);
  if (path === DIVERSIONS) return isSameDiversions(before, after);
  if (path === TRIGGERS) return linesOf(path, after).every((line) => linesOf(path, before).includes(line));
  if (MADE_ANEW.includes(path))
    return [STATUS, ...LISTING_FILES].some((database) => goneFrom(database, before, after).size > 0);
  if (path.startsWith(INFO) && path.endsWith(".list")) return isSameListOfFiles(path, before, after);
  if (path !== STATUS && !LISTING_FILES.includes(path)) return false;
  const [old, now] = [stanzas(before, path), stanzas(after, path)];
  const gone = goneFrom(path, before, after);
  const isSame = [...now].every(([name, block]) => old.get(name)?.trim() === block.trim());
  return isSame && [...old.keys()].every((name) => now.has(name) || gone.has(name));
}

/** Of a package that stays: dpkg drops a folder from it that one of the gone had taken over. */
function isSameListOfFiles(path: string, before: ImageTree, after: ImageTree): boolean {
  const [old, now] = [before, after].map((tree) => linesOf(path, tree)) as [string[], string[]];
  const isNew = (line: string) => !old.includes(line);
  // Slim images leave documentation out.
  const isFolder = (line: string) => (after.entries.get(line.slice(1))?.type ?? "folder") === "folder";
  return (
    old.every((line) => now.includes(line)) &&
    now.filter(isNew).every(isFolder) &&
    goneFrom(STATUS, before, after).size > 0
  );
}

/** What DNF 5 keeps beside rpm's database: which packages came along with others, from where, and a checksum of that database. */
const OF_DNF = /^usr\/lib\/sysimage\/libdnf5\/(nevras|packages|system)\.toml$/;

function isSameOfDnf(path: string, before: ImageTree, after: ImageTree): boolean {
  const [old, now] = [before, after].map((tree) =>
    linesOf(path, tree).flatMap((line) => /^"[^"]+"/.exec(line) ?? []),
  ) as [string[], string[]];
  const isReduced = RPM_DATABASES.some((database) => goneFrom(database, before, after).size > 0);
  return isReduced && now.every((name) => old.includes(name));
}

/** What apk was asked for by name, or by what it made up for names. */
const WORLD = "etc/apk/world";

function isSameWorld(before: ImageTree, after: ImageTree): boolean {
  const [old, now] = [before, after].map((tree) =>
    linesOf(WORLD, tree)
      .filter((line) => !/=\d{8}\.\d{6}$/.test(line))
      .map((line) => line.replace(/[=<>~@].*$/, "")),
  ) as [string[], string[]];
  const gone = new Set(APK_DATABASES.flatMap((path) => [...goneFrom(path, before, after)]));
  const had = new Set(APK_DATABASES.flatMap((path) => [...stanzas(before, path).keys()]));
  return (
    old.every((name) => now.includes(name) || gone.has(name)) &&
    now.every((name) => old.includes(name) || had.has(name))
  );
}

const ACCOUNTS = /^etc\/g(roup|shadow)-?$/;

/** Groups that packages make which came along with those for builds: OpenSSH's client, which git recommends, has one. */
const GROUPS: Readonly<Record<string, string>> = { "openssh-client": "_ssh" };

function isSameAccounts(path: string, before: ImageTree, after: ImageTree): boolean {
  const gone = goneFrom(STATUS, before, after);
  const names = Object.entries(GROUPS).flatMap(([name, group]) => (gone.has(name) ? [`${group}:`] : []));
  const rest = linesOf(path, before).filter((line) => !names.some((name) => line.startsWith(name)));
  return names.length > 0 && rest.join("\n") === linesOf(path, after).join("\n");
}

/** Which packages ask to hear of which paths. */
const TRIGGERS = "var/lib/dpkg/triggers/File";

function linesOf(path: string, tree: ImageTree): readonly string[] {
  return tree.read(path).toString().split("\n");
}

/** Which packages came along with others: a library that was one is named now. */
function isSameState(before: ImageTree, after: ImageTree): boolean {
  const [old, now] = [stanzas(before, STATES), stanzas(after, STATES)];
  return [...now.keys()].every((name) => old.has(name));
}
