/** NuGet's settings (nuget.config): where packages come from, and where they go. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { filesBelow, foldersAbove, inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import { type Element, elementAt, readXml } from "../xml.ts";
import { inContext, ROOT, slashes } from "./expressions.ts";

interface Settings {
  /** In the context: settings, and folders of packages that they name. */
  readonly files: readonly string[];
  /** Folders in the context that packages are put in. */
  readonly writes: readonly string[];
}

/** The settings files that count for what lies in `folder`: NuGet reads one in each folder from there to the root. */
export function settingsAbove(context: BuildContext, folder: string): string[] {
  return [folder, ...foldersAbove(folder)].flatMap((at) =>
    context
      .list(at)
      .filter((name) => /^nuget\.config$/i.test(name))
      .map((name) => inFolder(at, name)),
  );
}

/** What the settings in `file` lead to. Throws `Blocked`. */
export function readSettings(context: BuildContext, file: string): Settings {
  const text = context.read(file);
  const root = text === undefined ? undefined : readXml(text);
  if (!root) throw new Blocked(`${file} can't be read`);
  const values = (section: string) => (elementAt(root, section)?.children ?? []).filter(({ name }) => name === "add");
  const sources = [...values("packageSources"), ...values("fallbackPackageFolders")].map(sourceOf);
  const targets = values("config")
    .filter(({ attributes }) => /^(globalPackagesFolder|repositoryPath)$/i.test(attributes.key ?? ""))
    .map(sourceOf);
  return {
    files: [file, ...sources.flatMap((source) => packagesIn(context, source, file))],
    writes: targets.map((target) => localFolder(target, file)),
  };
}

function sourceOf({ attributes }: Element): string {
  return attributes.value ?? "";
}

/** The packages of a source: those of a folder in the context, none of an address. Throws `Blocked`. */
export function packagesIn(context: BuildContext, source: string, file: string): string[] {
  if (/^https?:/i.test(source)) return [];
  const folder = localFolder(source, file);
  if (!context.isFolder(folder))
    throw new Blocked(`${file} takes packages from ${source}, which is no folder of the build context`);
  return filesBelow(context, folder);
}

function localFolder(path: string, file: string): string {
  const folder = inContext(posix.resolve(ROOT, posix.dirname(file), slashes(path)));
  if (folder === undefined || folder === "" || /%|^[a-z]:/i.test(path) || path.startsWith("/"))
    throw new Blocked(`${file} names the folder ${path}, which is not below the root of the build context`);
  return folder;
}
