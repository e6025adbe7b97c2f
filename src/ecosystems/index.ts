/** What refit knows of package managers and toolchains. */
import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import type { Command } from "../shell/types.ts";
import { ECOSYSTEMS } from "./all.ts";
import { callOf } from "./call.ts";
import { Decline } from "./decline.ts";
import { followedBy } from "./followed.ts";
import { versionsAsked } from "./node/versions.ts";
import type {
  BuildWork,
  BuiltApp,
  Call,
  Cook,
  DeclaredFile,
  Ecosystem,
  Fetch,
  Footprint,
  InstallInputs,
  Invocation,
  Outputs,
  Purpose,
  Surroundings,
  WorkCommand,
} from "./types.ts";

export { isAskedFor, isBuildFile, isBuildInput, isPlaceholder, isRunAsIs } from "./build-inputs.ts";
export { callOf } from "./call.ts";
export { Decline } from "./decline.ts";
export {
  cacheOf,
  copiedProgramOf,
  downloadsOf,
  intermediateOf,
  isCompiler,
  isStandingFolder,
  isTemporary,
} from "./left-behind.ts";

import { assetsOf } from "./node/assets.ts";

export { Blocked, orBlocked } from "./blocking.ts";
export { isCalledByLookup, isCalledByPackage, LIBRARIES, PYTHON_PROGRAMS } from "./calling-packages.ts";
export { sendsPrograms } from "./followed.ts";
export { GO_LOOKS_UP, GO_ZONES, mayLinkC, namesMore, needsMore } from "./go/container.ts";
export { filledIndexes, unseenBy } from "./indexes.ts";
export { JDK_PROGRAMS, JRE_PROGRAMS, jdkUser } from "./jvm/jdk.ts";
export { linkedJava, modulesAsked } from "./jvm/linked.ts";
export { isForNode } from "./node/assets.ts";
export { hasKnownPackages, isForScripts, looksForNode, runsScripts } from "./node/beside.ts";
export { COREPACK_PLACES, corepackHome, fetchedItself } from "./node/corepack.ts";
export { deploymentOf } from "./node/deploy/call.ts";
export { type StandaloneServer, standaloneServer } from "./node/next/standalone.ts";
export { buildsNext, isStandaloneFor, type NextStart, nextStart, standaloneCommand } from "./node/next/start.ts";
export { tracedProject } from "./node/next/traced.ts";
export {
  importsIn,
  isReadable,
  isUnasked,
  mayBeUnasked,
  names,
  packageOf,
  readNodeWords,
  wordsIn,
} from "./node/runtime/index.ts";
export { isNodePackage, isNodeRepository, NODE_PROGRAMS, SETUP_PACKAGES } from "./node/tooling.ts";
export { EXTENSION_FOLDERS, extensionFolders } from "./php/extensions.ts";
export { isComposer } from "./php/installer.ts";
export { isInProject, isSystemFolder } from "./places.ts";
export { compilerNamed, isShellName } from "./program-names.ts";
export { isGemLeftover } from "./ruby/places.ts";
export { isCommitStamp, isStamp, unnoticedBy } from "./stamps.ts";
export { startedBy } from "./starters.ts";
export { LANGUAGE_CACHES, OUTSIDE_PROJECTS, PACKAGED_FOLDERS, SYSTEM_FOLDERS } from "./system.ts";
export {
  absentWithout,
  answerIn,
  askingScript,
  isForBuilds,
  leftBehind,
  makesAccounts,
  mayMakeAccounts,
  type Need,
  type NeedRules,
  NOTHING_TAKEN,
  namesNeeded,
  needsOf,
  needsOfParts,
  type PackageAnswer,
  type PackageDatabase,
  type PackagePart,
  type PackageQuestion,
  type PackageStep,
  type PackageWork,
  packageStepOf,
  packagesSeenBy,
  questionOf,
  questionText,
  type TakenOut,
  takenOut,
  tellsDebconf,
} from "./system-packages/index.ts";
export type * from "./types.ts";

const byCommand = new Map(ECOSYSTEMS.flatMap((ecosystem) => ecosystem.commands.map((name) => [name, ecosystem])));

/** What an ecosystem makes of `command`, wrappers such as `sudo` looked through; undefined for an unknown one. */
export function recognise(command: Command): Invocation | undefined {
  const call = callOf(command);
  // `pip3.12` and `python3` are versions of one program.
  const ecosystem = call && (byCommand.get(call.tool) ?? byCommand.get(call.tool.replace(/[\d.]+$/, "")));
  const recognised = ecosystem?.recognise(call as NonNullable<typeof call>);
  return call && ecosystem && recognised && { ecosystem: ecosystem.name, ...recognised, command, call };
}

