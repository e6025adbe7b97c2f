/** What Maven reads of a project before it runs a goal: poms, settings, extensions, and repositories that lie in the project. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { filesBelow, foldersAbove, homeSettings, inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import type { Surroundings } from "../types.ts";
import { type Element, elementAt, readXml, textAt, walk } from "../xml.ts";
import { folderOfPom, optionOf, type Words, wordsOf } from "./words.ts";

export interface MavenProject {
  /** In the context. */
  readonly files: readonly string[];
  /** Its poms in the context, the first that is asked for first. */
  readonly poms: readonly Pom[];
  /** Where it keeps what it downloads: absolute, below `~`, or in the context after `./`. */
  readonly repository: string | undefined;
  readonly offline: boolean;
  /** `-D` of the command line, of `.mvn/maven.config` and of the environment. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface Pom {
  readonly path: string;
  readonly root: Element;
}

/** Extensions that change neither what is read nor what is written. */
const EXTENSIONS =
  /^(kr\.motd\.maven:os-maven-plugin|org\.apache\.maven\.(wagon|extensions)[\w.]*:(wagon-.*|maven-build-cache-extension)|com\.google\.cloud\.artifactregistry:.*|io\.quarkus(\.platform)?:quarkus-(extension-)?maven-plugin|org\.sonatype\.(plugins|central):.*|org\.jetbrains\.kotlin:kotlin-maven-plugin|org\.xolstice\.maven\.plugins:protobuf-maven-plugin|org\.apache\.felix:maven-bundle-plugin|com\.spotify:dockerfile-maven-(plugin|extension)|io\.micronaut\.(build|maven):micronaut-maven-plugin|org\.springframework\.build:aws-maven|software\.amazon\.\w+:.*)$/;

/** The packagings of Maven itself, and of the extensions above. Others resolve what sources ask for (Tycho). */
const PACKAGINGS = /^(pom|jar|war|ear|ejb|rar|maven-plugin|bundle|quarkus|docker|docker-native|native-image)$/;

/** What `words` make Maven read in `folder` of the context. Throws `Blocked`. */
export function openProject(words: Words, context: BuildContext, folder: string, called: Surroundings): MavenProject {
  const named = optionOf(words, "-f");
  const isElsewhere = named?.startsWith("/") ?? false;
  const surroundings = isElsewhere ? { ...called, cwd: folderOfPom(named!) } : called;
  const start = startOf(words, context, folder, surroundings);
  const from = parent(start);
  const base = [from, ...foldersAbove(from)].find((at) => context.isFolder(inFolder(at, ".mvn")));
  const own = base === undefined ? [] : filesBelow(context, inFolder(base, ".mvn"));
  const all = withConfig(words, context, base, surroundings);
  if (isElsewhere) checkElsewhere(all, context, base);
  const home = homeSettings(context, folder, surroundings, [".m2", ".mavenrc"]);
  if (home !== undefined) throw new Blocked(home);

  const files = new Set<string>();
  const poms = new Map<string, Pom>();
  const waiting = [start];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (poms.has(path)) continue;
    const root = read(context, path);
    poms.set(path, { path, root });
    files.add(path);
    waiting.push(...modulesOf(context, path, root), ...parentOf(context, path, root));
    for (const file of localFiles(context, path, root, base ?? from)) files.add(file);
    checkExtensions(path, root);
  }
  for (const file of own) files.add(file);
  if (base !== undefined) checkCoreExtensions(context, inFolder(base, ".mvn/extensions.xml"));
  let repository = repositoryOf(all);
  for (const name of ["-s", "-gs", "-t", "-gt"]) {
    const value = optionOf(all, name);
    const path = value === undefined ? undefined : within(value, folder, surroundings.cwd);
    if (path === undefined) continue;
    const root = read(context, path);
    files.add(path);
    if (name === "-s" || name === "-gs") repository ??= textAt(root, "localRepository");
  }
  return {
    files: [...files],
    poms: [...poms.values()],
    properties: all.properties,
    repository,
    offline: all.options.some(([name]) => name === "-o") || offlineBySettings(words, context, folder, surroundings),
  };
}

