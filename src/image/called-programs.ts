/** Which programs a container may run, as far as texts tell: its commands, and the app's own code and scripts. */
import { posix } from "node:path";
import { type KnownBase, knownBase } from "../bases/index.ts";
import {
  hasKnownPackages,
  isCalledByLookup,
  isCalledByPackage,
  isForScripts,
  jdkUser,
  looksForNode,
  NODE_PROGRAMS,
  PYTHON_PROGRAMS,
  runsScripts,
} from "../ecosystems/index.ts";
import type { Redirect } from "../shell/types.ts";
import { isManifest } from "./editable.ts";
import { baseOf } from "./lineage.ts";
import type { Facts } from "./types.ts";

/** Code, scripts and settings that may name a program. */
const TELLING =
  /\.([cm]?[jt]sx?|vue|svelte|py|rb|rake|gemspec|erb|go|rs|php|java|kts?|scala|groovy|clj|cs|fs|vb|swift|hs|exs?|erl|pl|pm|lua|r|jl|dart|c|cc|cpp|cxx|h|hpp|(ba|z)?sh|ya?ml|toml|json|xml|conf|cfg|ini|txt|properties|service|cron(tab)?)$|^\.?[^.]+$/i;

/** Names of packages, not of programs; for the build; for people; packages that an install puts in the place of these; Yarn itself. */
const SILENT =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|[\w.-]+\.lockb?|go\.sum|(.+\.)?Dockerfile(\..+)?|\.dockerignore|\.git\w+|Makefile|LICENSE|tsconfig.*\.json)$|(^|\/)(node_modules|\.yarn|\.git|\.github|tests?|__tests__|spec)\//i;

/** What Mix alone reads, which asks Git about dependencies whenever it starts. */
const MIX_FILES = /(^|\/)mix\.(exs|lock)$/;

/** More than that is too much to read: then everything may be called. */
const MOST_FILES = 3000;

const known = new WeakMap<Facts, (program: string) => boolean>();

/** Names that are no words of a language: where a text has one, it is the program. */
const TELLTALE = ["curl", "git", "unzip", "wget", ...PYTHON_PROGRAMS];

/**
 * Whether what a container of the file runs may call `program`: CMD, ENTRYPOINT and HEALTHCHECK, or the app, in a word of its code or a
 * dependency with such a name (`simple-git`). A shell script names one where a command begins, other code where it starts a process.
 */
export function calledPrograms(facts: Facts): (program: string) => boolean {
  const found = known.get(facts);
  if (found) return found;
  const answers = new Map<string, boolean>();
  let texts: Texts | "too-many" | undefined;
  const called = (program: string): boolean => {
    texts ??= textsOf(facts);
    const answer = answers.get(program) ?? (texts === "too-many" || isCalledIn(texts, program, facts));
    answers.set(program, answer);
    return answer;
  };
  known.set(facts, called);
  return called;
}

function isCalledIn(texts: Texts, program: string, facts: Facts): boolean {
  if (NODE_PROGRAMS.includes(program)) return runsNode(facts, texts);
  return isNamed(program, texts) || isCalledByLibraries(program, facts, texts) || isCompilerAsked(program, facts);
}

interface Telling {
  readonly path: string;
  readonly text: string;
}

interface Texts {
  readonly starts: readonly string[];
  /** The variables that ENV sets. */
  readonly settings: readonly string[];
  /** Shell scripts. */
  readonly scripts: readonly Telling[];
  readonly others: readonly Telling[];
  /** Manifests, locks and the scripts of RUN: they name packages. */
  readonly packages: readonly string[];
}

