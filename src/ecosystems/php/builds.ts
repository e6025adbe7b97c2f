/** What of a PHP project its container needs: Composer's packages, and the sources as they are. */
import { Decline } from "../decline.ts";
import { filledOf, interpretedApp } from "../interpreted-app.ts";
import { objectOf, parseJson } from "../node/manifest.ts";
import type { BuildWork, BuiltApp, WorkCommand } from "../types.ts";
import { artisanOutputs } from "./artisan.ts";

/** Throws a `Decline` where a command may write anything. */
export function builtPhpApp(work: BuildWork): BuiltApp {
  const missing = ["composer.json", "composer.lock"].find((name) => !work.project.has(name));
  if (missing !== undefined) throw new Decline("no-manifest", `the project has no ${missing}`);
  const config = objectOf(objectOf(parseJson(work.project.read("composer.json") ?? "{}"))?.config);
  if (config?.["vendor-dir"] !== undefined || config?.["bin-dir"] !== undefined)
    throw new Decline("outputs-unknown", "composer.json says where packages go");
  // What Laravel makes ahead lies in the project, which crosses as it is.
  const isInstall = ({ invocation }: WorkCommand) => artisanOutputs(invocation.call, work.project) === undefined;
  const isForProduction = work.commands
    .filter(isInstall)
    .every(({ invocation }) => invocation.call.args.includes("--no-dev"));
  return interpretedApp(work, {
    packages: [...new Set(work.commands.filter(isInstall).flatMap(filledOf))],
    outputs: [],
    isForBuilds: (path) => FOR_BUILDS.test(path),
    toolchain: ["composer", "npm", "npx", "yarn", "vite"],
    // A server whose pages lie at the top gives out all that lies there.
    lists: (code) => work.project.has("index.php") || LISTS.test(code),
    speech: (text) =>
      (isForProduction ? text.replace(FOR_DEVELOPMENT, "") : text).replace(
        /@vite\([^)]*\)|\bmix\(\s*["'][^"']*["']\s*\)/g,
        "",
      ),
  });
}

/** What linters and test runners read. Frameworks read composer.json, and some packages composer.lock. */
const FOR_BUILDS =
  /^(phpunit\.xml(\.dist)?|phpstan(-baseline)?\.neon(\.dist)?|psalm\.xml(\.dist)?|rector\.php|\.php-cs-fixer(\.dist)?\.php|\.php_cs(\.dist)?|phpcs\.xml(\.dist)?|\.styleci\.yml|pint\.json|infection\.json5?)$/;

/** Of composer.json: what an install for production doesn't load. */
const FOR_DEVELOPMENT = /"autoload-dev"\s*:\s*\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/;

const LISTS =
  /\b(scandir|glob|opendir|DirectoryIterator)\(\s*(["']\.?\/?\*?["']|__DIR__\s*\)|getcwd\(\)|base_path\(\))/;
