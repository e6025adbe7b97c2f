/** How development dependencies are taken out of node_modules again, without touching what stays. */
import type { BuildContext } from "../../../context/index.ts";
import { Decline } from "../../decline.ts";
import type { Call } from "../../types.ts";
import { leavesPackages } from "../lifecycle.ts";
import { hasBun14, nodeVersion } from "../versions.ts";
import type { Packages } from "./packages.ts";

/** Whether an install leaves development dependencies out. Bun asks its options alone (seen with 1.4). */
export function isProductionOnly(
  { tool, args, env: own }: Call,
  env: ReadonlyMap<string, string | undefined>,
): boolean {
  const said = (pattern: RegExp) => args.some((word) => pattern.test(word ?? ""));
  const next = (option: string) => args[args.indexOf(option) + 1];
  if (said(/^--(production|prod)=false$|^--include=dev$|^--dev$|^-D$/)) return false;
  if (said(/^(--production|--prod|-P|--production=true|--omit=dev|--only=prod(uction)?)$/)) return true;
  if (args.includes("--omit") && next("--omit") === "dev") return true;
  if (args.includes("--only") && /^prod/.test(next("--only") ?? "")) return true;
  if (tool === "bun") return args.includes("-p");
  const set = (name: string) => (own.has(name) ? own.get(name) : env.get(name));
  const names = [...own.keys(), ...env.keys()];
  const omits = names.some((name) => /^npm_config_(omit|only|production)$/i.test(name) && set(name) !== "false");
  return omits || ["production", undefined].includes(names.includes("NODE_ENV") ? set("NODE_ENV") : "unset");
}

/**
 * The command, for the manager that installed. Tried with npm 6, 9 and 11, pnpm 8 to 10 and 12, Yarn 1.22: what stays is not installed
 * anew, so built addons stay; npm and pnpm leave edits inside packages alone. npm runs no scripts of the project; pnpm and Yarn would.
 */
export function pruneCommand(
  manager: string,
  call: Call,
  base: string | undefined,
  project: BuildContext,
  packages: Packages,
): string {
  const carried = call.args.filter((word) => word === "--legacy-peer-deps" || word === "--force" || word === "-f");
  switch (manager) {
    case "npm": {
      // npm 6 knows `--production` alone, and with `--no-save` it takes out nothing. Later ones write package-lock.json anew without
      // it, which fails where the file is another user's.
      const version = nodeVersion(base)?.[0];
      if (packages.isWorkspace && !(version !== undefined && version >= 18))
        throw new Decline("old-npm", "it is not known that npm prunes a workspace, which it does from Node 18 on");
      const how = version !== undefined && version < 16 ? ["--production"] : ["--omit=dev", "--no-save"];
      return ["npm prune", ...how, ...carried].join(" ");
    }
    case "bun":
      // Before 1.4 it takes nothing out: an install for production leaves what is there, and one in an empty folder may put packages elsewhere.
      if (!hasBun14(base))
        throw new Decline(
          "bun-version",
          "Bun takes development dependencies out again from 1.4 on, and its version is not known to be such",
        );
      return "bun prune --production";
    case "pnpm":
      return pnpmCommand(call, project, packages);
    default:
      return yarnCommand(project, packages);
  }
}

/**
 * `pnpm prune` works on one package of a workspace alone. There `pnpm install` takes out what it would not install now and leaves the rest as
 * it is (tried with pnpm 8 to 10: no file is written anew but launchers); without CI it asks first, and what no package has a link to any
 * more it would keep for a week.
 */
