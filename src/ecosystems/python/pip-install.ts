/** Which files of the build context `pip install`, `pip wheel` and `pip download` read, and what they write there. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, homeSettings, linkAmong, versionFiles } from "../blocked.ts";
import { placeOf } from "../places.ts";
import type { Call, InstallInputs, Surroundings } from "../types.ts";
import { environmentIn, shadowed } from "./modules.ts";
import {
  EDITABLES,
  environmentBlocker,
  environmentWords,
  isPython,
  LINKS,
  moduleOf,
  pipArguments,
  pipWords,
  READ,
  REQUIREMENTS,
  requirementsFolder,
  unknownPipOption,
  valuesOf,
  WRITTEN,
} from "./pip-options.ts";
import { editableNeeds, linkFiles, type Needs, requirementFiles, requirementNeeds, together } from "./requirements.ts";

interface Place {
  readonly context: BuildContext;
  readonly folder: string;
  readonly surroundings: Surroundings;
}

type Words = Call["args"];

export function pipInputs(
  call: Call,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): InstallInputs {
  const own = pipWords(call);
  const args = pipArguments(own);
  const words = [...own, ...environmentWords(surroundings)];
  const cwd = requirementsFolder(own, surroundings.cwd) ?? surroundings.cwd;
  const place: Place = { context, folder, surroundings: { ...surroundings, cwd } };
  const isOutside = (path: string) => placeOf(path, folder, cwd) === "outside";
  const blocked =
    unknownPipOption(args) ??
    environmentBlocker(surroundings, isOutside) ??
    shadowedModule(call, place) ??
    virtualEnvironment(context) ??
    homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };

  const found = namedFiles(place, words, args.positional);
  if ("blocked" in found) return found;
  const written = writtenPlaces(place, words, args.positional[0] ?? "");
  if ("blocked" in written) return written;
  const versions = versionFiles(context, folder, surroundings.base);
  if ("blocked" in versions) return versions;
  const files = [...new Set([...found.files, ...versions.files])];
  if (files.length > 0 && files.every((file) => file.startsWith("../")))
    return { blocked: `no file that pip reads lies in the folder that it runs in, only ${files[0]}` };
  const link = linkAmong(
    context,
    files.map((file) => posix.join(folder, file)),
  );
  return link === undefined ? { files, writes: [...written.writes, ...found.writes] } : { blocked: link };
}

/** Files that the command line names, and those that they lead to. */
function namedFiles({ context, folder, surroundings: { cwd } }: Place, words: Words, positional: Words): Needs {
  const requirements = valuesOf(words, REQUIREMENTS);
  const links = valuesOf(words, LINKS);
  const editables = valuesOf(words, EDITABLES);
  const read = valuesOf(words, READ);
  const packages = positional.slice(1);
  for (const word of [...packages, ...requirements, ...links, ...editables, ...read])
    if (word === undefined || (word.includes("*") && placeOf(word, folder, cwd) !== "outside"))
      return { blocked: "the shell decides what pip installs" };

  const isAbsolute = (requirements as string[]).some((word) => word.startsWith("/"));
  const known = (requirements as string[]).map((word) => placeOf(word, folder, cwd));
  const elsewhere = requirements[known.findIndex((at) => at === undefined || at === "outside")];
  if (elsewhere !== undefined) return { blocked: `the requirements file ${elsewhere} lies elsewhere` };
  const starts = known.map((at, index) =>
    at && at !== "outside" && !/^https?:/i.test(requirements[index]!) ? at.path : requirements[index]!,
  );
  const required = requirementFiles(context, folder, starts);
  if ("blocked" in required) return required;
  // By `folderOf` their own folder is where pip is taken to run.
  if (
    isAbsolute &&
    starts.every((path) => !path.includes("/")) &&
    (required.local !== undefined || packages.length + editables.length > 0)
  )
    return { blocked: "pip installs from its working directory too" };
  const within = (word: string) => {
    const at = placeOf(word, folder, cwd);
    return at === undefined || at === "outside" || /^[\w+]+:/.test(word) ? undefined : at.path;
  };
  return together([
    required,
    ...(links as string[]).map((link) => outsideOr(link, within(link), (path) => linkFiles(context, folder, path))),
    ...(editables as string[]).map((word) => editableNeeds(word, `pip install -e ${word}`)),
    ...(packages as string[]).map((word) =>
      word.startsWith("/")
        ? outsideOr(word, within(word), (path) => requirementNeeds(context, folder, `./${path}`, "pip install"))
        : requirementNeeds(context, folder, word, "pip install"),
    ),
    ...(read as string[]).map((word) =>
      outsideOr(word, within(word), (path) =>
        context.has(posix.join(folder, path)) ? { files: [path], writes: [] } : { blocked: `pip reads ${word}` },
      ),
    ),
  ]);
}

/** What lies outside of the project is not moved, so nothing of it is needed. */
function outsideOr<Found>(word: string, path: string | undefined, ask: (path: string) => Found) {
  if (path !== undefined) return ask(path);
  return word.startsWith("/") || /^https?:/i.test(word) ? { files: [], writes: [] } : ask(word);
}

/** Where options send what pip writes, as far as that is in the project. */
function writtenPlaces(
  { folder, surroundings }: Place,
  words: Words,
  action: string,
): { readonly writes: readonly string[] } | { readonly blocked: string } {
  const defaults = { wheel: ["-w", "--wheel-dir"], download: ["-d", "--dest", "--destination-dir"] }[action];
  const named = valuesOf(words, WRITTEN);
  if (defaults && valuesOf(words, defaults).length === 0) named.push(".");
  const { VIRTUAL_ENV: environment } = Object.fromEntries(surroundings.env);
  const writes: string[] = [];
  for (const word of [...named, ...(environment === undefined ? [] : [environment])]) {
    const at = word === undefined ? undefined : placeOf(word, folder, surroundings.cwd);
    if (at === undefined) return { blocked: "the shell decides where pip writes" };
    if (at === "outside") continue;
    if (/^(\.\.?)(\/|$)/.test(at.path)) return { blocked: `pip ${action} writes into ${word}, where the sources lie` };
    writes.push(at.path);
  }
  return { writes };
}

/** `python -m pip` looks for modules in the working directory first, and any Python in PYTHONPATH. */
function shadowedModule(call: Call, { context, folder, surroundings }: Place): Blocker {
  const { flags } = moduleOf(call);
  const fromFolder = isPython(call) && !/[IP]/.test(flags) && !surroundings.env.has("PYTHONSAFEPATH");
  const ignoresPath = isPython(call) && /[IE]/.test(flags);
  const name = shadowed(context, folder, surroundings, { fromFolder, ignoresPath });
  return name && `${fromFolder ? "python -m pip" : "PYTHONPATH"} would import ${name} of the project`;
}

function virtualEnvironment(context: BuildContext): Blocker {
  const found = environmentIn(context);
  return found && `the build context holds the virtual environment ${found}`;
}
