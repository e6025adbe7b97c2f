/** Where pip and `python -m venv` put packages, if that is all that they leave. */
import { argumentsOf } from "../call.ts";
import type { Call, Surroundings } from "../types.ts";
import {
  EDITABLES,
  isPython,
  moduleArguments,
  moduleOf,
  pipArguments,
  pipWords,
  unknownPipOption,
  valuesOf,
} from "./pip-options.ts";
import { packagePlaces, userPlace } from "./places.ts";

/** Options of pip that leave something at other places. */
const WRITING = ["--root", "--src", "--source", "--log", "--log-file", "--report", "--dry-run", "--python"];

/**
 * The folders that a call of pip or of `python -m venv` fills; undefined for all other calls, and where they are not known. An editable install of
 * the project leaves more in the project itself: see editable.ts.
 */
export function pipPlaces(call: Call, surroundings: Surroundings): readonly string[] | undefined {
  const module = isPython(call) ? moduleOf(call).module : call.tool.replace(/[\d.]+$/, "");
  if (module === "venv" || module === "virtualenv") return environmentMade(call);
  if (module !== "pip") return undefined;
  const words = pipWords(call);
  const args = pipArguments(words);
  const { options, positional } = args;
  if (positional[0] !== "install" || unknownPipOption(args) !== undefined || call.env.size > 0) return undefined;
  if (WRITING.some((name) => options.has(name)) || words.includes(undefined)) return undefined;
  const editables = valuesOf(words, EDITABLES);
  if (editables.length > 0 && (!editables.every(isItself) || options.has("-C") || options.has("--config-settings")))
    return undefined;
  const [target, ...more] = valuesOf(words, ["-t", "--target", "--prefix"]);
  if (more.length > 0) return undefined;
  if (target !== undefined) return isPlain(target) ? [target] : undefined;
  if (options.has("--user")) {
    const place = userPlace(surroundings);
    return place === undefined ? undefined : [place];
  }
  return packagePlaces(call.path, surroundings);
}

/** Whether a word of `--editable` is the folder that pip runs in, with extras or without: `.`, `.[dev]`. */
export function isItself(word: string | undefined): boolean {
  return /^\.\/?(\[[\w,. -]*\])?$/.test(word ?? "");
}

/** The one folder that `python -m venv` makes. */
function environmentMade(call: Call): readonly string[] | undefined {
  const { options, positional } = argumentsOf(moduleArguments(call), ["--prompt", "-p", "--python"]);
  const [folder, ...more] = positional;
  const known = [...options.keys()].every((name) =>
    /^(--(copies|symlinks|clear|upgrade-deps|system-site-packages|without-pip|prompt|python)|-p)$/.test(name),
  );
  return known && folder !== undefined && more.length === 0 && isPlain(folder) ? [folder] : undefined;
}

function isPlain(path: string): boolean {
  return /^[\w./-]+$/.test(path) && !path.includes("..") && !/^(\/|\.)?$/.test(path);
}
