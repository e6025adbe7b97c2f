/** A RUN that does nothing but look after packages of the distribution, tools of Node, Composer, and extensions of PHP. */
import { type Pipeline, pipelinesOf } from "../../shell/index.ts";
import type { Command, Script, Word } from "../../shell/types.ts";
import type { Span } from "../../text/index.ts";
import { toolingOf } from "../node/tooling.ts";
import { makesExtensions } from "../php/extensions.ts";
import { bringsComposer } from "../php/installer.ts";
import type { Invocation } from "../types.ts";

export type SystemManager = "apt" | "apk" | "rpm";

/**
 * What one part of such a step does:
 * - `index` brings the list of what there is up to date
 * - `install` installs packages by name
 * - `remove` takes packages out, by name or since nothing needs them
 * - `upgrade` brings what is there up to date, so that it is needed whatever else is installed
 * - `tools` brings in tools for builds in the way of another package manager, or looks after those
 * - `extensions` compiles extensions of PHP
 * - `modules` switches modules and sites of Apache on or off
 * - `rest` cleans up or sets options
 */
export type PackageWork = "index" | "install" | "remove" | "upgrade" | "tools" | "extensions" | "modules" | "rest";

export interface PackagePart {
  readonly does: PackageWork;
  /** In the script's text. */
  readonly span: Span;
  /** What it installs, or takes out. */
  readonly names: readonly string[];
  /** Where the names of packages stand, one each. */
  readonly words: readonly Word[];
  readonly options: readonly string[];
  /** Whether packages can be installed behind it by what it knows of them, or it asks for that itself. */
  readonly refreshes: boolean;
  /** Whether packages that came with others go when nothing needs them any more. */
  readonly sweeps?: boolean;
}

export interface PackageStep {
  /** Undefined where it calls none. */
  readonly manager: SystemManager | undefined;
  /** In the order of the script. */
  readonly parts: readonly PackagePart[];
  /** Whether what packages recommend comes with them. */
  readonly recommends: boolean;
}

const INSTALL: Readonly<Record<SystemManager, string>> = { apt: "install", apk: "add", rpm: "install" };

/** What Composer's installer brings in. */
export const COMPOSER = "composer";

const CLEANS = ["clean", "autoclean", "cache clean"];

const REMOVES: Readonly<Record<SystemManager, RegExp>> = {
  apt: /^(remove|purge|autoremove)$/,
  apk: /^del$/,
  rpm: /^(?!)/,
};

/** `--purge` also takes out settings. */
const OF_REMOVAL = /^(-[yqr]+|--(yes|assume-yes|quiet|purge|no-cache|rdepends))$/;
const SWEEPING = /^--(auto-remove|autoremove)$/;

/** Options that leave names as they are, and where packages come from. */
const OPTIONS =
  /^(-[yqfU]+|-q=\d|--(yes|assume-yes|assumeyes|quiet|no-cache|update(-cache)?|no-progress|no-install-(recommends|suggests)|install-recommends|fix-missing|fix-broken|allow-unauthenticated|allow-downgrades|no-upgrade|best|nodocs|setopt=[\w=]+|nobest|refresh))$/;

/** A version that is asked for stands behind the name. */
const NAME = /^[a-z0-9][\w.+-]*(=[\w.:~+*-]+)?$/i;

/**
 * Undefined where a RUN does more than refresh indexes, install packages by name, take them out, bring in tools of Node, compile extensions
 * of PHP and clean up, or where only the shell knows what.
 */
export function packageStepOf(script: Script | undefined, invocations: readonly Invocation[]): PackageStep | undefined {
  if (!script || script.unknown !== undefined) return undefined;
  const parts: PackagePart[] = [];
  let manager: SystemManager | undefined;
  const add = (does: PackageWork, span: Span, more: Partial<PackagePart> = {}) =>
    parts.push({ does, span, names: [], words: [], options: [], refreshes: does === "index", ...more });
  for (const { commands, span } of pipelinesOf(script) ?? script.commands.map(alone)) {
    if (bringsComposer(commands)) {
      add("tools", span, { names: [COMPOSER] });
      continue;
    }
    const tooling = toolingOf(commands);
    if (tooling) {
      add("tools", span, tooling);
      continue;
    }
    const [command] = commands;
    if (!command || commands.length > 1 || !command.inMainShell || !command.unconditional || !isQuiet(command))
      return undefined;
    const invocation = invocations.find((each) => each.command === command);
    const { ecosystem, purpose, action = "" } = invocation ?? {};
    if (isSetting(command) || (ecosystem === "files" && purpose === "clean")) {
      add("rest", span);
      continue;
    }
    if (invocation && makesExtensions(invocation.call)) {
      add("extensions", span);
      continue;
    }
    if (invocation && switchesModules(invocation)) {
      add("modules", span, { options: invocation.call.args.map(String) });
      continue;
    }
    if (!invocation || (ecosystem !== "apt" && ecosystem !== "apk" && ecosystem !== "rpm")) return undefined;
    if (manager !== undefined && manager !== ecosystem) return undefined;
    manager = ecosystem;
    if (purpose === "index") add("index", span);
    else if (CLEANS.includes(action)) add("rest", span);
    else if (action === "upgrade" && invocation.call.args.every((word) => word === action || OPTIONS.test(word ?? "")))
      add("upgrade", span);
    else {
      const isRemoval = REMOVES[manager].test(action);
      const found = isRemoval ? removalIn(invocation, manager) : installIn(invocation, manager);
      if (!found) return undefined;
      add(isRemoval ? "remove" : "install", span, found);
    }
  }
  if (!manager && !parts.some(({ does }) => does !== "rest")) return undefined;
  const said = parts.flatMap(({ options }) => options).join(" ");
  const declines = /--no-install-recommends|(Install-Recommends|install_weak_deps)=(0|false|no)/i.test(said);
  return { manager, parts, recommends: manager !== undefined && manager !== "apk" && !declines };
}

