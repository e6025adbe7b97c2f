/** Indexes and caches of distributions' package managers: who takes notice of them, who fills them (ADR 0020). */
import { posix } from "node:path";
import { isUnder } from "../context/index.ts";
import type { Word } from "../shell/index.ts";
import { apk } from "./apk.ts";
import { apt } from "./apt.ts";
import { argumentsOf } from "./call.ts";
import { pacman } from "./pacman.ts";
import { rpm } from "./rpm.ts";
import type { Call, Invocation } from "./types.ts";
import { zypper } from "./zypper.ts";

/** Folders of each manager, absolute. */
const INDEXES: ReadonlyMap<string, readonly string[]> = new Map(
  [apt, apk, rpm, zypper, pacman].map(({ name, declares }) => [name, declares?.caches ?? []] as const),
);

const ALL: readonly string[] = [...INDEXES.values()].flat();

/** Programs that run others, and those that speak with a manager. What a program of the app runs is not known either. */
const OTHERS = /^(xargs|find|env|command|exec|gosu|npx|node|ruby|php|java|add-apt-repository|apt-mark)$/;

/** Subcommands that run a program by its name, or that of the app. */
const RUNNERS =
  /^((poetry|uv|pipenv|pdm|conda|mamba|cargo|go|dotnet) run|(npm|pnpm|yarn|bun) (exec|x|dlx)|bundle exec (?!(rake|rails)( |$)))/;

const REFRESH = /^(apt|apk) update$/;

/** Targets that build and install. What one of the project's own brings in is not known: `make deps`. */
const BUILDS = /^(\w+=.*|all|build|install([-_]\w+)?|test|check|clean|distclean|modules|release)$/;

/** Modules of Python that install, build and look, and call none of the system's package managers. */
const MODULES = /^(pip|venv|virtualenv|ensurepip|build|compileall|pytest|unittest|site|poetry|pipx|uv|spacy|nltk\b.*)$/;

/** Programs that take what lies at a path elsewhere. */
const CARRIERS = /^(cp|mv|ln|tar|zip|rsync)$/;

/**
 * Those of the folders that a command takes no notice of: what it does is the same whatever is in them.
 * @param cwd where it runs, absolute; undefined where that is not known, which is as good as the root
 */
export function unseenBy(invocation: Invocation, cwd = "/"): readonly string[] {
  if (invocation.call.tool === "cd" || invocation.call.tool === "rm") return indexesUnseenBy(invocation);
  const { args } = invocation.call;
  if (CARRIERS.test(invocation.call.tool) && invocation.command.words.some(isAnyPath)) return [];
  const named = args.flatMap((word) => /^(?:-\w(?=\/)|[\w-]+=)?(.+)$/.exec(word ?? "")?.[1] ?? []);
  const places = [...(cwd === "/" ? [] : [cwd]), ...named.map((word) => posix.resolve(cwd, word))];
  return indexesUnseenBy(invocation).filter((path) => !places.some((place) => meet(place, path)));
}

function isAnyPath({ literal, raw }: Word): boolean {
  return literal === undefined && /^"?\$/.test(raw);
}

/** Whether one of two folders is in the other; the second is not the root. */
function meet(a: string, b: string): boolean {
  return a === "/" || isUnder(a, b) || isUnder(b, a);
}

function indexesUnseenBy({ ecosystem, action, call }: Invocation): readonly string[] {
  const own = INDEXES.get(ecosystem);
  // A refresh fetches all of an index that is not there, and what cleans leaves nothing of it.
  if (own) return (REFRESH.test(`${ecosystem} ${action}`) && !isPartial(call)) || /\bclean$/.test(action) ? own : [];
  if (OTHERS.test(call.tool) || RUNNERS.test([call.tool, ...call.args].join(" ")) || isScriptOfPython(call)) return [];
  if (/^[gb]?make$/.test(call.tool) && !targetsOf(call).every((word) => BUILDS.test(word ?? ""))) return [];
  return ALL;
}

/** Folders that a command leaves something in: apt needs its index refreshed, others see to theirs when they install. */
export function filledIndexes({ ecosystem, purpose, call }: Invocation): readonly string[] {
  const own = INDEXES.get(ecosystem) ?? [];
  if (purpose === "clean" || call.args.some((word) => word === "--no-cache")) return [];
  return purpose === "index" || ecosystem !== "apt" ? own : own.filter((path) => path !== "/var/lib/apt/lists");
}

/** `apt-get update -o Dir::Etc::sourcelist=…` fetches the index of some sources alone, and may keep those of others. */
function isPartial({ args }: Call): boolean {
  return args.some((word) => word === undefined || /\bdir(::|\b)|list-cleanup|^(-c|--config-file)/i.test(word));
}

/** `python manage.py` and `python -m shop`, as opposed to `python -m pip` and `python setup.py install`. */
function isScriptOfPython({ tool, args: [first, module] }: Call): boolean {
  if (!/^python[\d.]*$/.test(tool)) return false;
  return first === "-m" ? !MODULES.test(module ?? "") : !/(^|\/)setup\.py$/.test(first ?? "");
}

function targetsOf({ args }: Call): readonly (string | undefined)[] {
  return argumentsOf(args, ["-C", "-f", "-I", "-j", "-l", "-o"]).positional;
}
