/** What a container needs that starts in a folder which `pnpm deploy` filled: that folder as it is, and of the project what is named there. */
import { posix } from "node:path";
import { type BuildContext, below, inFolder, isUnder, memberFolders, membersNamed } from "../../../context/index.ts";
import { filesBelow, filesOf } from "../../blocked.ts";
import { BUILD_FILES } from "../../build-inputs.ts";
import { Decline } from "../../decline.ts";
import { moved } from "../../moved.ts";
import { textsBelow } from "../../texts.ts";
import type { BuildWork, BuiltApp, WorkCommand } from "../../types.ts";
import { readPackageJson } from "../manifest.ts";
import { environmentSettings } from "../npmrc.ts";
import { Packages } from "../runtime/packages.ts";
import { Running } from "../runtime/running.ts";
import { CODE, isReadable, isTest, names, quotes, wordsIn } from "../runtime/source-text.ts";
import { pnpmMajors } from "../versions.ts";
import { type Deployment, deploymentOf } from "./call.ts";

/** A package of the workspace, and where it is put. */
interface Deployed extends Deployment {
  readonly command: WorkCommand;
  /** In the project. */
  readonly folder: string;
  /** Folders of the packages of the workspace that come with it. */
  readonly brought: readonly string[];
}

/** `made` is what builds make in the project; `deploys` are commands of `work`. Throws a `Decline`. */
export function deployedApp(work: BuildWork, deploys: readonly WorkCommand[], made: BuiltApp["outputs"]): BuiltApp {
  const each = deploys.map((command) => deployedBy(command, work));
  const running = runningOf(work, each);
  const texts = [...running.words, ...work.words, ...work.settings.flatMap(wordsIn)];
  for (const one of each) checkFolder(one, work, texts);
  const needed = neededOf(work, each, made, texts);
  const folders = each.map(({ to }) => ({ path: placeIn(work.folder, to), isFolder: true }));
  const isElsewhere = ({ path }: { readonly path: string }) =>
    posix.isAbsolute(path) || folders.some((folder) => folder.path === path);
  const left = work.project.list("").filter((entry) => !needed.includes(entry));
  return {
    outputs: moved([...made, ...folders], work)
      .all.filter(isElsewhere)
      .concat(running.managers),
    packages: [],
    entries: needed,
    dropped: left.length === 0 ? [] : ["packages and sources that `pnpm deploy` leaves out"],
    trimmed: each.flatMap((one) => strayLinks(one, work)),
  };
}

function deployedBy(command: WorkCommand, work: BuildWork): Deployed {
  const { invocation, surroundings } = command;
  const deployment = deploymentOf(invocation.call, surroundings.cwd);
  const [folder, ...others] = (deployment && membersNamed(deployment.selected, work.project)) ?? [];
  const isBelow = (surroundings.folder ?? "") !== "";
  if (!deployment || folder === undefined || others.length > 0 || isBelow || isUnder(work.folder, deployment.to))
    throw new Decline("deploys", "it is not known which package `pnpm deploy` puts where");
  return { ...deployment, command, folder, brought: broughtBy(folder, deployment, work.project) };
}

/** Packages of the workspace that one needs: for itself those for development too, unless it is told to leave them out. */
function broughtBy(folder: string, { isProduction }: Deployment, project: BuildContext): readonly string[] {
  const members = new Map(memberFolders(project)?.map((member) => [nameIn(member, project), member]));
  const reached = new Set([folder]);
  for (const one of reached) {
    const { dependencies = [] } = readPackageJson(project, inFolder(one, "package.json")) ?? {};
    for (const { name, kind } of dependencies) {
      const member = members.get(name);
      const isLeftOut = kind === "devDependencies" && (isProduction || one !== folder);
      if (member !== undefined && !isLeftOut) reached.add(member);
    }
  }
  return [...reached];
}

function nameIn(folder: string, project: BuildContext): string | undefined {
  return readPackageJson(project, inFolder(folder, "package.json"))?.name;
}