function pnpmCommand(call: Call, project: BuildContext, packages: Packages): string {
  const version = Number(/^lockfileVersion:\s*['"]?(\d+)/m.exec(project.read("pnpm-lock.yaml") ?? "")?.[1]);
  if (!(version >= 6))
    throw new Decline(
      "pnpm-version",
      "`pnpm prune` knows `--ignore-scripts` from pnpm 8 on, and pnpm-lock.yaml is not of such a one",
    );
  checkPnpmSettings(project);
  if (packages.manifests.some(({ dependencies }) => dependencies.some(({ name }) => name === "@prisma/client")))
    throw new Decline(
      "generated-in-packages",
      "@prisma/client is generated inside node_modules, which `pnpm prune` may undo",
    );
  if (!packages.isWorkspace) return "pnpm prune --prod --ignore-scripts";
  if (packages.manifest.raw.workspaces !== undefined)
    throw new Decline(
      "workspaces",
      "package.json names packages of a workspace, and pnpm looks for them in pnpm-workspace.yaml",
    );
  const some = call.args.find((word) => /^(-F|--filter)/.test(word ?? ""));
  if (some !== undefined)
    throw new Decline("workspaces", `\`${some}\` installs packages of the workspace that it is not known how to prune`);
  const injected = packages.manifests.find(({ raw }) =>
    /"injected":\s*true/.test(JSON.stringify(raw.dependenciesMeta ?? {})),
  );
  if (injected) throw new Decline("pnpm-settings", `${injected.path} injects a package of the workspace`);
  return "CI=true pnpm install --prod --frozen-lockfile --ignore-scripts --config.modules-cache-max-age=0";
}

/** Of where packages are, and of an install in the container, which would bring back what was taken out. */
function checkPnpmSettings(project: BuildContext): void {
  for (const file of ["pnpm-workspace.yaml", ".npmrc"]) {
    const text = project.read(file) ?? "";
    const setting =
      /^(?:node-?linker["' ]*[:=]["' ]*pnp\b|inject-?workspace-?packages["' ]*[:=]["' ]*true|verify-?deps-?before-?run\b).*/im.exec(
        text,
      )?.[0];
    if (setting !== undefined) throw new Decline("pnpm-settings", `${file} sets \`${setting.trim()}\``);
  }
}

/**
 * Yarn 1 installs once more, for production, which undoes edits inside packages. Berry's `workspaces focus` leaves what stays as it is
 * (tried with Yarn 4.9 and 4.18); before Yarn 4 it was a plugin's, and without `node_modules` packages lie in other places.
 */
function yarnCommand(project: BuildContext, { manifest, manifests, isWorkspace }: Packages): string {
  const lock = project.read("yarn.lock") ?? "";
  const isBerry = /^__metadata:/m.test(lock) || project.has(".yarnrc.yml");
  const hooks = isBerry
    ? ["preinstall", "install", "postinstall"]
    : ["preinstall", "install", "postinstall", "prepare"];
  const isHarmless = (script: string | undefined) => script === undefined || (!isBerry && leavesPackages(script));
  const hook = hooks.find((name) => !manifests.every(({ scripts }) => isHarmless(scripts.get(name))));
  if (hook !== undefined)
    throw new Decline("generated-in-packages", `the ${hook} script may change packages, and Yarn would run it again`);
  if (!isBerry) {
    if (!project.has("yarn.lock"))
      throw new Decline("yarn-version", "without a yarn.lock, it is not known which Yarn installs");
    return "yarn install --production --frozen-lockfile --ignore-scripts --prefer-offline";
  }
  // Yarn 4.0 wrote version 8.
  const version = Number(/^__metadata:\s+version: *(\d+)/m.exec(lock)?.[1]);
  if (!(version >= 8) || /^yarn@[23]\./.test(String(manifest.raw.packageManager ?? "")))
    throw new Decline(
      "yarn-version",
      "Yarn takes development dependencies out again from version 4 on, and yarn.lock is not of such a one",
    );
  if (!/^nodeLinker: *["']?node-modules\b/m.test(project.read(".yarnrc.yml") ?? ""))
    throw new Decline("yarn-linker", ".yarnrc.yml does not have packages in node_modules (`nodeLinker: node-modules`)");
  return `yarn workspaces focus ${isWorkspace ? "--all " : ""}--production`;
}
