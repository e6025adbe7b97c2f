import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { type Blocker, homeSettings, inFolder, linkAmong, unknownOption } from "./blocked.ts";
import { commandText } from "./command-text.ts";
import { objectOf } from "./node/manifest.ts";
import { artisanOutputs, artisanTask } from "./php/artisan.ts";
import { builtPhpApp } from "./php/builds.ts";
import { runsInstaller } from "./php/installer.ts";
import { filesOfLocal, inTheWay, localPackages, placesOf, pluginsRead, scanned } from "./php/packages.ts";
import { eventsOf, openProject, type Project, type Run, versionControl } from "./php/project.ts";
import { symfonyOutputs, symfonyTask } from "./php/symfony.ts";
import { argumentsOfInstall, plain, runOf, VALUED } from "./php/words.ts";
import { subcommands } from "./subcommands.ts";
import type { Call, Declaration, Ecosystem, Fetch, InstallInputs, Recognised, Surroundings } from "./types.ts";

const declares: Declaration = {
  title: "Composer",
  files: [
    { name: "composer.json", role: "manifest" },
    { name: "composer.lock", role: "lock" },
    { name: "auth.json", role: "settings", about: "credentials" },
    { name: "composer.phar", role: "settings", about: "Composer itself, where the project brings it" },
  ],
  readsMore: [
    {
      what: "a script for an event, such as `post-install-cmd`",
      then: "declined",
      how: "packages can be fetched ahead",
    },
    { what: "a script for an event of each package", then: "declined" },
    { what: "a `classmap` of the project", then: "declined", how: "packages can be fetched ahead" },
    { what: "an optimized autoloader over `psr-4` or `psr-0`", then: "declined", how: "packages can be fetched ahead" },
    { what: "a plugin that is not known", then: "declined" },
    {
      what: "a package in a folder of the project",
      then: "copied",
      how: "its manifest where it is linked, all of it where it is mirrored",
    },
    { what: "an archive in the project", then: "copied" },
    { what: "`.git` in the build context", then: "declined", how: "packages can be fetched ahead" },
  ],
  installs: ["vendor"],
  caches: ["~/.composer/cache", "~/.cache/composer", "/tmp/cache/files", "/tmp/cache/repo", "/tmp/cache/vcs"],
  // Composer keeps servers out of its home with it (Composer\Factory::createConfig); its installer leaves the keys that it checked it by.
  intermediates: [".htaccess", "keys.*.pub"].flatMap((name) => [`~/.composer/${name}`, `~/.config/composer/${name}`]),
  network: "the repositories that composer.json names, and the hosts of the archives in composer.lock",
  builds: [
    { command: "composer dump-autoload", outputs: ["vendor/autoload.php", "vendor/composer"] },
    { command: "php artisan optimize", outputs: ["bootstrap/cache", "storage/framework/views"] },
    { command: "php bin/console cache:warmup", outputs: ["var"] },
  ],
  developmentOnly: "What `require-dev` and `autoload-dev` name; `--no-dev` leaves it out.",
};

const known = subcommands({
  name: "composer",
  commands: ["composer", "composer.phar", "php"],
  purposes: {
    dependencies: ["install", "i", "update", "u", "upgrade", "require"],
    system: ["global require", "self-update", "selfupdate"],
    build: ["dump-autoload", "dumpautoload", "run-script", "run", "exec"],
    files: ["config"],
    clean: ["clear-cache", "clearcache", "cc"],
  },
  valued: VALUED,
  declares,
});

/** PHP's Composer, as `composer` and as `php composer.phar`. */
export const composer: Ecosystem = {
  ...known,
  recognise,
  folderOptions: ["--working-dir"],
  folderOf,
  installInputs,
  fetchFor,
  filledBy,
  outputsOf: (call, project, surroundings) =>
    artisanOutputs(call, project) ??
    symfonyOutputs(call, project, surroundings) ?? { unknown: `refit does not know what \`${call.tool}\` makes` },
  language: "php",
  builtApp: builtPhpApp,
};

/** Of an install, and of an autoloader that is written: what scripts of the project make lies in the project, or nobody knows where. */
function filledBy(call: Call, { env }: Surroundings): readonly string[] | undefined {
  const { purpose, action } = recognise(call) ?? {};
  if ([...env.keys(), ...call.env.keys()].some((name) => /^COMPOSER(_(VENDOR|BIN)_DIR)?$/.test(name))) return undefined;
  const { options } = argumentsOfInstall(plain(call)?.call ?? call);
  if (options.has("-d") || options.has("--working-dir")) return undefined;
  const isInstall = purpose === "dependencies" && /^i(nstall)?$/.test(action ?? "");
  return isInstall || /^dump-?autoload$/.test(action ?? "") ? ["vendor"] : undefined;
}

