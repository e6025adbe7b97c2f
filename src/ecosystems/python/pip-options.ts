/** Options of pip (_internal/cli/cmdoptions.py), on its command line and in the environment. */
import { posix } from "node:path";
import type { Blocker } from "../blocked.ts";
import { type Arguments, argumentsOf } from "../call.ts";
import type { Call, Surroundings } from "../types.ts";

/** Options that name what is installed. */
export const REQUIREMENTS = ["-r", "--requirement", "-c", "--constraint"];
export const LINKS = ["-f", "--find-links"];
export const EDITABLES = ["-e", "--editable"];

/** Options that name a folder, or a file, which pip writes. */
export const WRITTEN = [
  ...["-t", "--target", "--prefix", "--root", "--src", "--source", "--cache-dir", "--log", "--log-file", "--report"],
  ...["-w", "--wheel-dir", "-d", "--dest", "--destination-dir"],
];

/** Options that name a file which pip reads as it is. */
export const READ = ["--cert", "--client-cert"];

/** Options that take the next word as their value. */
export const VALUED = [
  ...REQUIREMENTS,
  ...LINKS,
  ...EDITABLES,
  ...WRITTEN,
  ...READ,
  ...["-i", "--index-url", "--pypi-url", "--extra-index-url", "--trusted-host", "--timeout", "--default-timeout"],
  ...["--retries", "--resume-retries", "--proxy", "--progress-bar", "--no-binary", "--only-binary", "--use-feature"],
  ...["--use-deprecated", "--root-user-action", "--upgrade-strategy", "--exists-action", "--keyring-provider"],
  ...["--platform", "--python-version", "--implementation", "--abi", "--global-option", "--install-option"],
  ...["--build-option", "-C", "--config-settings", "--group", "--python", "-b", "--build"],
];

/** Options that change neither which files of the project an install reads nor where it writes, and those that are looked into. */
const KNOWN =
  /^(-[qUvIrcfietwd]|--(no-cache-dir|no-cache|upgrade|quiet|verbose|requirement|constraint|find-links|editable|target|prefix|root|src|source|wheel-dir|dest|destination-dir|cache-dir|log|log-file|report|cert|client-cert|index-url|pypi-url|extra-index-url|trusted-host|timeout|default-timeout|retries|resume-retries|proxy|disable-pip-version-check|no-warn-script-location|no-warn-conflicts|no-input|prefer-binary|no-binary|only-binary|no-deps|no-dependencies|no-index|pre|progress-bar|use-feature|use-pep517|no-use-pep517|no-build-isolation|check-build-dependencies|root-user-action|break-system-packages|ignore-installed|force-reinstall|upgrade-strategy|require-hashes|no-compile|compile|user|no-user|system|isolated|use-deprecated|no-python-version-warning|no-color|exists-action|ignore-requires-python|require-virtualenv|require-venv|keyring-provider|platform|python-version|implementation|abi|no-clean|global-option|install-option|build-option|config-settings|use-wheel|no-use-wheel|process-dependency-links|dry-run|debug|egg|allow-external|allow-all-external|allow-unverified|no-verify))$/;

/** Short options that stand for themselves, and those that take the rest of their word as a value. */
const BUNDLE = /^-([qUvI]+)(?:([rcfietwdC])(.*))?$/s;
const ATTACHED = /^-([rcfietwdC])(.+)$/s;

/** The words of pip: `python -m pip install -Urdev.txt` as `install -U -r dev.txt`. */
export function pipWords(call: Call): readonly (string | undefined)[] {
  return moduleArguments(call).flatMap((word) => {
    if (word === undefined) return [word];
    const [, flags, option, value] = BUNDLE.exec(word) ?? [];
    if (flags !== undefined)
      return [...[...flags].map((flag) => `-${flag}`), ...(option ? [`-${option}`, ...(value ? [value] : [])] : [])];
    const [, name, rest] = ATTACHED.exec(word) ?? [];
    return name === undefined ? [word] : [`-${name}`, rest];
  });
}

