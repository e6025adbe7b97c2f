/** `dotnet restore` ahead of a command that restores by itself. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { commandText } from "../command-text.ts";
import type { Call, Fetch, Surroundings } from "../types.ts";
import { restoreInputs } from "./restore.ts";
import { type Words, wordsOf } from "./words.ts";

/** Options that a restore takes as they are. */
const KEPT = [
  "runtime",
  "source",
  "configfile",
  "arch",
  "os",
  "artifacts-path",
  "disable-parallel",
  "no-dependencies",
  "use-current-runtime",
];
/** Options that have no say in a restore. */
const DROPPED = [
  "output",
  "framework",
  "verbosity",
  "nologo",
  "no-incremental",
  "interactive",
  "disable-build-servers",
  "force",
  "filter",
  "logger",
  "collect",
  "results-directory",
];
/** `dotnet restore` takes these since .NET 8. */
const SINCE_8 = ["arch", "os", "use-current-runtime", "artifacts-path"];

/** The restore that `dotnet ACTION` begins with, as a command of its own; undefined where it has none. */
export function fetchCommand(
  call: Call,
  action: string,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): Fetch | undefined {
  const words = wordsOf(call.args.slice(1), action);
  if (words.options.has("no-restore") || words.options.has("no-build")) return undefined;
  const { options } = words;
  const unknown = [...options.keys()].find(
    (name) =>
      ![...KEPT, ...DROPPED, "configuration", "version-suffix", "self-contained", "no-self-contained"].includes(name),
  );
  if (unknown !== undefined) return { blocked: `the option --${unknown} may change what dotnet ${action} restores` };
  const recent = SINCE_8.find((name) => options.has(name));
  if (recent !== undefined && isBefore8(surroundings.base))
    return { blocked: `dotnet restore of ${surroundings.base} may not know --${recent}` };
  const restore: Words = {
    ...words,
    properties: propertiesOf(words),
    options: new Map([...options].filter(([name]) => KEPT.includes(name))),
  };
  const inputs = restoreInputs(restore, context, folder, surroundings);
  if ("blocked" in inputs) return inputs;
  if (words.target?.endsWith(".dll")) return undefined;
  if (
    ["publish", "pack"].includes(action) &&
    !options.has("configuration") &&
    dependsOnConfiguration(inputs.files, context, folder)
  )
    return { blocked: `a project restores otherwise for the configuration that dotnet ${action} chooses` };
  const command = commandText(new Map(), partsOf(restore));
  return command === undefined ? { blocked: "a word of the command is only known to the shell" } : { command };
}

/** As the command line's own options become properties (Microsoft.DotNet.Cli, CommonOptions). */
function propertiesOf({ properties, options }: Words): Map<string, string | undefined> {
  const made = new Map(
    [...properties].filter(([name]) => !/^(TargetFramework|PublishDir|OutputPath|OutDir)$/i.test(name)),
  );
  const configuration = options.get("configuration");
  if (configuration !== undefined) made.set("Configuration", configuration);
  const suffix = options.get("version-suffix");
  if (suffix !== undefined) made.set("VersionSuffix", suffix);
  if (options.has("no-self-contained")) made.set("SelfContained", "false");
  const contained = options.get("self-contained");
  if (contained !== undefined) made.set("SelfContained", contained);
  return made;
}

function partsOf({ target, properties, options }: Words): (string | undefined)[] {
  return [
    ...["dotnet", "restore"],
    ...(target === undefined ? [] : [target]),
    ...[...options].flatMap(([name, value]) => (value === "" ? [`--${name}`] : [`--${name}`, value])),
    ...[...properties].map(([name, value]) => value && `-p:${name}=${value}`),
  ];
}

/** Whether the image is one of .NET before 8, or may be. */
function isBefore8(base: string | undefined): boolean {
  const major = /dotnet\/(?:nightly\/)?sdk:(\d+)/.exec(base ?? "")?.[1];
  return major === undefined || Number(major) < 8;
}

/** Whether what is restored may hang on the configuration: publish and pack choose Release where none is named. */
function dependsOnConfiguration(files: readonly string[], context: BuildContext, folder: string): boolean {
  return files.some((file) =>
    /Condition\s*=\s*"[^"]*\$\(Configuration\)/.test(context.read(posix.join(folder, file)) ?? ""),
  );
}