/** Options that neither lead an install to other files nor change where it writes. */
const HARMLESS =
  /^(-[nqvoa]|-vv|-vvv|-d|--(working-dir|no-interaction|quiet|verbose|ansi|no-ansi|profile|no-cache|dev|no-dev|prefer-dist|prefer-source|prefer-install|no-progress|no-suggest|no-scripts|no-plugins|no-autoloader|optimize-autoloader|optimize|classmap-authoritative|apcu-autoloader|apcu-autoloader-prefix|ignore-platform-reqs?|audit|audit-format|no-security-blocking|no-blocking))$/;

function recognise(call: Call): Recognised | undefined {
  const inner = plain(call);
  const task = artisanTask(call);
  if (task !== undefined) return { purpose: "build", action: `artisan ${task}` };
  const command = symfonyTask(call);
  if (command !== undefined) return { purpose: "build", action: `console ${command}` };
  if (runsInstaller(call)) return { purpose: "system", action: "installer" };
  return inner && known.recognise(inner.call);
}

function folderOf(call: Call, cwd: string | undefined): string | undefined {
  const { options } = argumentsOfInstall(plain(call)?.call ?? call);
  for (const name of ["-d", "--working-dir"]) {
    if (!options.has(name)) continue;
    const value = options.get(name);
    return value === undefined || (cwd === undefined && !value.startsWith("/"))
      ? undefined
      : posix.resolve(cwd ?? "/", value);
  }
  return cwd;
}

/** An install of a project, as far as both an install and a fetch ask. */
interface Opened {
  readonly project: Project;
  readonly run: Run;
  /** What it reads, whatever else. Relative to the project. */
  readonly files: readonly string[];
  readonly places: readonly string[];
  readonly local: Exclude<ReturnType<typeof localPackages>, { readonly blocked: string }>;
}

function open(
  call: Call,
  context: BuildContext,
  folder: string,
  around: Surroundings,
): Opened | { readonly blocked: string } {
  const inner = plain(call) ?? { call };
  const surroundings = { ...around, env: new Map([...around.env, ...call.env]) };
  const args = argumentsOfInstall(inner.call);
  const action = recognise(call)?.action;
  if (action !== "install" && action !== "i")
    return { blocked: `composer ${args.positional[0]} changes composer.json or composer.lock` };
  if (args.positional.length > 1)
    return { blocked: `composer install names ${args.positional[1] ?? "what only the shell knows"}` };
  const option = unknownOption(args, HARMLESS);
  if (option !== undefined) return { blocked: option };
  const run = runOf(args, surroundings);
  const project = openProject(context, folder, surroundings, run);
  if ("blocked" in project) return project;
  const program = programFile(inner.program ?? (call.path.includes("/") ? call.path : undefined), project);
  const blocked = program.blocked ?? pluginsRead(project, run) ?? homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };
  const places = placesOf(project, run);
  if ("blocked" in places) return places;
  const way = inTheWay(project, places);
  if (way !== undefined) return { blocked: way };
  const local = localPackages(project, run);
  if ("blocked" in local) return local;
  const own = [project.manifest, project.lock, "auth.json"].filter((name) => context.has(inFolder(folder, name)));
  const files = [...own, ...program.files, ...filesOfLocal(project, local)];
  const link = linkAmong(
    context,
    files.map((file) => inFolder(folder, file)),
  );
  return link === undefined ? { project, run, files, places, local } : { blocked: link };
}

