/** A RUN that installs packages of the distribution and does nothing else. */
import type { Command, Script, Word } from "../../shell/types.ts";
import { callOf } from "../call.ts";
import type { Invocation } from "../types.ts";

export type SystemManager = "apt" | "apk" | "rpm";

export interface PackageStep {
  readonly manager: SystemManager;
  /** What each of its installs names, in the order of the script; all literal. */
  readonly installs: readonly (readonly Word[])[];
  /** Whether what is there is brought up to date as well, so that the step is needed whatever it installs. */
  readonly upgrades: boolean;
  /** The options of its installs, and of what else it runs, as one text. */
  readonly options: string;
  /** Whether what packages recommend comes with them. */
  readonly recommends: boolean;
}

const INSTALL: Readonly<Record<SystemManager, string>> = { apt: "install", apk: "add", rpm: "install" };

const CLEANS = ["clean", "autoclean", "autoremove", "cache clean"];

/** Options that leave names as they are, and where packages come from. */
const OPTIONS =
  /^(-[yqfU]+|-q=\d|--(yes|assume-yes|assumeyes|quiet|no-cache|update(-cache)?|no-progress|no-install-(recommends|suggests)|install-recommends|fix-missing|fix-broken|allow-unauthenticated|allow-downgrades|no-upgrade|best|nodocs|setopt=[\w=]+|nobest|refresh))$/;

/** A version that is asked for stands behind the name. */
const NAME = /^[a-z0-9][\w.+-]*(=[\w.:~+*-]+)?$/i;

/** Undefined where a RUN does more than refresh indexes, install packages by name and clean up, or where only the shell knows what. */
export function packageStepOf(script: Script | undefined, invocations: readonly Invocation[]): PackageStep | undefined {
  if (!script || script.unknown !== undefined) return undefined;
  const installs: (readonly Word[])[] = [];
  const options: string[] = [];
  let manager: SystemManager | undefined;
  let upgrades = false;
  for (const command of script.commands) {
    if (!command.inMainShell || !command.unconditional || !isQuiet(command)) return undefined;
    if (isSetting(command)) continue;
    const invocation = invocations.find((each) => each.command === command);
    const { ecosystem, purpose, action = "" } = invocation ?? {};
    if (ecosystem === "files" && purpose === "clean") continue;
    if (ecosystem !== "apt" && ecosystem !== "apk" && ecosystem !== "rpm") return undefined;
    if (manager !== undefined && manager !== ecosystem) return undefined;
    manager = ecosystem;
    if (purpose === "index" || CLEANS.includes(action)) continue;
    if (action === "upgrade" && invocation?.call.args.every((word) => word === action || OPTIONS.test(word ?? ""))) {
      options.push(action);
      upgrades = true;
      continue;
    }
    const found = action === INSTALL[manager] ? installIn(command, manager) : undefined;
    if (!found) return undefined;
    installs.push(found.packages);
    options.push(...found.options);
  }
  if (!manager || installs.flat().length === 0) return undefined;
  const said = options.join(" ");
  const declines = /--no-install-recommends|Install-Recommends=(0|false|no)/i.test(said);
  return { manager, installs, upgrades, options: said, recommends: manager === "apt" && !declines };
}

/** Assignments, options of the shell, and words for the log. */
function isSetting({ words, assignments, name }: Command): boolean {
  if (words.length === 0) return assignments.every((assignment) => assignment.name === "DEBIAN_FRONTEND");
  if (name === "export") return words.slice(1).every(({ raw }) => raw.startsWith("DEBIAN_FRONTEND="));
  return name === "set" || name === "true" || name === "echo";
}

function isQuiet({ redirects }: Command): boolean {
  return redirects.every(({ target }) => target === undefined || /^(\/dev\/null|[12]|&[12])$/.test(target.raw));
}

function installIn(command: Command, manager: SystemManager) {
  const call = callOf(command);
  if (!call || [...call.env.keys()].some((name) => name !== "DEBIAN_FRONTEND")) return undefined;
  const packages: Word[] = [];
  const options: string[] = [];
  const words = command.words.slice(command.words.length - call.args.length);
  let isNamed = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const { literal } = word;
    if (literal === undefined) return undefined;
    if (!literal.startsWith("-")) {
      if (!isNamed && literal === INSTALL[manager]) isNamed = true;
      else if (isNamed && NAME.test(literal) && !literal.endsWith("-")) packages.push(word);
      else return undefined;
    } else if (takesValue(literal, words[at + 1]?.literal, manager)) options.push(literal, words[++at]!.literal!);
    else if (OPTIONS.test(literal) || (manager === "apk" && literal.startsWith("--virtual="))) options.push(literal);
    else return undefined;
  }
  return { packages, options };
}

function takesValue(option: string, value: string | undefined, manager: SystemManager): boolean {
  if (value === undefined) return false;
  if (manager === "apk") return /^(-t|--virtual)$/.test(option);
  return manager === "apt" && option === "-o" && /^(Dpkg|DPkg|Acquire|APT::Install)[\w:-]*=/.test(value);
}
