/** Files that hold more words for the command line: MSBuild's response files. */
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";

/** Options that say how MSBuild works and what it prints. */
const HARMLESS = /^\s*(#.*|[-/](m|maxcpucount|v|verbosity|nologo|nr|tl|graph)(:\S*)?)?\s*$/i;

/** Those that MSBuild reads for what lies in `folder`: `MSBuild.rsp` there, and `Directory.Build.rsp` there or above. Throws `Blocked`. */
export function responseFiles(context: BuildContext, folder: string): string[] {
  const above = [folder, ...foldersAbove(folder)].map((at) => inFolder(at, "Directory.Build.rsp"));
  const files = [inFolder(folder, "MSBuild.rsp"), above.find(context.has) ?? ""].filter(context.has);
  checkResponses(context, files);
  return files;
}

/** Throws `Blocked` where one of `files` that are response files has options that could make MSBuild read or write others. */
export function checkResponses(context: BuildContext, files: readonly string[]): void {
  for (const file of files.filter((path) => /(^|\/)(MSBuild|Directory\.Build)\.rsp$/.test(path)))
    if (!(context.read(file) ?? "").split("\n").every((line) => HARMLESS.test(line)))
      throw new Blocked(`${file} has options that could make the restore read other files`);
}