/** Words of all that the container runs, in the one folder where it starts, and package managers among that. */
function runningOf(
  work: BuildWork,
  each: readonly Deployed[],
): { readonly words: readonly string[]; readonly managers: BuiltApp["outputs"] } {
  const { startsIn } = work;
  const words = work.starts.flatMap((start) => ("words" in start ? start.words : wordsIn(start.script)));
  const started =
    each.find(({ to }) => isUnder(startsIn, to)) ??
    (isUnder(startsIn, work.folder) ? undefined : each.find(({ to }) => words.some((word) => isUnder(word, to))));
  if (!started)
    throw new Decline(
      "start-unknown",
      `the container starts in ${startsIn}, and it is not known what it needs beside what \`pnpm deploy\` puts into ${each[0]!.to}`,
    );
  const { folder, to } = started;
  const project = below(work.project, folder);
  const packages = new Packages(project);
  packages.check(started.isProduction ? "production" : "all");
  const running = new Running(
    {
      ...work,
      project,
      finished: project,
      folder: to,
      outside: (word) => work.outside(word) ?? work.outside(posix.resolve(startsIn, word)),
    },
    packages,
    isUnder(startsIn, to) ? posix.relative(to, startsIn) : startsIn,
  );
  running.followStarts();
  return { words: [...running.texts, ...words], managers: running.managers };
}

/** What code finds in folders above its own: packages, and files by relative paths. */
function checkFolder(one: Deployed, work: BuildWork, texts: readonly string[]): void {
  const { to, brought, isProduction } = one;
  const { project, folder } = work;
  const isInside = isUnder(to, folder);
  const around = readPackageJson(project, "package.json")?.dependencies.map(({ name }) => name) ?? [];
  const manager = texts.find((text) => /^(pnpm|yarn|corepack)$/.test(text));
  if (isInside && manager !== undefined)
    throw new Decline("workspaces", `the container runs ${manager} in ${to}, which is a folder of the workspace`);
  for (const member of brought) {
    const own = new Set(
      readPackageJson(project, inFolder(member, "package.json"))
        ?.dependencies.filter(({ kind }) => kind !== "devDependencies" || !isProduction)
        .map(({ name }) => name),
    );
    for (const file of codeOf(member, project)) {
      const text = project.read(file) ?? "";
      const lost = isInside ? around.find((name) => !own.has(name) && quotes(text, name)) : undefined;
      if (lost !== undefined)
        throw new Decline("names-development", `${file} names ${lost}, which is in ${folder}/node_modules alone`);
      if (goesAbove(text, posix.relative(member, file), to, folder))
        throw new Decline("lists-project", `${file} names what lies above the folder that it is deployed to`);
    }
  }
}

/** Whether a text of a file with the path `file` in the folder `to` leads from there to `project`. */
function goesAbove(text: string, file: string, to: string, project: string): boolean {
  const below = file.split("/").length - 1;
  // Elsewhere, the way there has its name.
  const [, first = ""] = project.split("/");
  const least = isUnder(to, project) ? below + 1 : to.split("/").length - 1;
  const next = isUnder(to, project) ? "" : String.raw`[/"'\`,\s]+${first.replace(/[.+]/g, "\\$&")}(?![\w@.-])`;
  return new RegExp(String.raw`(?:\.\.[/"'\`,\s]*){${least},}${next}`).test(text);
}

/** Of a package of the workspace what may run, and what may be read. */
function codeOf(member: string, project: BuildContext): readonly string[] {
  return filesBelow(project, member).filter(
    (path) => CODE.test(path) && !isTest(path) && !BUILD_FILES.test(posix.basename(path)),
  );
}