export function pipArguments(words: readonly (string | undefined)[]): Arguments {
  return argumentsOf(words, VALUED);
}

export function unknownPipOption({ options }: Arguments): Blocker {
  const unknown = [...options.keys()].find((name) => !KNOWN.test(name));
  return unknown && `the option ${unknown} could make the install read other files`;
}

/** Options of Python itself, before the module. */
const OF_PYTHON = /^-[bBdEhiIOPqRsSuvVx]+$/;

/** What `python` runs: the module behind `-m`, and the options before it. */
export function moduleOf({ args }: Call): {
  readonly module: string | undefined;
  readonly flags: string;
  readonly at: number;
} {
  let at = 0;
  while (OF_PYTHON.test(args[at] ?? "")) at++;
  const flags = args.slice(0, at).join("");
  return args[at] === "-m" ? { module: args[at + 1], flags, at: at + 2 } : { module: undefined, flags, at };
}

/** The words behind `python -m pip`, or those of pip itself. */
export function moduleArguments(call: Call): Call["args"] {
  return isPython(call) ? call.args.slice(moduleOf(call).at) : call.args;
}

export function isPython({ tool }: Call): boolean {
  return tool.startsWith("python");
}

/** Values of repeatable options, as `-r a` and `--requirement=a`. */
export function valuesOf(words: readonly (string | undefined)[], names: readonly string[]): (string | undefined)[] {
  return words.flatMap((word, index) => {
    if (word === undefined) return [];
    if (names.includes(word)) return [words[index + 1]];
    const name = names.find((name) => name.startsWith("--") && word.startsWith(`${name}=`));
    return name === undefined ? [] : [word.slice(name.length + 1)];
  });
}

/**
 * Requirements files that are named by absolute paths are looked for there, wherever pip runs: the one folder where they all lie, unless pip
 * runs above it in `cwd`.
 */
export function requirementsFolder(
  words: readonly (string | undefined)[],
  cwd: string | undefined,
): string | undefined {
  const named = valuesOf(words, REQUIREMENTS);
  const absolute = named.filter((word) => word?.startsWith("/")) as string[];
  const isBelow = (path: string) => cwd !== undefined && cwd !== "/" && path.startsWith(`${cwd}/`);
  const folders = new Set(absolute.map((path) => posix.dirname(path)));
  const [folder] = folders;
  return absolute.length < named.length || absolute.every(isBelow) || folders.size !== 1 ? undefined : folder;
}

/** Variables that stand for options which name files and folders. */
const OPTION_VARIABLES = [
  ...[
    "REQUIREMENT",
    "CONSTRAINT",
    "FIND_LINKS",
    "TARGET",
    "PREFIX",
    "ROOT",
    "SRC",
    "CACHE_DIR",
    "LOG",
    "REPORT",
    "CERT",
  ],
  ...["CLIENT_CERT", "WHEEL_DIR", "DEST", "EDITABLE"],
];

/** Options that `PIP_` variables set, as words; undefined for a value that is not known. */
export function environmentWords({ env }: Surroundings): (string | undefined)[] {
  return OPTION_VARIABLES.flatMap((name) => {
    if (!env.has(`PIP_${name}`)) return [];
    const option = `--${name.toLowerCase().replaceAll("_", "-")}`;
    const values = env.get(`PIP_${name}`)?.split(/\s+/) ?? [undefined];
    return values.flatMap((value) => (value === "" ? [] : [option, value]));
  });
}

/** Variables that send pip or Python elsewhere, where they name a place in the project, or one that is not known. */
export function environmentBlocker({ env }: Surroundings, isOutside: (path: string) => boolean): Blocker {
  const inside = ["PIP_CONFIG_FILE", "PYTHONUSERBASE"].find(
    (name) => env.has(name) && !isOutside(env.get(name) ?? "."),
  );
  const name =
    inside ?? [...env.keys()].find((key) => /^PIP_(PYTHON|BUILD_CONSTRAINT|GROUP)$|^PYTHON(HOME|STARTUP)$/.test(key));
  return name && `the environment sets ${name}`;
}