function textsOf(facts: Facts): Texts | "too-many" {
  const { dockerfile, context, starts: given } = facts;
  const textsOfEach = (...keywords: readonly string[]) =>
    dockerfile.instructions.filter(({ keyword }) => keywords.includes(keyword)).map(({ args }) => args.text);
  const all = context?.files() ?? [];
  const starts = [
    ...textsOfEach("CMD", "ENTRYPOINT", "HEALTHCHECK"),
    ...given.map((start) => ("words" in start ? start.words.join(" ") : start.script)),
  ];
  const files = all.filter((path) => TELLING.test(posix.basename(path)) && !SILENT.test(path));
  if (files.length > MOST_FILES) return "too-many";
  const scripts: Telling[] = [];
  const others: Telling[] = [];
  const inContext = files.map((path) => ({ path, text: context?.read(path) }));
  for (const { path, text } of [...inContext, ...writtenBy(facts)]) {
    if (text === undefined || text.includes("\0")) continue;
    if (/\.(ba)?sh$/.test(path) || /^#!.*\b(ba|da|a)?sh\b/.test(text)) scripts.push({ path, text });
    // Addresses, and what kind a repository is, are no calls.
    else others.push({ path, text: text.replaceAll(/[\w+.-]+:\/\/\S+|\bgit@\S+|"type"\s*:\s*"git"/g, "") });
  }
  const manifests = all.filter(isManifest).flatMap((path) => context?.read(path) ?? []);
  const texts = {
    starts,
    settings: textsOfEach("ENV"),
    scripts,
    others: others.filter(({ path }) => !MIX_FILES.test(path)),
    packages: [...manifests, ...textsOfEach("RUN")],
  };
  return isNamed("mix", texts) ? { ...texts, others } : texts;
}

/** Files that the Dockerfile itself has the text of, whatever they are: a script, for one that does not say. */
function writtenBy({ dockerfile, stages }: Facts): readonly Telling[] {
  // What a RUN begins with is run by it.
  const heredocs = dockerfile.instructions.flatMap(({ keyword, args, heredocs: bodies }) =>
    keyword === "RUN" && args.text.trimStart().startsWith("<<") ? [] : bodies.map(({ content }) => content),
  );
  const echoed = stages
    .flatMap(({ steps }) => steps)
    .flatMap(({ script }) => script?.commands ?? [])
    .filter(({ name, redirects }) => /^(echo|printf)$/.test(name ?? "") && redirects.some(isIntoFile))
    .map(({ words }) => words.slice(1).map(({ literal, raw }) => literal ?? raw.replace(/^["']|["']$/g, "")));
  return [...heredocs, ...echoed.map((words) => words.join("\n").replaceAll("\\n", "\n"))].map((text) => ({
    path: text.startsWith("#!") ? "Dockerfile" : "Dockerfile.sh",
    text,
  }));
}

function isIntoFile({ operator, target }: Redirect): boolean {
  return /^\d*>[>|]?$/.test(operator) && target !== undefined && !/^\/dev\//.test(target.raw);
}

function isNamed(program: string, { starts, settings, scripts, others }: Texts): boolean {
  // An option of another program is none.
  const start = new RegExp(`(^|[^\\w.-])${escaped(program)}(?![\\w+-])`, "i");
  if (starts.some((text) => start.test(text))) return true;
  if (PYTHON_PROGRAMS.includes(program) && others.some(({ path }) => path.endsWith(".py"))) return true;
  const word = wordOf(program);
  if (TELLTALE.includes(program)) return [...scripts, ...others].some(({ text }) => word.test(text));
  const command = new RegExp(
    `(^|[;&|({!\`]|\\b(do|then|else|elif|if|while|until|command( -v)?|exec|nohup|sudo|xargs))\\s*["']?((\\$\\{?\\w+\\}?)?(/[\\w.-]+)*/)?${escaped(program)}(?![\\w+.-])`,
    "m",
  );
  if (scripts.some(({ text }) => command.test(text))) return true;
  const started = new RegExp(
    `${STARTING}\\s*\\(?(\\w+, *)?[\\s[]*[rbf]?["'\`]([^"'\`\\n]*[\\s/;&|])?${escaped(program)}(?![\\w+.-])`,
  );
  const line = new RegExp(`${STARTING_LINE}[^\\n]*[\\s=/;&|"'(]${escaped(program)}(?![\\w+.-])`, "m");
  if (others.some(({ path, text }) => STARTERS.test(path) && line.test(text))) return true;
  const interpreted = new RegExp(`^#!.*[/ ]${escaped(program)}[\\d.]*( |\\r?$)`, "m");
  const named = new RegExp(`["'\`](/[\\w/.-]+/)?${escaped(program)}(\\s[^"'\`]*)?["'\`]`);
  if (others.some(({ text }) => started.test(text) || interpreted.test(text))) return true;
  const computing = others.filter(({ text }) => STARTS_COMPUTED.test(text));
  if (computing.length === 0) return false;
  if (computing.some(({ text }) => named.test(text))) return true;
  // Code may have the command from its settings, or from another file.
  if (!WORDS.test(program) && others.some(({ text }) => named.test(text))) return true;
  const told = new RegExp(`(["'\`]|[:=][ \\t]*["']?)(/[\\w/.-]+/)?${escaped(program)}(?![\\w+.-])`);
  const kept = others.filter(({ path }) => SETTINGS.test(path) && !isManifest(path)).map(({ text }) => text);
  return [...settings, ...kept].some((text) => told.test(text));
}

/** Programs whose names are words of their own. */
const WORDS =
  /^(ant|ar|as|convert|dot|file|find|flex|git|go|identify|install|ld|make|mix|node|patch|size|strip|strings|time|zip)$/;

/** Data, and settings of an app. */
const SETTINGS = /\.(json5?|ya?ml|toml|ini|conf|env|properties|xml)$|(^|\/)\.env[^/]*$/;

/** Whether code of the app asks Java itself for the compiler. */
function isCompilerAsked(program: string, { context }: Facts): boolean {
  return program === "javac" && context !== undefined && jdkUser(context) !== undefined;
}

/** Whether a package of the app needs the program, or a library that it looks up with its help. */
function isCalledByLibraries(program: string, facts: Facts, texts: Texts): boolean {
  const { starts, settings, scripts, others, packages } = texts;
  const isMusl = baseOfApp(facts)?.distribution?.name === "alpine";
  return (
    isCalledByPackage(program, packages, isMusl) ||
    [...starts, ...settings, ...[...scripts, ...others].map(({ text }) => text)].some((text) =>
      isCalledByLookup(program, text, isMusl),
    )
  );
}

/** What the last stage stands on. */
function baseOfApp({ stages }: Facts): KnownBase | undefined {
  const reference = baseOf(stages.at(-1)!, stages);
  return reference === undefined ? undefined : knownBase(reference);
}

/** Languages whose images have no Node of their own, and whose locks tell what an app may call. */
const WITHOUT_NODE: readonly string[] = ["ruby", "php", "elixir"];

/** Whether more than builds may call Node or its package managers: any of them may call the others. */
function runsNode(facts: Facts, texts: Texts): boolean {
  const { starts, scripts, others } = texts;
  const { context } = facts;
  const family = baseOfApp(facts)?.family.name;
  if (!context || !WITHOUT_NODE.includes(family ?? "") || !hasKnownPackages(context)) return true;
  if (looksForNode(context) || runsScripts(context) || starts.some((text) => /\.[cm]?[jt]s\b/.test(text))) return true;
  const isOwn = ({ path }: Telling) => !isForScripts(path);
  const own = { ...texts, scripts: scripts.filter(isOwn), others: others.filter(isOwn) };
  return NODE_PROGRAMS.some((program) => isNamed(program, own));
}

/** What starts a process, in the languages that people write servers in; its command is the first text behind it. */
const STARTING =
  "(\\b(exec(File)?(Sync)?|spawn(Sync)?|[Pp]open|system|run|call|check_(output|call)|getoutput|capture\\w*|shell_exec|passthru|proc_open|ProcessBuilder|Command(Context|::new)?|exec[lv]p?e?)|\\$(?=`))";

/** Settings of what starts processes: supervisors, systemd, cron, a `Procfile`; and how their lines with commands begin. */
const STARTERS = /\.(conf|ini|service|cron(tab)?)$|(^|\/)(Procfile[\w.-]*|[\w.-]*cron[\w.-]*)$|(^|\/)cron\.\w+\//;
const STARTING_LINE = "^\\s*(command|Exec[A-Z]\\w+|[a-z]\\w*:|[*\\d@]\\S*\\s)";

/** What starts a process whose command is put together elsewhere: any text of the file may be that. */
const STARTS_COMPUTED =
  /(\b(system|[Pp]open|spawn(Sync)?|exec(File)?Sync|execFile|exec[lv]p?e?|check_(output|call)|shell_exec|passthru|proc_open|ProcessBuilder|Command(Context|::new)|exec\.Command)|subprocess\.\w+|getRuntime\(\)\.exec)\s*\(\s*(\w+, *)?[&*]?[A-Za-z_]/;

/** `git` in `simple-git`, `"git"` and `git log`; not in `digit` or `.git`. */
function wordOf(program: string): RegExp {
  return new RegExp(`(^|[^\\w.])${escaped(program)}(?![\\w+])`, "i");
}

function escaped(name: string): string {
  return name.replace(/[.+]/g, "\\$&");
}
