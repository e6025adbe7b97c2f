import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { type Blocker, inFolder } from "./blocked.ts";
import { commandOf } from "./command-text.ts";
import { builtRubyApp, rakeTask, rubyOutputs } from "./ruby/builds.ts";
import { bundleArguments, isOfficial } from "./ruby/options.ts";
import { configPlaces, installPlaces } from "./ruby/places.ts";
import { DEPENDENCY_FILES, type Opened, openInstall } from "./ruby/project.ts";
import { subcommands } from "./subcommands.ts";
import type {
  Call,
  Declaration,
  Ecosystem,
  Fetch,
  Footprint,
  InstallInputs,
  Recognised,
  Surroundings,
} from "./types.ts";

const declares: Declaration = {
  title: "Bundler",
  files: [
    { name: "Gemfile", role: "manifest" },
    { name: "gems.rb", role: "manifest" },
    { name: "*.gemspec", role: "manifest", about: "what the Gemfile's `gemspec` and `path:` lead to" },
    { name: "lib/**/version.rb", role: "manifest", about: "what a gemspec requires" },
    { name: "Gemfile.lock", role: "lock" },
    { name: ".bundle/config", role: "settings" },
    { name: ".ruby-version", role: "settings", about: "where the Gemfile or a version manager reads it" },
    { name: ".tool-versions", role: "settings", about: "the same" },
    { name: "vendor/cache/", role: "sources", about: "gems that the project brings" },
  ],
  readsMore: [
    { what: "a Gemfile that another one evaluates", then: "copied" },
    { what: "a gem in a folder", then: "copied", how: "its gemspec, and the version that it requires" },
    { what: "a gem in a folder with programs", then: "declined", how: "gems can be fetched ahead" },
    { what: "a gem in a folder with extensions", then: "declined" },
    { what: "Ruby code that is more than plain statements", then: "declined" },
    { what: "a plugin", then: "declined" },
    {
      what: "a lock that an install may write anew",
      then: "depends",
      how: "as it is where it is frozen, or else gems are fetched ahead",
    },
  ],
  installs: ["vendor/bundle", "/usr/local/bundle"],
  caches: ["~/.bundle/cache", "/usr/local/bundle/cache"],
  network: "the gem sources and the repositories that the Gemfile names",
  builds: [{ command: "bundle exec rake assets:precompile", outputs: ["public/assets"] }],
  developmentOnly: "Groups of the Gemfile; `BUNDLE_WITHOUT` leaves some out.",
};

const known = subcommands({
  name: "bundler",
  commands: ["bundle", "bundler", "rails", "rake"],
  purposes: {
    dependencies: ["install", "i", "update", "add"],
    build: ["exec", "e", "ex"],
    files: ["config", "check", "lock", "version", "platform"],
    clean: ["clean"],
  },
  declares,
});

/** Ruby's Bundler. Without a subcommand it installs. */
export const bundler: Ecosystem = {
  ...known,
  recognise,
  folderOf,
  footprint,
  installInputs,
  fetchFor,
  filledBy,
  language: "ruby",
  outputsOf: rubyOutputs,
  builtApp: builtRubyApp,
};

/** Gems and settings on the official images. */
function filledBy(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const { action, purpose } = recognise(call) ?? {};
  if (action === "config") return configPlaces(call, surroundings);
  return purpose === "dependencies" && /^i(nstall)?$/.test(action ?? "")
    ? installPlaces(call, surroundings)
    : undefined;
}

function recognise(call: Call): Recognised | undefined {
  if (call.tool === "rails" || call.tool === "rake") {
    const task = rakeTask(call);
    return task?.startsWith("assets:") ? { purpose: "build", action: task } : undefined;
  }
  const isInstall = call.args.length === 0 || call.args[0]?.startsWith("-");
  if (!isInstall) return known.recognise(call);
  if (call.args.some((word) => /^(-v|--version|-h|--help)$/.test(word ?? "")))
    return { purpose: "files", action: "version" };
  return { purpose: "dependencies", action: "install" };
}

/** The folder of the Gemfile that `--gemfile` names. */
function folderOf(call: Call, cwd: string | undefined): string | undefined {
  const { options } = bundleArguments(call);
  if (!options.has("--gemfile")) return cwd;
  const named = options.get("--gemfile");
  return named === undefined || (cwd === undefined && !named.startsWith("/"))
    ? undefined
    : posix.dirname(posix.resolve(cwd ?? "/", named));
}

/** Of `bundle config`, which writes into a home folder, or where an official image has it. */
function footprint(call: Call, { env, base, cwd }: Surroundings): Footprint | undefined {
  if (recognise(call)?.action !== "config" || call.args.includes(undefined)) return undefined;
  if ([...env.keys()].some((name) => /^BUNDLE_(CONFIG|USER_\w+|GEMFILE)$|^RUBY(OPT|LIB)$/.test(name))) return undefined;
  const home = env.has("HOME") ? env.get("HOME") : "/root";
  const own = env.has("BUNDLE_APP_CONFIG")
    ? env.get("BUNDLE_APP_CONFIG")
    : isOfficial(base)
      ? "/usr/local/bundle"
      : undefined;
  if (home === undefined || cwd === undefined || !own?.startsWith("/")) return undefined;
  const writes = [`${home}/.bundle`, `${own}/config`];
  // Their locks say which Bundler it is that runs.
  const lookedFor = DEPENDENCY_FILES.map((name) => posix.join(cwd, name));
  return { reads: [...writes, ...lookedFor], lookedFor, writes, network: false };
}