function alone(command: Command): Pipeline {
  return { commands: [command], span: command.span };
}

/** dnf and yum always do. */
function asksAnew(options: readonly string[], manager: SystemManager): boolean {
  return manager === "rpm" || (manager === "apk" && options.some((each) => /^(-\w*U|--no-cache|--update)/.test(each)));
}

/** Assignments, options of the shell, words for the log, and a folder for the keys of repositories. */
function isSetting({ words, assignments, name }: Command): boolean {
  if (words.length === 0) return assignments.every((assignment) => assignment.name === "DEBIAN_FRONTEND");
  if (name === "export") return words.slice(1).every(tellsDebconf);
  const isForKeys = words.slice(1).every(({ raw }) => /^(-\w+|0?755|\/(etc\/apt|usr\/share)\/keyrings)$/.test(raw));
  if (name === "mkdir" || name === "install") return isForKeys;
  return name === "set" || name === "true" || name === "echo";
}

/** A word of `export` that has packages of Debian ask nobody. */
export function tellsDebconf({ raw }: Word): boolean {
  return raw.startsWith("DEBIAN_FRONTEND=");
}

/** `a2enmod rewrite` of Debian. */
function switchesModules({ command, call }: Invocation): boolean {
  return (
    /^a2(en|dis)(mod|site|conf)$/.test(call.tool) &&
    command.words.slice(1).every(({ literal }) => literal !== undefined)
  );
}

function isQuiet({ redirects }: Command): boolean {
  return redirects.every(({ target }) => target === undefined || /^(\/dev\/null|[12]|&[12])$/.test(target.raw));
}

/** What an install names; undefined for any other command, and where it may do more. */
function installIn(invocation: Invocation, manager: SystemManager): Partial<PackagePart> | undefined {
  const all = argumentsIn(invocation);
  if (!all || invocation.action !== INSTALL[manager]) return undefined;
  const words: Word[] = [];
  const options: string[] = [];
  let isNamed = false;
  for (let at = 0; at < all.length; at++) {
    const word = all[at]!;
    const { literal } = word;
    if (literal === undefined) return undefined;
    if (!literal.startsWith("-")) {
      if (!isNamed && literal === INSTALL[manager]) isNamed = true;
      else if (isNamed && NAME.test(literal) && !literal.endsWith("-")) words.push(word);
      else return undefined;
    } else if (takesValue(literal, all[at + 1]?.literal, manager)) options.push(literal, all[++at]!.literal!);
    else if (OPTIONS.test(literal) || (manager === "apk" && literal.startsWith("--virtual="))) options.push(literal);
    else return undefined;
  }
  return { names: namesOf(words), words, options, refreshes: asksAnew(options, manager) };
}

/** What a command takes out by name; none for one that only sweeps. */
function removalIn(invocation: Invocation, manager: SystemManager): Partial<PackagePart> | undefined {
  const all = argumentsIn(invocation);
  if (!all) return undefined;
  const { action } = invocation;
  const words: Word[] = [];
  let sweeps = action === "autoremove";
  for (let at = 0; at < all.length; at++) {
    const { literal } = all[at]!;
    if (literal === undefined) return undefined;
    if (literal === action) continue;
    if (SWEEPING.test(literal)) sweeps = true;
    else if (takesValue(literal, all[at + 1]?.literal, manager)) at++;
    else if (!literal.startsWith("-") && (NAME.test(literal) || (manager === "apk" && literal.startsWith("."))))
      words.push(all[at]!);
    else if (!OF_REMOVAL.test(literal)) return undefined;
  }
  return { names: namesOf(words), words, sweeps };
}

/** The words behind the program; undefined where a variable may change what it does. */
function argumentsIn({ command, call }: Invocation): readonly Word[] | undefined {
  const isPlain = [...call.env.keys()].every((name) => name === "DEBIAN_FRONTEND");
  return isPlain ? command.words.slice(command.words.length - call.args.length) : undefined;
}

function namesOf(words: readonly Word[]): readonly string[] {
  return words.map(({ literal }) => literal!);
}

function takesValue(option: string, value: string | undefined, manager: SystemManager): boolean {
  if (value === undefined) return false;
  if (manager === "apk") return /^(-t|--virtual)$/.test(option);
  return manager === "apt" && option === "-o" && /^(Dpkg|DPkg|Acquire|APT::(Install|AutoRemove))[\w:-]*=/.test(value);
}
