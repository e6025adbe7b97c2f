/** What Rails makes of assets, and what of a Ruby project its container needs. */
import { posix } from "node:path";
import { type BuildContext, isUnder } from "../../context/index.ts";
import { Decline } from "../decline.ts";
import { filledOf, interpretedApp } from "../interpreted-app.ts";
import { runsScripts } from "../node/beside.ts";
import { names } from "../node/runtime/source-text.ts";
import type { BuildWork, BuiltApp, Call, Outputs, WorkCommand } from "../types.ts";
import { listsFolders } from "./listing.ts";

/** The task of `rails`, `rake` and `bundle exec rake`, without assignments; undefined for other programs. */
export function rakeTask(call: Call): string | undefined {
  const words = call.tool.startsWith("bundle") ? call.args.slice(1) : [call.tool, ...call.args];
  const [program, ...args] = words;
  if (program === undefined || !["rails", "rake"].includes(posix.basename(program))) return undefined;
  const tasks = args.filter((word) => word === undefined || !/^[A-Z_]+=|^--trace$/.test(word));
  return tasks.length === 1 ? tasks[0] : undefined;
}

function isBootsnap({ tool, args }: Call): boolean {
  const [program, command, ...words] = tool.startsWith("bundle") ? args.slice(1) : [posix.basename(tool), ...args];
  return program === "bootsnap" && command === "precompile" && !words.some((word) => /^--cache-dir/.test(word ?? ""));
}

/** Gems that make assets, and where (their README files). Sprockets and Propshaft both write public/assets. */
const MAKERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^ {4}(jsbundling-rails|cssbundling-rails) /m, ["app/assets/builds", "node_modules"]],
  [/^ {4}(tailwindcss-rails|dartsass-rails) /m, ["app/assets/builds"]],
  [/^ {4}(webpacker|shakapacker) /m, ["public/packs", "node_modules"]],
  [/^ {4}(vite_rails|vite_ruby) /m, ["public/vite", "node_modules"]],
];

export function rubyOutputs(call: Call, project: BuildContext): Outputs {
  const task = rakeTask(call);
  // Bootsnap's cache of compiled code (lib/bootsnap/cli.rb).
  if (isBootsnap(call)) return { outputs: ["tmp/cache"] };
  if (task !== "assets:precompile") return { unknown: `\`${[call.tool, ...call.args].join(" ")}\` may write anything` };
  const lock = project.read("Gemfile.lock") ?? "";
  const made = MAKERS.flatMap(([gem, places]) => (gem.test(lock) ? places : []));
  return { outputs: [...new Set(["public/assets", "tmp/cache", "log", ...made])] };
}

/** Throws a `Decline` where a command may write anything. */
export function builtRubyApp(work: BuildWork): BuiltApp {
  const { project, folder } = work;
  const missing = ["Gemfile", "Gemfile.lock"].find((name) => !project.has(name));
  if (missing !== undefined) throw new Decline("no-manifest", `the project has no ${missing}`);
  const builds = work.commands.filter(({ invocation, filled }) => !filled && invocation.purpose === "build");
  for (const { invocation } of builds) {
    const made = rubyOutputs(invocation.call, project);
    if ("unknown" in made) throw new Decline("outputs-unknown", made.unknown);
  }
  const places = work.commands.filter((command) => !builds.includes(command)).flatMap(filledOf);
  const isPrecompiled = builds.some(compilesForProduction) && isProduction(work);
  const lock = project.read("Gemfile.lock") ?? "";
  // In production no pipeline compiles what nobody compiled before; elsewhere it does so when a page asks for it.
  const compiles = PIPELINES.test(lock) && !isProduction(work);
  return interpretedApp(compiles ? { ...work, assets: [] } : work, {
    packages: [...new Set(places)].filter((path) => !isUnder(path, folder) || path.endsWith("/vendor/bundle")),
    outputs: [],
    isForBuilds: (path) => FOR_BUILDS.test(path),
    sources: isPrecompiled ? SOURCES.filter((path) => project.isFolder(path)) : [],
    assets: isPrecompiled && !runsScripts(work.finished) ? ASSETS : [],
    toolchain: ["foreman", "guard", "rerun", "dev"],
    lists: listsFolders,
    imports: joins,
    speech: compiles ? withoutComments : speech,
  });
}

