import { argumentsOf } from "./call.ts";
import { gemHome } from "./ruby/places.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, homeFolders, PROGRAM_FOLDERS, systemFootprint } from "./system.ts";
import type { Call, Declaration, Ecosystem, Footprint, Surroundings } from "./types.ts";

const declares: Declaration = {
  title: "RubyGems",
  files: [{ name: "*.gem", role: "sources", about: "packages that `gem install` prefers to those of its source" }],
  readsMore: [{ what: "the path of a package", then: "declined" }],
  installs: ["/usr/local/bundle", "/var/lib/gems"],
  caches: ["~/.gem/specs", "~/.cache/gem", "/var/lib/gems/*/cache"],
  network: "the sources of `~/.gemrc` and of `--source`",
  builds: [{ command: "gem build", outputs: ["*.gem"] }],
};

const VALUED = [
  ...["-v", "--version", "-s", "--source", "-p", "--http-proxy", "-P", "--trust-policy", "--platform", "--document"],
  ...["-B", "--bulk-threshold"],
];

const known = subcommands({
  name: "rubygems",
  commands: ["gem"],
  purposes: {
    system: ["install", "i", "update"],
    files: ["sources", "list", "env"],
    build: ["build"],
    clean: ["cleanup", "uninstall"],
  },
  valued: VALUED,
  declares,
});

/** Ruby's `gem`: packages by name, whatever the app. */
export const rubygems: Ecosystem = { ...known, footprint, filledBy, language: "ruby" };

/** Gems by name, on the official images. */
function filledBy(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const home = gemHome(surroundings);
  return home !== undefined && known.recognise(call)?.action !== "update" && footprint(call, surroundings)
    ? [home]
    : undefined;
}

const FOLDERS = [
  ...[...PROGRAM_FOLDERS, "/usr/local/bundle", "/var/lib/gems", "/tmp", "/var/tmp"],
  ...homeFolders(".gem", ".gemrc", ".bundle", ".local/share/gem", ".local/state", ".cache/gem", ".config/gem"),
];

const HARMLESS =
  /^(-[vspPBNfqV]|--(version|source|http-proxy|trust-policy|platform|document|bulk-threshold|no-document|no-rdoc|no-ri|no-doc|rdoc|ri|force|quiet|silent|verbose|conservative|minimal-deps|prerelease|pre|remote|clear-sources|no-user-install|ignore-dependencies|system|no-update-sources|no-format-executable|wrappers|env-shebang|suggestions|no-suggestions|post-install-message|no-post-install-message|default|norc|backtrace|debug))$/;

/** Of packages installed by name. A package beside the project is no part of it: what installs a project asks whether there is one. */
function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { env } = surroundings;
  if (known.recognise(call)?.purpose !== "system" || hasOtherHome(surroundings)) return undefined;
  const { positional, options } = argumentsOf(call.args, VALUED);
  if ([...options.keys()].some((name) => !HARMLESS.test(name))) return undefined;
  if (positional.some((word) => word === undefined || /\.gem$|\//.test(word))) return undefined;
  if ([...env.keys()].some((name) => /^(RUBYOPT|RUBYLIB|GEMRC|GEM_PATH|GEM_SPEC_CACHE|RUBYGEMS_GEMDEPS)$/.test(name)))
    return undefined;
  const home = env.has("GEM_HOME") ? [env.get("GEM_HOME")] : [];
  if (!home.every((path): path is string => path?.startsWith("/") === true)) return undefined;
  const footprint = systemFootprint(call, [...FOLDERS, ...home], VALUED);
  return footprint && { ...footprint, anywhere: false };
}
