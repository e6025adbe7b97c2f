/** `dotnet tool restore`. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder, linkAmong } from "../blocked.ts";
import { orBlocked } from "../blocking.ts";
import type { Call, InstallInputs } from "../types.ts";
import { readSettings, settingsAbove } from "./settings.ts";

/** Each folder may have one of these; the first that says `isRoot` ends the search (ToolManifestFinder). */
const MANIFESTS = [".config/dotnet-tools.json", "dotnet-tools.json"];

/** The tools' manifests from `folder` upwards, and NuGet's settings. Tools go into a home folder. */
export function toolInputs(call: Call, context: BuildContext, folder: string): InstallInputs {
  const unknown = call.args
    .slice(2)
    .find(
      (word) =>
        !/^(--(no-cache|ignore-failed-sources|disable-parallel|interactive)|-v:?\w*|--verbosity)$/.test(word ?? "-"),
    );
  if (unknown !== undefined || call.args.slice(2).includes(undefined))
    return { blocked: `the option ${unknown} could make dotnet tool restore read other files` };
  const folders = [folder, ...foldersAbove(folder)];
  const manifests = folders.flatMap((at) => MANIFESTS.map((name) => inFolder(at, name))).filter(context.has);
  if (manifests.length === 0) return { blocked: `the build context has no ${MANIFESTS[0]}` };
  return orBlocked(() => {
    const settings = settingsAbove(context, folder).map((file) => readSettings(context, file));
    const globals = folders.map((at) => inFolder(at, "global.json")).filter(context.has);
    const files = [...new Set([...manifests, ...globals, ...settings.flatMap((each) => each.files)])];
    const link = linkAmong(context, files);
    if (link !== undefined) return { blocked: link };
    const relative = (paths: readonly string[]) => paths.map((path) => posix.relative(`/${folder}`, `/${path}`));
    return { files: relative(files), writes: relative(settings.flatMap((each) => each.writes)) };
  });
}