function compilesForProduction({ invocation: { call }, surroundings }: WorkCommand): boolean {
  return !isBootsnap(call) && (call.env.get("RAILS_ENV") ?? surroundings.env.get("RAILS_ENV")) === "production";
}

/**
 * The container looks assets up by what was compiled: in production, and with Sprockets where the app says so, since it compiles whatever
 * a page asks for until it is told not to (sprockets-rails, lib/sprockets/railtie.rb; new apps of Rails come with that line).
 */
function isProduction({ project, settings }: BuildWork): boolean {
  const isSet = settings.some((text) => /\b(RAILS|RACK)_ENV[ =]["']?production\b/.test(text));
  const own = withoutComments(project.read("config/environments/production.rb") ?? "");
  const isTold = /\bassets\.compile\s*=\s*false\b/.test(own) && !/\bassets\.compile\s*=(?!\s*false\b)/.test(own);
  return isSet && (isTold || !SPROCKETS.test(project.read("Gemfile.lock") ?? ""));
}

const SPROCKETS = /^ {4}sprockets(-rails)? /m;

/** Sprockets asks for app/assets/config when the app starts. */
const SOURCES = [
  ...["app/javascript", "app/frontend", "app/assets/javascripts", "app/assets/stylesheets"],
  ...["lib/assets/javascripts", "lib/assets/stylesheets", "vendor/assets/javascripts", "vendor/assets/stylesheets"],
];

/** Gems that hand out styles and scripts, made up to date when a page asks for them. */
const PIPELINES = /^ {4}(sprockets|sprockets-rails|propshaft|webpacker|shakapacker|vite_ruby) /m;

/** What a build of assets reads, or leaves, at the top of the project. */
const ASSETS = [
  ...["node_modules", "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", ".yarnrc", ".yarnrc.yml"],
  ...["tailwind.config.js", "postcss.config.js", "babel.config.js", "esbuild.config.js", "esbuild.config.mjs"],
  ...[".browserslistrc", "Procfile.dev", "vite.config.ts", "vite.config.js", ".stylelintrc.json"],
];

const FOR_BUILDS =
  /^(\.rubocop(_todo)?\.yml|\.rspec|Guardfile|\.overcommit\.yml|\.simplecov|\.reek\.yml|cucumber\.yml|Capfile)$|^features\//;

/** `Rails.root.join("app", "assets", "stylesheets")`, `"app/assets/#{kind}"`, `"app/assets/**"`, `"../assets/stylesheets"`. */
function joins(code: string, path: string): boolean {
  const [first = "", ...rest] = path.split("/");
  // Rails looks for previews of mails among the tests, in an environment that shows them.
  if (rest.length === 0) return /^(test|spec)$/.test(first) && /\bshow_previews\s*=\s*true\b/.test(code);
  if (/\.assets(\.load_path\b|\.resolver\b|\[)|\bassets_manifest\.find_sources\b/.test(code)) return true;
  const joined = code.replace(/["']\s*\)?\s*(?:,|\/|\+|\.join\()\s*["']\/?/g, "/");
  if (names(joined, path)) return true;
  const above = posix.dirname(path);
  return (
    rest.length > 1 && (joined.includes(`../${rest.join("/")}`) || new RegExp(`\\b${above}/?["'*{#]`).test(joined))
  );
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, "");
}

/** Without comments, and without what adds folders for compilers to look in. */
function speech(text: string): string {
  return withoutComments(text).replace(/^.*\bassets\.((excluded_)?paths|precompile)\b.*$/gm, "");
}
