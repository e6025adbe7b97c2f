/** What of a PHP project its container needs: Composer's packages, and the sources as they are. */
import { Decline } from "../decline.ts";
import { filledOf, interpretedApp } from "../interpreted-app.ts";
import { objectOf, parseJson } from "../node/manifest.ts";
import type { BuildWork, BuiltApp, WorkCommand } from "../types.ts";
import { artisanOutputs } from "./artisan.ts";
import { listsFolders } from "./listing.ts";
import { placesOf, unknownPlugin } from "./packages.ts";
import { eventsOf, openProject } from "./project.ts";
import { symfonyOutputs, symfonyTask } from "./symfony.ts";
import { argumentsOfInstall, plain, runOf } from "./words.ts";

/** Throws a `Decline` where a command may write anything. */
export function builtPhpApp(work: BuildWork): BuiltApp {
  const missing = ["composer.json", "composer.lock"].find((name) => !work.project.has(name));
  if (missing !== undefined) throw new Decline("no-manifest", `the project has no ${missing}`);
  const config = objectOf(objectOf(parseJson(work.project.read("composer.json") ?? "{}"))?.config);
  if (config?.["vendor-dir"] !== undefined || config?.["bin-dir"] !== undefined)
    throw new Decline("outputs-unknown", "composer.json says where packages go");
  // What Laravel and Symfony make ahead lies in the project, which crosses as it is.
  const aheadOf = ({ invocation: { call }, surroundings }: WorkCommand) =>
    artisanOutputs(call, work.project) ?? symfonyOutputs(call, work.project, surroundings);
  const isInstall = (command: WorkCommand) => aheadOf(command) === undefined;
  const ahead = work.commands.find(({ invocation }) => symfonyTask(invocation.call) !== undefined);
  const unknown = ahead && aheadOf(ahead);
  if (unknown && "unknown" in unknown) throw new Decline("outputs-unknown", unknown.unknown);
  for (const command of work.commands.filter(isInstall)) checkBeside(work, command);
  const isForProduction = work.commands
    .filter(isInstall)
    .every(({ invocation }) => invocation.call.args.includes("--no-dev"));
  const app = interpretedApp(work, {
    packages: [...new Set(work.commands.filter(isInstall).flatMap(filledOf))],
    outputs: [],
    isForBuilds: (path) => FOR_BUILDS.test(path),
    toolchain: ["composer", "npm", "npx", "yarn", "vite"],
    // A server whose pages lie at the top gives out all that lies there.
    lists: (code) => work.project.has("index.php") || listsFolders(code),
    imports: joins,
    speech: (text) =>
      (isForProduction ? text.replace(FOR_DEVELOPMENT, "") : text).replace(
        /@vite\([^)]*\)|\bmix\(\s*["'][^"']*["']\s*\)/g,
        "",
      ),
  });
  return ahead === undefined ? app : { ...app, leavesMore: `php bin/${ahead.invocation.action}` };
}

/**
 * Where sources are copied behind an install, they cross as they lie in the build context: what the install left beside its packages would be lost.
 * Throws a `Decline`.
 */
function checkBeside(
  { project, finished }: BuildWork,
  { invocation: { call }, surroundings: around }: WorkCommand,
): void {
  if (finished.files().every(project.has)) return;
  const surroundings = { ...around, env: new Map([...around.env, ...call.env]) };
  const run = runOf(argumentsOfInstall(plain(call)?.call ?? call), surroundings);
  const opened = openProject(project, "", surroundings, run);
  if ("blocked" in opened) throw new Decline("outputs-unknown", opened.blocked);
  const [event] = run.options.has("--no-scripts") ? [] : eventsOf(opened);
  if (event !== undefined)
    throw new Decline("writes-beside", `the ${event} script of ${opened.manifest} may write into the project`);
  const plugin = unknownPlugin(opened, run);
  if (plugin)
    throw new Decline("writes-beside", `the plugin ${plugin.name} of ${opened.lock} may write into the project`);
  const places = placesOf(opened, run);
  if ("blocked" in places) throw new Decline("outputs-unknown", places.blocked);
  const beside = places.find((place) => place !== opened.vendor);
  if (beside !== undefined) throw new Decline("writes-beside", `composer install puts packages into ${beside} as well`);
}

/** What linters and test runners read. Frameworks read composer.json, and some packages composer.lock. */
const FOR_BUILDS =
  /^(phpunit\.xml(\.dist)?|phpstan(-baseline)?\.neon(\.dist)?|psalm\.xml(\.dist)?|rector\.php|\.php-cs-fixer(\.dist)?\.php|\.php_cs(\.dist)?|phpcs\.xml(\.dist)?|\.styleci\.yml|pint\.json|infection\.json5?)$/;

/** Of composer.json: what an install for production doesn't load. */
const FOR_DEVELOPMENT = /"autoload-dev"\s*:\s*\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/;

/** `resource_path("js/words.json")` of Laravel, and `resource_path()` with what is put behind it. */
function joins(code: string, path: string): boolean {
  const [, inside] = /^resources\/(.+)$/.exec(path) ?? [];
  if (inside === undefined) return false;
  const quoted = inside.replace(/[^\w/-]/g, "\\$&");
  return new RegExp(`\\bresource_path\\(\\s*(["']/?${quoted}(?![\\w.-])|\\)|\\$)`).test(code);
}
