/** Where Bundler and RubyGems put gems on the official images, if that is all that they leave. */

import { homeOf } from "../system.ts";
import type { Call, Surroundings } from "../types.ts";
import { bundleArguments, isOfficial } from "./options.ts";

const ELSEWHERE =
  /^BUNDLE_(LOCAL__\w+|PLUGINS|BIN|LOCKFILE|CONFIG|IGNORE_CONFIG|USER_\w+|CACHE_PATH|GEMFILE|PATH__SYSTEM|APP_CONFIG)$|^(RUBYOPT|RUBYLIB|GEMRC|GEM_SPEC_CACHE|GEM_PATH)$/;

/** Where gems are, and Bundler's own settings with them; undefined where that is not known. */
export function gemHome({ env, base }: Surroundings): string | undefined {
  if (!isOfficial(base) || [...env].some(([name, value]) => ELSEWHERE.test(name) && value !== "")) return undefined;
  const home = env.has("GEM_HOME") ? env.get("GEM_HOME") : "/usr/local/bundle";
  return home?.startsWith("/") ? home : undefined;
}

/** Of `bundle install`: an install that is not frozen may write the lock anew, in the project. */
export function installPlaces(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const env = new Map([...surroundings.env, ...call.env]);
  const own = gemHome({ ...surroundings, env });
  const { options, blocked } = bundleArguments(call);
  if (own === undefined || blocked !== undefined || options.has("--gemfile")) return undefined;
  const isOn = (name: string) => env.has(name) && !/^(false|f|no|n|0|)$/i.test(env.get(name) ?? "1");
  const deployment = options.has("--deployment") || isOn("BUNDLE_DEPLOYMENT");
  const isNamed = options.has("--path") || env.has("BUNDLE_PATH");
  const named = options.has("--path") ? options.get("--path") : env.get("BUNDLE_PATH");
  if (isNamed && (named === undefined || !/^\/?[\w.-]+(\/[\w.-]+)*\/?$/.test(named))) return undefined;
  const path = named ?? (deployment && !env.has("GEM_HOME") ? "vendor/bundle" : undefined);
  const frozen = deployment || options.has("--frozen") || isOn("BUNDLE_FROZEN");
  return [...new Set([own, ...(path === undefined ? [] : [path]), ...(frozen ? [] : ["Gemfile.lock"])])];
}

/** Of `bundle config`: the settings of the app lie with the gems, those of the user in a home folder. */
export function configPlaces(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const own = gemHome(surroundings);
  if (own === undefined || call.args.includes(undefined)) return undefined;
  const home = homeOf(surroundings);
  const isLocal = call.args.includes("--local") || (call.args[1] === "set" && !call.args.includes("--global"));
  if (isLocal) return [own];
  return home === undefined ? undefined : [`${home}/.bundle`];
}

const HOME = /^(~|\/root)\/\.bundle(\/cache)?\/?$/;
const GEMS =
  /^(\$\{?(BUNDLE_PATH|GEM_HOME)\}?|\/usr\/local\/bundle)(\/ruby\/[\d.*]+)?\/(cache(\/\*(\.gem)?)?|bundler\/gems\/\*\/\.git)\/?$/;

/**
 * Whether a word of `rm`, as a script has it, is of what an install leaves and no app reads, as the Dockerfile of a new Rails app takes it out: archives of
 * gems, the history of those from Git, and what Bundler keeps for its user.
 */
export function isGemLeftover(raw: string): boolean {
  const path = raw.replaceAll('"', "");
  return HOME.test(path) || GEMS.test(path);
}