const CACHE = "vendor/cache";

/** Where an install writes in the project. */
function writesOf({ settings, hasCache }: Opened): string[] {
  const isOutside = settings.path?.startsWith("/");
  return [
    ...new Set([
      // An earlier step may have said so, where nothing says another folder.
      ...(isOutside ? [] : ["vendor/bundle", ...(settings.path === undefined ? [] : [posix.normalize(settings.path)])]),
      ...(settings.remembers ? [".bundle"] : []),
      ...(hasCache && !settings.frozen ? [CACHE] : []),
    ]),
  ];
}

/** Why the install can't run without the sources, be its own answer as it may. */
function blockerOf({ lock, hasLock, settings, programs }: Opened, folder: string): Blocker {
  if (hasLock && !settings.frozen)
    return `bundle install may write ${inFolder(folder, lock)} anew; \`BUNDLE_FROZEN=1\` would not let it`;
  if (programs !== undefined) return `bundle install makes the programs of ${programs} executable`;
  return settings.remembers && settings.file !== undefined
    ? `bundle install writes its options into ${inFolder(folder, settings.file)}`
    : undefined;
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const action = recognise(call)?.action;
  if (action !== "install" && action !== "i")
    return { blocked: `bundle ${action} changes ${inFolder(folder, "Gemfile.lock")}` };
  const opened = openInstall(call, context, folder, surroundings);
  if ("blocked" in opened) return opened;
  const { files, lock, hasLock } = opened;
  const writes = writesOf(opened);
  if (isFetch(call)) {
    return { files, writes: [], fetched: [...placesOf(opened, surroundings), ...writes, CACHE, ".bundle", lock] };
  }
  const blocked = blockerOf(opened, folder);
  if (blocked !== undefined) return { blocked };
  // Into an empty one Bundler puts what it installs (bundler/cli/install.rb).
  return { files, writes: hasLock ? writes : [...writes, lock], fills: opened.hasCache ? [] : [CACHE] };
}

/**
 * The words that tell a fetch from an install that people write. It may change the lock, which the COPY behind it puts back, so that the
 * install behind does the same once more; and it leaves the gems of \`vendor/cache\` to that.
 */
const FETCH = { name: "BUNDLE_FROZEN", value: "false", option: "--no-cache" };

function isFetch(call: Call): boolean {
  return call.env.get(FETCH.name) === FETCH.value && call.args.includes(FETCH.option);
}

/** Where distributions, images and version managers keep gems, with the programs that come with them. */
const SYSTEM_GEMS = [
  ...["/usr/local/bundle", "/var/lib/gems", "/usr/lib/ruby", "/usr/lib64/ruby", "/usr/local/lib/ruby"],
  ...["/usr/share/gems", "/usr/local/share/gems", "/usr/local/lib64/gems", "/usr/local/bin", "/usr/bin"],
  ...["/usr/local/rvm", "/usr/local/rbenv", "/opt/rubies", "~/.rbenv", "~/.rvm", "~/.asdf"],
];

/** Folders of installed gems, and of what Bundler keeps for its user. */
function placesOf({ settings }: Opened, { env, base }: Surroundings): string[] {
  const own = env.get("GEM_HOME") ?? (isOfficial(base) ? "/usr/local/bundle" : undefined);
  const named = [settings.path, own].filter((path) => path !== undefined);
  const gems = named.length > 0 ? named : SYSTEM_GEMS;
  return [...gems, "~/.bundle", "~/.gem", "~/.local/share/gem", "~/.cache/gem"];
}

/** The same install: with what the lock names it is done, and done again behind the sources it has little to do. */
function fetchFor(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Fetch | undefined {
  const { purpose, action } = recognise(call) ?? {};
  if (purpose !== "dependencies" || (action !== "install" && action !== "i")) return undefined;
  const opened = openInstall(call, context, folder, surroundings);
  if ("blocked" in opened) return opened;
  const blocked = blockerOf(opened, folder);
  if (blocked === undefined) return undefined;
  if (!opened.hasLock) return { blocked: `the build context has no ${inFolder(folder, opened.lock)}` };
  if (opened.settings.frozen || call.env.has(FETCH.name)) return { blocked };
  const { words } = bundleArguments(call);
  const said = [
    `${FETCH.name}=${FETCH.value}`,
    call.path,
    ...(words.length === 0 || words[0]?.startsWith("-") ? ["install"] : []),
    ...words,
  ];
  return { command: commandOf([...said, ...(words.includes(FETCH.option) ? [] : [FETCH.option])]) };
}
