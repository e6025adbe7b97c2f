/** What Gradle reads of a project before it runs a task. */
import type { BuildContext } from "../../context/types.ts";
import { filesBelow, foldersAbove, inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import { checkCatalog, projectsOf } from "./scripts.ts";

export interface GradleProject {
  /** In the context. */
  readonly files: readonly string[];
  /** The folders of its projects, the root's first. */
  readonly folders: readonly string[];
}

/** Files for all projects, beside scripts and properties. */
const SHARED = ["gradle/verification-metadata.xml", "gradle/gradle-daemon-jvm.properties", ".gradle/config.properties"];

/** The project of which `folder` is the root. Throws `Blocked`. */
export function openProject(context: BuildContext, folder: string): GradleProject {
  const settings = scriptAt(context, folder, "settings");
  if (settings === undefined) {
    const above = foldersAbove(folder).find((at) => scriptAt(context, at, "settings") !== undefined);
    throw new Blocked(
      above === undefined
        ? `the build context has no ${inFolder(folder, "settings.gradle")}`
        : `${inFolder(above, "settings.gradle")} may be for ${folder} as well`,
    );
  }
  if (context.isFolder(inFolder(folder, "buildSrc")))
    throw new Blocked(`${inFolder(folder, "buildSrc")} is a build of its own, which may read more`);
  const catalog = inFolder(folder, "gradle/libs.versions.toml");
  if (context.has(catalog)) checkCatalog(context.read(catalog) ?? "", catalog);
  const shared = filesBelow(context, inFolder(folder, "gradle")).filter((path) =>
    /\.(lockfile|toml|gpg|keys)$/.test(path),
  );
  const files = [settings, ...shared, ...SHARED.map((name) => inFolder(folder, name)).filter(context.has)];
  const properties = propertiesOf(context, folder);
  const members = projectsOf(context.read(settings) ?? "", settings, properties).flatMap(withFoldersAbove);
  const folders = [...new Set(["", ...members])].map((name) => (name === "" ? folder : inFolder(folder, name)));
  for (const at of folders) {
    const script = scriptAt(context, at, "build");
    const own = ["gradle.properties", "gradle.lockfile", "buildscript-gradle.lockfile"]
      .map((name) => inFolder(at, name))
      .filter(context.has);
    files.push(...(script === undefined ? [] : [script]), ...own);
    if (script !== undefined)
      projectsOf(context.read(script) ?? "", script, [...properties, ...propertiesOf(context, at)]);
  }
  const empty = folders.find((at) => !files.some((path) => path.startsWith(at === "" ? "" : `${at}/`)));
  if (empty !== undefined) throw new Blocked(`no file of the project ${empty} is read, and its folder must be there`);
  return { files: [...new Set(files)], folders };
}

function scriptAt(context: BuildContext, folder: string, kind: "settings" | "build"): string | undefined {
  const found = ["", ".kts"].map((end) => inFolder(folder, `${kind}.gradle${end}`)).filter(context.has);
  if (found.length > 1) throw new Blocked(`${found[0]} and ${found[1]} are both there`);
  return found[0];
}

/** `a/b` is in the project `a`. */
function withFoldersAbove(member: string): string[] {
  const names = member.split("/");
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

function propertiesOf(context: BuildContext, folder: string): string[] {
  const text = context.read(inFolder(folder, "gradle.properties")) ?? "";
  return [...text.matchAll(/^\s*(\w+)\s*[=:]/gm)].map(([, name = ""]) => name);
}