function startOf(words: Words, context: BuildContext, folder: string, { cwd }: Surroundings): string {
  const named = optionOf(words, "-f");
  // What is named in full lies where Maven is taken to run.
  const path = ((named === undefined ? folder : within(named, folder, cwd)) ?? folder).replace(/^\.$/, "");
  const pom = named === undefined || context.isFolder(path) ? inFolder(path, "pom.xml") : path;
  if (context.ignores(pom)) throw new Blocked(`.dockerignore keeps out ${pom}`);
  if (!context.has(pom)) throw new Blocked(`the build context has no ${pom}`);
  return pom;
}

/** For a call from any folder, what Maven would look for there: versions before 3.5.1 take `.mvn` from it. */
function checkElsewhere(words: Words, context: BuildContext, base: string | undefined): void {
  const paths = [...["-s", "-gs", "-t", "-gt"].map((name) => optionOf(words, name)), repositoryOf(words)];
  const relative = paths.find((path) => path !== undefined && /^[^/~$]/.test(path));
  if (relative !== undefined) throw new Blocked(`it is not known where ${relative} is`);
  const own = inFolder(base ?? "", ".mvn/");
  const other = context.files().find((path) => /(^|\/)\.mvn\//.test(path) && !path.startsWith(own));
  if (other !== undefined) throw new Blocked(`it is not known whether Maven reads ${other}`);
}

function read(context: BuildContext, path: string): Element {
  if (context.isLink(path)) throw new Blocked(`${path} is a symbolic link`);
  const text = context.read(path);
  if (text === undefined) throw new Blocked(`the build context has no ${path}`);
  const root = readXml(text);
  if (!root) throw new Blocked(`${path} can't be read`);
  return root;
}

/** The words with those of `.mvn/maven.config`, and what the environment says. */
function withConfig(words: Words, context: BuildContext, base: string | undefined, { env }: Surroundings): Words {
  const config = base === undefined ? undefined : context.read(inFolder(base, ".mvn/maven.config"));
  const lines = (config ?? "").split(/\s+/).filter((word) => word !== "");
  const given = ["MAVEN_ARGS", "MAVEN_OPTS"].flatMap((name) => {
    if (!env.has(name)) return [];
    const value = env.get(name);
    if (value === undefined) throw new Blocked(`the value of ${name} is not known`);
    // Options of the Java machine say nothing of files; properties are Maven's too.
    return value.split(/\s+/).filter((word) => word !== "" && (name === "MAVEN_ARGS" || word.startsWith("-Dmaven")));
  });
  const more = wordsOf([...lines, ...given]);
  return {
    goals: words.goals,
    options: [...more.options, ...words.options],
    properties: new Map([...more.properties, ...words.properties]),
  };
}

function repositoryOf({ properties }: Words): string | undefined {
  return properties.get("maven.repo.local");
}

function offlineBySettings(words: Words, context: BuildContext, folder: string, { cwd }: Surroundings): boolean {
  const value = optionOf(words, "-s");
  const path = value === undefined ? undefined : within(value, folder, cwd);
  return path !== undefined && textAt(read(context, path), "offline") === "true";
}

/** The path in the context of a file that is named on the command line; undefined where it lies elsewhere in the image. */
function within(path: string, folder: string, cwd: string | undefined): string | undefined {
  if (path.startsWith("/") && cwd === undefined)
    throw new Blocked(`it is not known whether ${path} lies in the project`);
  const relative = path.startsWith("/") ? posix.relative(cwd ?? "/", path) : path;
  const inside = posix.normalize(posix.join(folder, relative));
  if (!inside.startsWith("..")) return inside;
  if (path.startsWith("/")) return undefined;
  throw new Blocked(`${path} lies outside of the build context`);
}

function modulesOf(context: BuildContext, path: string, root: Element): string[] {
  const lists = [...walk(root)].filter(({ name }) => name === "modules" || name === "subprojects");
  return lists.flatMap(({ children }) =>
    children.map(({ text }) => {
      const named = posix.normalize(posix.join(parent(path), text.replaceAll("\\", "/")));
      if (text.includes("${") || named.startsWith(".."))
        throw new Blocked(`${path} has the module ${text}, which refit does not find`);
      const pom = context.isFolder(named) ? inFolder(named, "pom.xml") : named;
      if (!context.has(pom)) throw new Blocked(`the build context has no ${pom}, a module of ${path}`);
      return pom;
    }),
  );
}

/** The parent's pom, where it lies in the context; otherwise Maven downloads it. */
function parentOf(context: BuildContext, path: string, root: Element): string[] {
  const element = elementAt(root, "parent");
  if (!element) return [];
  const relative = textAt(element, "relativePath") ?? "../pom.xml";
  if (relative === "") return [];
  const named = posix.normalize(posix.join(parent(path), relative));
  const pom = context.isFolder(named) ? inFolder(named, "pom.xml") : named;
  return !named.startsWith("..") && context.has(pom) ? [pom] : [];
}

/** Repositories on disk, libraries with `system` scope, and files that switch profiles on. */
function localFiles(context: BuildContext, path: string, root: Element, base: string): string[] {
  return [...walk(root)].flatMap((element) => {
    if (element.name === "systemPath") return filesAt(context, path, element.text, base);
    if (element.name === "url" && /^file:/.test(element.text))
      return filesAt(context, path, element.text.replace(/^file:(\/\/)?(localhost)?/, ""), base);
    const isCondition = element.name === "file" && element.children.some(({ name }) => /^(exists|missing)$/.test(name));
    return isCondition ? element.children.flatMap(({ text }) => filesAt(context, path, text, base)) : [];
  });
}

function filesAt(context: BuildContext, pom: string, text: string, base: string): string[] {
  if (/^\$\{(java\.home|env\.JAVA_HOME|user\.home|env\.HOME)\}/.test(text)) return [];
  const named = text
    .replace(/\$\{((project|pom)\.)?basedir\}/g, ".")
    .replace(/\$\{maven\.multiModuleProjectDirectory\}/g, posix.relative(`/${parent(pom)}`, `/${base}`) || ".");
  const found = posix.normalize(posix.join(parent(pom), named)).replace(/\/$/, "");
  if (named.includes("${") || named.startsWith("/") || found.startsWith(".."))
    throw new Blocked(`${pom} names the file ${text}, which refit can't work out`);
  if (found !== "." && context.isFolder(found)) return filesBelow(context, found);
  return context.has(found) ? [found] : [];
}

function checkExtensions(path: string, root: Element): void {
  const packaging = textAt(root, "packaging") ?? "jar";
  if (!PACKAGINGS.test(packaging)) throw new Blocked(`${path} has the packaging ${packaging}, which may read more`);
  const build = [...walk(root)];
  const listed = build.filter(({ name }) => name === "extensions").flatMap(({ children }) => children);
  const plugins = build.filter((each) => each.name === "plugin" && textAt(each, "extensions") === "true");
  for (const extension of [...listed, ...plugins]) check(extension, path);
}

function checkCoreExtensions(context: BuildContext, path: string): void {
  if (!context.has(path)) return;
  for (const extension of [...walk(read(context, path))].filter(({ name }) => name === "extension"))
    check(extension, path);
}

function check(extension: Element, path: string): void {
  const name = `${textAt(extension, "groupId") ?? "org.apache.maven.plugins"}:${textAt(extension, "artifactId") ?? ""}`;
  if (!EXTENSIONS.test(name)) throw new Blocked(`${path} has the extension ${name}, which may read more`);
}

function parent(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}