/** Composer itself, where the project brings it: an archive that needs no other file. */
function programFile(
  program: string | undefined,
  { context, folder, surroundings: { cwd } }: Project,
): { readonly files: readonly string[]; readonly blocked?: Blocker } {
  if (program === undefined) return { files: [] };
  const path = program.startsWith("/") && cwd !== undefined ? posix.relative(cwd, program) : posix.normalize(program);
  if (!context.has(inFolder(folder, path))) return { files: [] };
  return path.endsWith(".phar")
    ? { files: [path] }
    : { files: [], blocked: `${path} of the project may need other files` };
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const opened = open(call, context, folder, surroundings);
  if ("blocked" in opened) return opened;
  const { project, run, files, places, local } = opened;
  const { lock, packages } = project;
  const [event] = run.options.has("--no-scripts") ? [] : eventsOf(project);
  const blocked =
    (event && `the ${event} script of ${inFolder(folder, project.manifest)} runs at each install`) ??
    scanned(project, run, local) ??
    (isFollowed(call) ? undefined : leftToNext(opened)) ??
    (packages ? undefined : unlocked(project));
  if (blocked !== undefined) return { blocked };
  const isFetch = ["--no-scripts", "--no-autoloader"].every((name) => run.options.has(name));
  if (isFetch && fetchBlocker(opened) === undefined)
    return { files, writes: [], fetched: [...places, ...fetchedCaches(surroundings)] };
  return { files, writes: packages ? places : [...places, lock] };
}

/** What an install makes of the sources, and the next one makes up for. */
function leftToNext({ project, local }: Opened): Blocker {
  const linked = local.packages.find((each) => !each.isCopied && each.package.raw.bin !== undefined);
  return versionControl(project) ?? (linked && `composer makes the programs of ${linked.path} executable`);
}

/** Tells a fetch, which an install follows, from one that people write: the next install says whom to fund. */
const FETCH = { name: "COMPOSER_FUND", value: "0" };

function isFollowed(call: Call): boolean {
  return call.env.get(FETCH.name) === FETCH.value;
}

/** Without a lock, packages in folders are found by their manifests and by what version control says. */
function unlocked({ json, folder, manifest }: Project): Blocker {
  const repositories = Object.values(
    objectOf(json.repositories) ?? (Array.isArray(json.repositories) ? json.repositories : {}),
  );
  const isLocal = repositories.some((each) => {
    const { type, url } = objectOf(each) ?? {};
    return (
      type === "path" ||
      type === "artifact" ||
      (typeof url === "string" && !/^(https?|git|ssh):\/\/|^[\w.-]+@/.test(url))
    );
  });
  return isLocal ? `${inFolder(folder, manifest)} has packages in folders, and there is no lock` : undefined;
}

function fetchedCaches({ env }: Surroundings): string[] {
  const own = ["COMPOSER_HOME", "COMPOSER_CACHE_DIR"].flatMap((name) => env.get(name) ?? []);
  return ["~/.composer", "~/.cache/composer", "~/.config/composer", "/tmp/cache", ...own];
}

/** Events that a fetch would take away from the install behind it, or that would find packages there too early. */
const EARLY = /package|file-download|operations-exec|pool-create|^init$|command|^pre-(install|update)-cmd$/;

/** Why the packages can't be installed ahead without scripts and autoloader, and the rest be left to the install behind. */
function fetchBlocker({ project, run }: Opened): Blocker {
  const { packages, folder, lock, manifest, json } = project;
  if (!packages) return `the build context has no ${inFolder(folder, lock)}, which composer install would write first`;
  const early = run.options.has("--no-scripts") ? undefined : eventsOf(project).find((name) => EARLY.test(name));
  if (early !== undefined)
    return `the ${early} script of ${inFolder(folder, manifest)} runs before packages are installed, or with each`;
  const root = packages.find(({ raw }) => Object.keys(objectOf(raw.require) ?? {}).includes(String(json.name)));
  return root && `${root.name} asks for a version of the project itself`;
}

/** `composer install --no-scripts --no-autoloader`, with the other options as they are. */
function fetchFor(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): Fetch | undefined {
  const { purpose, action } = recognise(call) ?? {};
  if (purpose !== "dependencies" || action === "require") return undefined;
  const opened = open(call, context, folder, surroundings);
  if ("blocked" in opened) return opened;
  const blocked = fetchBlocker(opened);
  if (blocked !== undefined) return { blocked };
  const words: (string | undefined)[] = [
    ...(leftToNext(opened) === undefined ? [] : [`${FETCH.name}=${FETCH.value}`]),
    call.path,
    ...call.args.filter(
      (word) => !/^(-[oa]|--(optimize|optimize-autoloader|classmap-authoritative|apcu-autoloader))$/.test(word ?? ""),
    ),
    ...["--no-scripts", "--no-autoloader"].filter((name) => !call.args.includes(name)),
  ];
  const command = commandText(new Map(), words);
  return command === undefined ? { blocked: "a word of composer install is known to the shell alone" } : { command };
}
