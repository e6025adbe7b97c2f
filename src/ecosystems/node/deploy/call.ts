/**
 * `pnpm deploy DIR`: a package of a workspace in a folder of its own, with all packages that it needs (https://pnpm.io/cli/deploy). It refuses a
 * folder that holds anything, and leaves the workspace as it is (seen with pnpm 8 to 12).
 */
import { posix } from "node:path";
import { argumentsOf } from "../../call.ts";
import type { Call } from "../../types.ts";

export interface Deployment {
  /** Absolute. */
  readonly to: string;
  /** What names the package: its name or its folder. */
  readonly selected: string;
  /** Whether it is told to leave development dependencies out. */
  readonly isProduction: boolean;
  readonly isLegacy: boolean;
}

const VALUED = ["-F", "--filter", "--reporter", "--loglevel"];

/** Options that change nothing of where it writes. */
const HARMLESS =
  /^(-[FrPs]|--(filter|recursive|prod|production|no-optional|legacy|offline|prefer-offline|frozen-lockfile|no-frozen-lockfile|ignore-scripts|force|silent|reporter|loglevel|color|no-color|config\.(inject-workspace-packages|force-legacy-deploy)))$/;

/** Undefined for any other call, and where what goes where is not known. `cwd` is absolute. */
export function deploymentOf({ tool, args }: Call, cwd: string | undefined): Deployment | undefined {
  const { options, positional } = argumentsOf(args, VALUED);
  const [action, folder, ...more] = positional;
  if (tool !== "pnpm" || action !== "deploy" || folder === undefined || more.length > 0) return undefined;
  if ([...options].some(([name, value]) => !HARMLESS.test(name) || value === undefined)) return undefined;
  if (cwd === undefined && !folder.startsWith("/")) return undefined;
  const filters = args.filter((word) => /^(-F|--filter)(=|$)/.test(word ?? ""));
  const selected = options.get("--filter") ?? options.get("-F");
  if (selected === undefined || filters.length > 1 || /^!|[\^[\]]|^\.\.\./.test(selected)) return undefined;
  return {
    to: posix.resolve(cwd ?? "/", folder),
    selected,
    isProduction: ["--prod", "--production", "-P"].some((name) => /^(true)?$/.test(options.get(name) ?? "false")),
    isLegacy: options.has("--legacy") || options.has("--config.force-legacy-deploy"),
  };
}