export function ecosystemNamed(name: string): Ecosystem | undefined {
  return ECOSYSTEMS.find((ecosystem) => ecosystem.name === name);
}

/** The files that package managers and toolchains say they look for. */
export function declaredFiles(): readonly DeclaredFile[] {
  return ECOSYSTEMS.flatMap(({ declares }) => declares?.files ?? []);
}

/** What `invocation` reads and writes; undefined is everything. */
export function footprintOf(invocation: Invocation, surroundings: Surroundings): Footprint | undefined {
  const footprint = ecosystemNamed(invocation.ecosystem)?.footprint?.(invocation.call, surroundings);
  // Builtins of a shell touch nothing.
  if (!footprint || (footprint.reads.length === 0 && footprint.writes.length === 0)) return footprint;
  const followed = followedBy(invocation.call, surroundings);
  return followed.length === 0 ? footprint : { ...footprint, reads: [...footprint.reads, ...followed] };
}

/**
 * The absolute folder that `invocation` works in when it is called in `cwd`: `npm --prefix client ci` works in `client`. Undefined where
 * only the shell knows it.
 */
export function workingFolderOf({ ecosystem: name, call }: Invocation, cwd: string | undefined): string | undefined {
  const ecosystem = ecosystemNamed(name);
  if (ecosystem?.folderOf) return ecosystem.folderOf(call, cwd);
  const { args } = call;
  const options = ecosystem?.folderOptions ?? [];
  for (const [index, word] of args.entries()) {
    const option = options.find((option) => word === option || word?.startsWith(`${option}=`));
    if (option === undefined) continue;
    const value = word === option ? args[index + 1] : word?.slice(option.length + 1);
    const isKnown = value?.startsWith("/") || (value !== undefined && cwd !== undefined);
    return isKnown ? posix.resolve(cwd ?? "/", value ?? "") : undefined;
  }
  return cwd;
}

/**
 * The folders that `invocation` fills with packages, and files that it writes anew, absolute: all that it leaves, caches aside. Undefined
 * where that is not known.
 */
export function filledBy(invocation: Invocation, surroundings: Surroundings): readonly string[] | undefined {
  const places = ecosystemNamed(invocation.ecosystem)?.filledBy?.(invocation.call, surroundings);
  const { cwd } = surroundings;
  if (!places || (cwd === undefined && places.some((path) => !path.startsWith("/")))) return undefined;
  return places.map((path) => posix.resolve(cwd ?? "/", path));
}

/** What a command asks of package managers for all that come later: versions of themselves, and settings. */
export function askedBy(invocation: Invocation): readonly (readonly [string, string | undefined])[] {
  return [...versionsAsked(invocation), ...(ecosystemNamed(invocation.ecosystem)?.sets?.(invocation.call) ?? [])];
}

/** Which files of `context` the install needs, or why that is not known. `folder` is the project's in the context, "" its root. */
export function installInputsOf(
  invocation: Invocation,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): InstallInputs {
  const ecosystem = ecosystemNamed(invocation.ecosystem);
  const { call, action } = invocation;
  return (
    ecosystem?.installInputs?.(call, context, folder, surroundings) ?? {
      blocked: `refit does not know which files \`${call.tool} ${action}\` reads`,
    }
  );
}

/** A command to put before `invocation`, so that it finds its downloads there; undefined where it downloads nothing that refit knows of. */
export function fetchFor(
  invocation: Invocation,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): Fetch | undefined {
  const ecosystem = ecosystemNamed(invocation.ecosystem);
  return ecosystem?.fetchFor?.(withoutFolder(invocation.call, ecosystem), context, folder, surroundings);
}

/** The call without the options that name its folder: that is where the command runs which is put before it. */
function withoutFolder(call: Call, { folderOptions = [] }: Ecosystem): Call {
  const isNamed = (word: string | undefined) => word !== undefined && folderOptions.includes(word);
  const isGlued = (word: string | undefined) => folderOptions.some((option) => word?.startsWith(`${option}=`));
  const args = call.args.filter((word, at) => !isNamed(word) && !isGlued(word) && !isNamed(call.args[at - 1]));
  return { ...call, args };
}

/** Of one that may work below the project: surroundings say where, and no option need. */
function inItsFolder(invocation: Invocation): Invocation {
  const ecosystem = ecosystemNamed(invocation.ecosystem);
  return ecosystem?.worksBelow === true
    ? { ...invocation, call: withoutFolder(invocation.call, ecosystem) }
    : invocation;
}