/** Top-level entries of the project that `texts`, code or these themselves name by a whole path. Throws a `Decline` for what has packages. */
function neededOf(
  work: BuildWork,
  each: readonly Deployed[],
  made: BuiltApp["outputs"],
  texts: readonly string[],
): readonly string[] {
  const { project, folder } = work;
  const entries = project.list("");
  const isText = (path: string) => isReadable(path) && !BUILD_FILES.test(posix.basename(path));
  const members = new Set(each.flatMap(({ brought }) => brought));
  const code = [...members].flatMap((member) => textsBelow(project, member, isText));
  const whole = new RegExp(
    String.raw`(?<![\w@.+/-])${folder.replace(/[.+]/g, "\\$&")}(?:/([\w@.+-]+)|(?![\w@.+-]))`,
    "g",
  );
  const tops = new Set([...entries, ...made.map(({ path }) => path.split("/")[0]!), "node_modules"]);
  const needed = new Set<string>();
  const read = (text: string) => {
    const outside = each.reduce((rest, { to }) => rest.replaceAll(new RegExp(`${to}(?![\\w@.+-])`, "g"), ""), text);
    for (const [path, entry] of outside.matchAll(whole)) {
      if (entry === undefined)
        throw new Decline(
          "names-project",
          `the container may look for files in ${path}, from where \`pnpm deploy\` copies`,
        );
      if (tops.has(entry)) needed.add(entry);
    }
  };
  for (const text of [...texts, ...code]) read(text);
  for (const entry of needed) {
    const holds = (path: string) => isUnder(path, entry);
    const isApart =
      !(memberFolders(project) ?? []).some(holds) &&
      !made.some(({ path }) => holds(path)) &&
      entries.includes(entry) &&
      !filesOf(project, entry).some((path) => CODE.test(path));
    if (!isApart)
      throw new Decline(
        "names-project",
        `the container may use ${folder}/${entry}, the packages of which would be gone`,
      );
    for (const text of textsBelow(project, entry, isText)) {
      read(text);
      for (const other of entries) if (names(text, other)) needed.add(other);
    }
  }
  // npm looks into the folders above for a workspace.
  if (each.some(({ to }) => isUnder(to, folder)) && entries.includes("package.json")) needed.add("package.json");
  return [...needed].sort();
}

/**
 * pnpm 9, and up to 11 with `--legacy` or where a setting asks for it, leave links in DIR/node_modules/.pnpm/node_modules to packages of the
 * workspace that are not deployed there. They are for packages that ask for one without saying so.
 */
function strayLinks({ to, folder, brought, command, isLegacy }: Deployed, { project }: BuildWork): readonly string[] {
  const { surroundings } = command;
  const files = [".npmrc", "pnpm-workspace.yaml"].map((path) => project.read(path) ?? "");
  const variables = [...environmentSettings(surroundings.env).keys()];
  const settings = [...files, ...variables].join("\n");
  if (/^\s*(shamefully-?hoist|public-?hoist-?pattern)/im.test(settings))
    throw new Decline("pnpm-settings", "a setting of pnpm has links to all packages in the folder that it deploys to");
  const isAsked = isLegacy || /^\s*force-?legacy-?deploy/im.test(settings);
  const { packageManager } = readPackageJson(project, "package.json")?.raw ?? {};
  const majors: readonly number[] = Object.values(pnpmMajors(packageManager, surroundings));
  const isClean = (major: number) => major === 8 || major >= 12 || (major >= 10 && !isAsked);
  if (majors.length > 0 && majors.every(isClean)) return [];
  const others = (memberFolders(project) ?? []).filter((member) => member === folder || !brought.includes(member));
  const gone = others.map((member) => nameIn(member, project)).filter((name) => name !== undefined);
  for (const member of brought.filter((each) => each !== folder))
    for (const file of codeOf(member, project)) {
      const named = gone.find((name) => quotes(project.read(file) ?? "", name));
      if (named !== undefined)
        throw new Decline("imports-undeclared", `${file} names ${named}, which its package.json does not`);
    }
  return gone.map((name) => posix.join(to, "node_modules/.pnpm/node_modules", name));
}

/** An absolute path relative to `folder`, where it lies in it. */
function placeIn(folder: string, path: string): string {
  return isUnder(path, folder) ? posix.relative(folder, path) : path;
}
