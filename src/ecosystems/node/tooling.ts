/** Tools of Node beside an app of another language: how they get into its image, by packages and by what stands around them. */
import type { Command } from "../../shell/types.ts";
import { argumentsOf, callOf } from "../call.ts";

/** Programs that run JavaScript, or fetch what does. */
export const NODE_PROGRAMS: readonly string[] = [
  ...["node", "nodejs", "npm", "npx", "corepack", "yarn", "yarnpkg", "pnpm", "pnpx", "bun", "bunx", "deno", "pm2"],
  "pm2-runtime",
];

/** Packages of distributions, of NodeSource and of Yarn. */
const PACKAGES: readonly string[] = [
  ...["nodejs", "nodejs-current", "nodejs-lts", "nodejs-legacy", "nodejs-npm", "npm", "yarn", "yarnpkg"],
];

/** Packages of npm's registry whose programs make scripts and styles, or install what does. */
const GLOBAL =
  /^(npm|yarn|pnpm|corepack|gulp|gulp-cli|grunt|grunt-cli|bower|webpack|webpack-cli|vite|rollup|parcel|parcel-bundler|esbuild|less|sass|node-sass|stylus|coffeescript|coffee-script|typescript|babel-cli|@babel\/(cli|core)|uglify-js|clean-css-cli|postcss|postcss-cli|autoprefixer|tailwindcss|cross-env|node-gyp|@angular\/cli|@vue\/cli)$/;

export function isNodePackage(name: string): boolean {
  return PACKAGES.includes(name);
}

/** Whether a package of the distribution or of npm's registry is of no use without Node. */
export function isNodeTool(name: string): boolean {
  return isNodePackage(name) || GLOBAL.test(name);
}

/** What a part of a script brings in for Node, or looks after there. */
export interface Tooling {
  /** The packages that it is about. */
  readonly names: readonly string[];
  /** Whether it brings the index of the system's packages up to date as well. */
  readonly refreshes: boolean;
}

const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/\bnodesource\.com\//, "nodejs"],
  [/\bdl\.yarnpkg\.com\//, "yarn"],
];

/** A repository's script, which installs what it needs itself (github.com/nodesource/distributions). */
const SETUP = /^["']?https?:\/\/(deb|rpm)\.nodesource\.com\/setup(_[\w.${}]+)?["']?$/;

/** Where apt looks for repositories and for their keys. */
const PLACES = /^(\/etc\/apt\/|\/usr\/share\/keyrings\/|\/dev\/null$|&?[12]$|-$)/;

/** Of commands joined by `|`, or of one. Undefined where they may do anything else. */
export function toolingOf(commands: readonly Command[]): Tooling | undefined {
  const calls = commands.map(callOf);
  const [first, second] = calls;
  if (!first) return undefined;
  if (commands.length === 1) {
    const names = managed(first.tool, first.args);
    if (names) return { names, refreshes: false };
  }
  const words = commands.flatMap(({ words, redirects }) => [
    ...words,
    ...redirects.flatMap(({ target }) => target ?? []),
  ]);
  const name = HOSTS.find(([host]) => words.some(({ raw }) => host.test(raw)))?.[1];
  if (name === undefined) return undefined;
  const isFetch = first.tool === "curl" || first.tool === "wget";
  if (isFetch && calls.length === 2 && isShell(second?.tool, second?.args)) {
    const isSetup = commands[0]!.words.some(({ raw }) => SETUP.test(raw));
    return isSetup ? { names: [name], refreshes: words.some(({ raw }) => raw.includes("//deb.")) } : undefined;
  }
  const isKnown = calls.every((call, index) => {
    if (index === 0) return isFetch || call?.tool === "echo";
    return ["apt-key", "gpg", "tee"].includes(call?.tool ?? "");
  });
  return isKnown && commands.every(staysInPlace) ? { names: [name], refreshes: false } : undefined;
}

/** What NodeSource's script installs to work with, and leaves. */
export const SETUP_PACKAGES: readonly string[] = ["apt-transport-https", "gnupg"];

/** Whether apt reads the file at the absolute `path` for one of those repositories alone. */
export function isNodeRepository(path: string): boolean {
  return /^\/(etc\/apt\/(sources\.list\.d|keyrings|trusted\.gpg\.d|preferences\.d)|usr\/share\/keyrings)\/(nodesource|nodejs|nsolid|yarn)[\w-]*(\.\w+)?$/.test(
    path,
  );
}

function isShell(tool: string | undefined, args: readonly (string | undefined)[] = []): boolean {
  return (tool === "bash" || tool === "sh") && args.every((word) => word === "-" || word === "-s");
}

/** Whether a command writes where repositories and keys are, if anywhere. */
function staysInPlace({ words, redirects }: Command): boolean {
  const named = words.filter(({ raw }) => raw.startsWith("/") && !raw.includes("://"));
  const options = words.flatMap(({ raw }, index) =>
    /^(-o|-O|--output|-\w*o)$/.test(raw) ? (words[index + 1] ?? []) : [],
  );
  const targets = redirects.flatMap(({ target }) => target ?? []);
  return [...named, ...options, ...targets].every(
    ({ raw }) => PLACES.test(raw.replaceAll(/["']/g, "")) || isProgram(raw),
  );
}

function isProgram(raw: string): boolean {
  return /^(\/usr)?\/bin\//.test(raw);
}

/** Of a package manager that installs for everyone, cleans up after itself or says its version. */
function managed(tool: string, args: readonly (string | undefined)[]): readonly string[] | undefined {
  if (!NODE_PROGRAMS.includes(tool) || args.includes(undefined)) return undefined;
  const { positional, options } = argumentsOf(args);
  if (["-v", "--version"].includes(args.join(" "))) return [tool];
  const [action, ...rest] = positional as readonly string[];
  if (action === "cache" && rest.length === 1 && /^(clean|clear|rm)$/.test(rest[0]!)) return [tool];
  if (tool === "corepack") return action === "enable" || action === "prepare" ? [tool] : undefined;
  const isGlobal = options.has("-g") || options.has("--global");
  const asked =
    tool === "yarn" && action === "global" && rest[0] === "add"
      ? rest.slice(1)
      : tool === "npm" && isGlobal && /^(i|install|add)$/.test(action ?? "")
        ? rest
        : undefined;
  const names = asked?.map((each) => each.replace(/(?<=.)@.*$/, ""));
  return names && names.length > 0 && names.every((name) => GLOBAL.test(name)) ? names : undefined;
}
