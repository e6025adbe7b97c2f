import {
  absentWithout,
  extensionFolders,
  type Invocation,
  isStamp,
  LANGUAGE_CACHES,
  makesAccounts,
  mayMakeAccounts,
  type Need,
  namesNeeded,
  needsOf,
  needsOfParts,
  PACKAGED_FOLDERS,
  type PackagePart,
  packageStepOf,
  SYSTEM_FOLDERS,
} from "../../ecosystems/index.ts";
import type { Script } from "../../shell/index.ts";
import { digest } from "../digest.ts";
import { parentOf } from "../paths.ts";
import type { RuntimeRules } from "../runtime-rules.ts";
import type { Subtree } from "../tree.ts";
import { coverPaths } from "./files.ts";
import type { Machine } from "./machine.ts";
import type { ShellState } from "./state.ts";

/**
 * Runs a RUN that installs packages of the system and does nothing else, under the rules of `same-runtime`: it leaves what the container
 * needs of them, whatever else came with it, and the rest is there for builds to see. False where that is not known.
 */
export function installPackages(
  script: Script | undefined,
  invocations: readonly Invocation[],
  shell: ShellState,
  machine: Machine,
): boolean {
  const { runtime, base } = machine;
  const step = runtime && packageStepOf(script, invocations);
  if (!step) return false;
  const all = needsOf(step, base, runtime);
  if (!all) return false;
  const needs = needsOfParts(step, all);
  for (const [index, part] of step.parts.entries()) {
    const invocation = invocations.find(({ command }) => command.span.start === part.span.start);
    if (part.does === "extensions") compileExtensions(part, invocation, script, shell, machine, runtime);
    else if (part.does === "modules") switchModules(part, machine);
    else leaveNeeded(needs[index] ?? [], part, shell, machine);
  }
  return true;
}

/** They are made from all that is there, and lie where a COPY from a builder puts them. */
function compileExtensions(
  { span }: PackagePart,
  invocation: Invocation | undefined,
  script: Script | undefined,
  shell: ShellState,
  machine: Machine,
  { made, owners }: RuntimeRules,
): void {
  const { world } = machine;
  const words = script?.source.text.slice(span.start, span.end) ?? "";
  const around = [world.digest, machine.surroundings, machine.toolchain(invocation)];
  const seen = digest("extensions", words, shell.inherited, ...around);
  for (const path of extensionFolders(invocation ? [invocation.call] : [])) {
    const ground = digest("compiled", seen, path);
    made.add(ground);
    owners.set(ground, ROOT);
    world.ensureFolder(parentOf(path), "755", ROOT);
    world.cover(path, ground);
  }
}

/** Links to what packages brought there. */
function switchModules({ options }: PackagePart, { world }: Machine): void {
  const seen = world.digestOf(world.resolve(APACHE) ?? APACHE);
  coverPaths([APACHE], digest("modules", ...options, seen), world);
}

const APACHE = "/etc/apache2";
const ROOT = "0:0";

function leaveNeeded(
  needs: readonly Need[],
  { does, options }: PackagePart,
  shell: ShellState,
  machine: Machine,
): void {
  const { world } = machine;
  const { root } = world;
  const taken = needs.flatMap(({ name }) => machine.runtime?.out.get(name)?.names ?? []);
  const names = [...absentWithout(needs), ...(does === "remove" ? taken : [])];
  const known =
    does === "remove" ? root.toolchain.filter((name) => !names.includes(name)) : [...root.toolchain, ...names];
  root.toolchain = [...new Set(known)].sort();
  const needed = namesNeeded(needs);
  if (needed.length === 0 && does !== "upgrade") return;
  const cause = digest(shell.environmentWithout(isStamp), shell.user, shell.umask, machine.surroundings);
  const view = world.blindTo(LANGUAGE_CACHES);
  for (const path of LANGUAGE_CACHES) view.ensureFolder(parentOf(path), "755", ROOT);
  const before = SYSTEM_FOLDERS.map((path) => view.digestOf(world.resolve(path) ?? path));
  const accounts = needed.some(mayMakeAccounts) ? root.toolchain.filter(makesAccounts) : [];
  const kept = needed.some((name) => SERVERS.test(name)) ? [] : ownFolders(machine);
  coverPaths(
    PACKAGED_FOLDERS,
    digest(
      "packages",
      cause,
      does,
      ...new Set([...options].sort()),
      ...before,
      "|",
      ...[...needed].sort(),
      "|",
      ...accounts,
    ),
    world,
  );
  for (const [path, subtree] of kept) world.graft(path, subtree);
}

/** They put pages of their own where they look for pages. */
const SERVERS = /^(apache2|httpd|lighttpd|nginx)/;

/** Folders among those of packages that no package has, if somebody made them: for apps, and for root's own. */
const OWN = /^\/((opt|root)\/[^/.]|var\/(?!(backups|cache|lib|local|lock|log|mail|opt|run|spool|tmp)(\/|$)))/;

/** The topmost ones that are known. */
function ownFolders({ world: { root } }: Machine): readonly (readonly [string, Subtree])[] {
  const found = ["/opt", "/root", "/var"]
    .flatMap((path) => [...root.walk(path)])
    .filter(({ path, entry }) => OWN.test(path) && (entry?.kind === "folder" || entry?.kind === "ensured"))
    .map(({ path }) => path);
  return found
    .filter((path) => !found.some((other) => path.startsWith(`${other}/`)))
    .map((path) => [path, root.share(path)] as const);
}
