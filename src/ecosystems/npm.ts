import { actionOf, argumentsOf } from "./call.ts";
import type { Call, Ecosystem, Recognised } from "./types.ts";

/** npm's own names and aliases, from its command table (lib/utils/cmd-list.js). */
const INSTALL = ["install", "i", "in", "ins", "inst", "insta", "instal", "isnt", "isnta", "isntal", "isntall", "add"];
const CI = ["ci", "clean-install", "ic", "install-clean", "isntall-clean"];
const BUILD = [
  "run",
  "run-script",
  "rum",
  "urn",
  "test",
  "t",
  "tst",
  "start",
  "exec",
  "x",
  "pack",
  "publish",
  "version",
];
const FILES = ["config", "set", "get", "c", "init", "--version", "-v"];

/** npm, and npx for what it is not looked through. */
export const npm: Ecosystem = { name: "npm", commands: ["npm", "npx", "bunx"], recognise };

function recognise(call: Call): Recognised | undefined {
  if (call.tool !== "npm") return { purpose: "build", action: "exec" };
  const { positional, options } = argumentsOf(call.args, ["--prefix", "--registry", "--loglevel", "-C"]);
  const global = options.has("-g") || options.has("--global") || options.get("--location") === "global";
  const action = actionOf(positional, [...INSTALL, ...CI, ...BUILD, ...FILES, "cache clean", "rebuild", "prune"]);
  if (action === undefined) return undefined;
  if (CI.includes(action)) return { purpose: "dependencies", action: "ci" };
  if (INSTALL.includes(action)) return { purpose: global ? "system" : "dependencies", action: "install" };
  if (BUILD.includes(action)) return { purpose: "build", action };
  if (action === "cache clean") return { purpose: "clean", action };
  return { purpose: FILES.includes(action) ? "files" : "dependencies", action };
}