/** What compiles ahead the dependencies that `invocation` compiles; undefined where it has none, or refit knows of no way. */
export function cookFor(
  invocation: Invocation,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): Cook | undefined {
  return ecosystemNamed(invocation.ecosystem)?.cookFor?.(invocation.call, context, folder, surroundings);
}

/** Whether all that it leaves is a file for that, the same whatever is in the sources. */
export function isPreparing({ ecosystem, action }: Invocation): boolean {
  return ecosystem === "cargo" && action === "chef prepare";
}

/** Whether it compiles dependencies ahead of the sources. */
export function isCooking({ ecosystem, action }: Invocation): boolean {
  return ecosystem === "cargo" && action === "chef cook";
}

/** Whether a command works on a project whose built form refit knows: it installs, builds or cleans up. */
export function isBuildWork({ ecosystem, purpose }: Invocation): boolean {
  return ecosystemNamed(ecosystem)?.builtApp !== undefined && ["dependencies", "build", "clean"].includes(purpose);
}

/** Whether the container may do without what `invocation` reads, once it has run. */
export function leavesSources(invocation: Invocation): boolean {
  const { purpose, ecosystem } = invocation;
  return isBuildWork(invocation) && purpose === "build" && ecosystemNamed(ecosystem)?.keepsSources !== true;
}

/** Whether `invocation` takes out again what only development needs: see `Ecosystem.prunes`. */
export function prunesPackages({ ecosystem, call }: Invocation): boolean {
  return ecosystemNamed(ecosystem)?.prunes?.(call) === true;
}

/** Whether it is known what `invocation` makes when it is called in a folder below the project's. */
export function worksBelow({ ecosystem }: Invocation): boolean {
  return ecosystemNamed(ecosystem)?.worksBelow === true;
}

/** Whether the project of a call may lie in the root folder of its image. */
export function worksAtRoot({ ecosystem }: Invocation): boolean {
  return ecosystemNamed(ecosystem)?.worksAtRoot === true;
}

/** What a build command makes in `project`, as the ecosystem reads it there. */
export function outputsOf(invocation: Invocation, project: BuildContext, surroundings: Surroundings): Outputs {
  const { ecosystem, call, action } = inItsFolder(invocation);
  return (
    ecosystemNamed(ecosystem)?.outputsOf?.(call, project, surroundings) ?? {
      unknown: `refit does not know what \`${call.tool} ${action}\` makes`,
    }
  );
}

/**
 * What the container of a built project needs. Tools of another language that only make assets for browsers, beside the app's own, leave
 * what no container reads by itself. Throws a `Decline`.
 */
export function builtApp(work: BuildWork): BuiltApp {
  const all = work.commands.map((command) => ({ ...command, invocation: inItsFolder(command.invocation) }));
  const languages = [...new Set(all.map(({ invocation }) => languageOf(invocation)))];
  const language = languages.find((each) => INTERPRETED.includes(each)) ?? languages[0];
  const other = languages.find((each) => each !== language && each !== "node");
  const isMixed = languages.length > 1 && INTERPRETED.includes(language ?? "");
  // Makefiles are among what projects of Node have, for addons of their own.
  if (other !== undefined && (isMixed || (languages.includes("node") && other !== "make")))
    throw new Decline("several-languages", `the stage builds with ${language} and with ${other}`);
  const commands = all.filter(({ invocation }) => !isMixed || languageOf(invocation) === language);
  // `isBuildWork` holds for one of them at least.
  const [built] = commands.flatMap(({ invocation }) => ecosystemNamed(invocation.ecosystem)?.builtApp ?? []);
  const tools = all.filter((command) => !commands.includes(command));
  const inputsOf = ({ invocation, surroundings }: WorkCommand, project: BuildContext) =>
    installInputsOf(invocation, project, "", surroundings);
  return built!({ ...work, commands, ...(isMixed && { assets: assetsOf(work, tools, inputsOf) }) });
}

/** Their apps are run as they are. */
const INTERPRETED: readonly string[] = ["python", "ruby", "php"];

function languageOf({ ecosystem }: Invocation): string {
  return ecosystemNamed(ecosystem)?.language ?? ecosystem;
}

/** All of them, in a fixed order, for their pages. */
export function allEcosystems(): readonly Ecosystem[] {
  return ECOSYSTEMS;
}

/** What the commands of a script are for. A command that no ecosystem knows is `unknown`; a bare assignment is for nothing. */
export function purposesOf(commands: readonly Command[]): ReadonlySet<Purpose | "unknown"> {
  const named = commands.filter((command) => command.words.length > 0);
  return new Set(named.map((command) => recognise(command)?.purpose ?? "unknown"));
}
