/** Who could tell that a package is not there. */
import { isNodePackage, isNodeTool } from "../node/tooling.ts";
import { isPlainProgram } from "../stamps.ts";
import type { Invocation } from "../types.ts";
import { makesAccounts, mayMakeAccounts, plainName, programsOf } from "./names.ts";

const ON_ACCOUNTS = /^((user|group)(add|mod|del)|(add|del)(user|group))$/;

/** Package managers of languages, and what compiles PHP's extensions: none of them takes notice of Node. */
const OF_OTHERS = ["rubygems", "bundler", "composer", "php-extensions", "fetch"];

/** They run other programs. */
const RUNNERS = ["find", "xargs", "env", "command", "gosu", "exec"];

/**
 * Which of the packages `names`, all for builds, a command could tell from their absence: those of its own program, where it makes
 * an account or installs what may, those that make one, and where it installs what comes from a repository of Node's, those that brought
 * that in. A command that is not known to leave compilers alone sees all of them.
 */
export function packagesSeenBy(
  { call, ecosystem, purpose, action }: Invocation,
  names: readonly string[],
): readonly string[] {
  const { tool } = call;
  const own = names.filter((name) => programsOf(name).includes(tool));
  const accounts = names.filter(makesAccounts);
  if (["apt", "apk", "rpm"].includes(ecosystem)) {
    if (purpose === "index" || /(^| |auto)clean$/.test(action)) return own;
    if (purpose !== "system" || /upgrade|update|build-?dep|module|swap|sync/.test(action)) return names;
    const installed = call.args.filter((word) => word !== action && !word?.startsWith("-"));
    const isInstalled = (name: string) => installed.some((each) => each === undefined || plainName(each) === name);
    const fromNode = names.filter((name) => isNodePackage(name) && isInstalled(name));
    return [...(installed.some((name) => name === undefined || mayMakeAccounts(name)) ? accounts : []), ...fromNode];
  }
  if (ON_ACCOUNTS.test(tool)) return accounts;
  if (ecosystem === "files") return RUNNERS.includes(tool) ? names : own;
  if (isPlainProgram(tool) || purpose === "clean") return own;
  return OF_OTHERS.includes(ecosystem) && purpose !== "build" ? names.filter((name) => !isNodeTool(name)) : names;
}
