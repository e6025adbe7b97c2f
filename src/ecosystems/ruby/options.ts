/** The command line of `bundle install`, and the settings that it is told by others. */
import type { BuildContext } from "../../context/types.ts";
import { inFolder } from "../blocked.ts";
import type { Call, Surroundings } from "../types.ts";

/** Options that take the next word, where it is no option. The last three take all such words. */
const VALUED =
  /^(-j|--(jobs|retry|path|gemfile|shebang|trust-policy|target-rbconfig|cooldown|binstubs|standalone|without|with))$/;
const LISTS = /^--(without|with|standalone)$/;

/** Options that neither lead an install to other files nor make it write elsewhere. */
const HARMLESS =
  /^(-j\S*|-V|--(jobs|retry|quiet|verbose|no-color|local|prefer-local|deployment|no-deployment|frozen|no-frozen|without|with|path|system|clean|no-clean|no-cache|no-prune|force|redownload|full-index|gemfile|shebang|no-document))$/;

/** Those that Bundler 2 keeps in its configuration for the commands behind it. */
const REMEMBERED = /^(-j\S*|--(jobs|path|deployment|frozen|without|with|system|no-prune|clean|shebang|no-deployment))$/;

export interface BundleArguments {
  readonly action: string;
  /** By name; a value that only the shell knows is undefined, none is "". */
  readonly options: ReadonlyMap<string, string | undefined>;
  /** The words in the order they came, but for how many jobs there are: that changes nothing. */
  readonly words: readonly string[];
  /** Why the words can't be followed. */
  readonly blocked?: string;
}

export function bundleArguments({ args }: Call): BundleArguments {
  const options = new Map<string, string | undefined>();
  const words: string[] = [];
  let action = "install";
  let blocked: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === undefined) blocked ??= "a word of bundle install is known to the shell alone";
    else if (!word.startsWith("-")) {
      if (at === 0) action = word;
      else blocked ??= `bundle install names ${word}`;
      words.push(word);
    } else {
      const [name = "", glued] = /^(--[^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word];
      const values: (string | undefined)[] = glued === undefined ? [] : [glued];
      while (glued === undefined && VALUED.test(name) && at + 1 < args.length && !args[at + 1]?.startsWith("-")) {
        if (values.length > 0 && !LISTS.test(name)) break;
        values.push(args[++at]);
      }
      options.set(name, values.includes(undefined) ? undefined : values.join(" "));
      if (/^(-j\S*|--jobs)$/.test(name)) continue;
      if (values.includes(undefined)) blocked ??= `the shell decides the value of ${name}`;
      if (!HARMLESS.test(name)) blocked ??= `the option ${name} could make the install read other files`;
      words.push(...(glued === undefined ? [name, ...values.map((value) => value ?? "")] : [word]));
    }
  }
  return { action, options, words, ...(blocked === undefined ? {} : { blocked }) };
}

/** What an install is told, wherever it is told it. */
export interface Settings {
  /** No lock is written. */
  readonly frozen: boolean;
  /** Where gems go, as written; undefined for the gems of the system. */
  readonly path: string | undefined;
  /** It writes its options into `.bundle/config`. */
  readonly remembers: boolean;
  /** The file `.bundle/config` of the project, if it is read. */
  readonly file: string | undefined;
}

/** Variables that name files, or settings of which refit does not know what they do to an install. */
const ELSEWHERE =
  /^BUNDLE_(LOCAL__\w+|PLUGINS|BIN|LOCKFILE|CONFIG|IGNORE_CONFIG|USER_\w+|CACHE_PATH|GLOBAL_GEM_CACHE)$|^(RUBYOPT|RUBYLIB|GEMRC|GEM_SPEC_CACHE)$/;

/** Whether the base is an official image of Ruby: its gems and the settings of Bundler are in `/usr/local/bundle`. */
export function isOfficial(base: string | undefined): boolean {
  return /^(docker\.io\/)?(library\/)?(ruby|jruby)(:|@|$)/.test(base ?? "");
}

export function settingsOf(
  { options }: BundleArguments,
  context: BuildContext,
  folder: string,
  { env, base, cwd }: Surroundings,
): Settings | { readonly blocked: string } {
  const odd = [...env.keys()].find((name) => ELSEWHERE.test(name) && env.get(name) !== "");
  if (odd !== undefined) return { blocked: `the environment sets ${odd}` };
  for (const name of ["GEM_HOME", "GEM_PATH", "BUNDLE_APP_CONFIG"]) {
    const value = env.get(name) ?? "";
    const isOutside = value.startsWith("/") && cwd !== undefined && !`${value}/`.startsWith(`${cwd}/`);
    if (env.has(name) && !isOutside) return { blocked: `${name} may lead into the project` };
  }
  const outside = isOfficial(base) || env.has("BUNDLE_APP_CONFIG");
  const path = inFolder(folder, ".bundle/config");
  const own = !outside && context.has(path) ? configOf(context.read(path) ?? "") : new Map<string, string>();
  const unknown = [...own.keys()].find((name) => ELSEWHERE.test(name));
  if (unknown !== undefined) return { blocked: `${path} sets ${unknown}` };

  const setting = (name: string): string | undefined =>
    own.get(name) ?? (env.has(name) ? (env.get(name) ?? "?") : undefined);
  const isOn = (name: string) => !/^(false|f|no|n|0|)$/i.test(setting(name) ?? "");
  const deployment = options.has("--deployment") || isOn("BUNDLE_DEPLOYMENT");
  const said = options.has("--path") ? options.get("--path") : setting("BUNDLE_PATH");
  if (said !== undefined && !/^\/?[\w.-]+(\/[\w.-]+)*\/?$/.test(said))
    return { blocked: "it is not known where bundle install puts gems" };
  const isSystem = options.has("--system") || isOn("BUNDLE_PATH__SYSTEM");
  return {
    frozen: options.has("--frozen") || deployment || isOn("BUNDLE_FROZEN"),
    path: isSystem ? undefined : (said ?? (deployment ? "vendor/bundle" : undefined)),
    remembers: !outside && [...options.keys()].some((name) => REMEMBERED.test(name)),
    file: !outside && context.has(path) ? ".bundle/config" : undefined,
  };
}

/** The lines `BUNDLE_PATH: "vendor/bundle"` of a configuration. */
function configOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^(BUNDLE_\w+): *"?(.*?)"? *$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}
