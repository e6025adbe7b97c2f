/** What compilers and build systems of C and C++ make, and what of such a project its container needs. */
import { posix } from "node:path";
import { knownBase } from "../../bases/index.ts";
import { type BuildContext, unknown, within } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import { argumentsOf } from "../call.ts";
import { compiledApp, madeByAll, pathsOf } from "../compiled-app.ts";
import { Decline } from "../decline.ts";
import { placeIn } from "../moved.ts";
import type { BuildWork, BuiltApp, Call, Outputs, Surroundings } from "../types.ts";
import { cmakeOutputs, sourceOf } from "./cmake.ts";
import { ARCHIVERS, COMPILERS, compilerOutputs } from "./compile.ts";
import { makeOutputs, withoutJobs } from "./recipes.ts";

/** Scripts that write what `configure` and `make` read. */
const GENERATORS = ["autogen.sh", "autoreconf", "autoconf", "automake", "aclocal", "libtoolize", "bootstrap"];

export function cOutputs(call: Call, project: BuildContext, surroundings: Surroundings): Outputs {
  const { tool, args } = call;
  const { folder = "" } = surroundings;
  const env = new Map([...surroundings.env, ...call.env]);
  if (COMPILERS.includes(tool)) return insideOf(compilerOutputs(args), folder);
  if (ARCHIVERS.includes(tool) || GENERATORS.includes(tool)) return { outputs: [] };
  switch (tool) {
    case "make":
    case "gmake":
      // What `configure` writes makes files below its prefix, and here.
      if (isConfigured(project, folder)) return { outputs: [] };
      return sourceOf(folder, project) === undefined || hasMakefile(project, folder)
        ? makeOutputs(args, project, folder, env)
        : generatedOutputs(args, project, folder);
    case "cmake":
      return cmakeOutputs(args, project, folder);
    case "configure": {
      const prefix = prefixOf(call, surroundings.base);
      return prefix === undefined
        ? unknown("what `make install` puts below the prefix is not known, and the prefix is no folder of its own")
        : { outputs: [prefix] };
    }
    default:
      return unknown(`refit does not know what \`${tool}\` makes`);
  }
}

/** Throws a `Decline` where the container needs more than programs, libraries and files. */
export function builtCApp(work: BuildWork): BuiltApp {
  const { project, folder, commands } = work;
  const outputs = madeByAll(work, "make", ({ invocation: { call, purpose }, surroundings }) =>
    purpose === "clean"
      ? { unknown: `\`${call.tool} clean\` may remove anything` }
      : pathsOf(cOutputs(call, project, surroundings)),
  );
  const prefixes = commands.flatMap(({ invocation: { call }, surroundings }) =>
    call.tool === "configure" ? (prefixOf(call, surroundings.base) ?? []) : [],
  );
  checkInstall(work, prefixes);
  const places = new Set(outputs.map((path) => placeIn(folder, path)));
  return compiledApp(work, {
    outputs: [...places].map((path) => ({ path, isFolder: prefixes.includes(path) })),
    isSource: (path) => SOURCE.test(path),
    speech: (source, path = "") => (CODE.test(path) ? speech(source) : ""),
    toolchain: [...COMPILERS, "make", "gmake", "cmake", "ninja", "meson", "gdb", "ld", "as"],
    left: ["objects"],
  });
}

const CODE = /\.(c|h|cc|cpp|cxx|c\+\+|hh|hpp|hxx|h\.in|s|S|inc)$/;

const SOURCE =
  /\.(c|h|cc|cpp|cxx|c\+\+|hh|hpp|hxx|h\.in|s|S|inc|o|a|d|mk|cmake|am|ac|m4)$|(^|\/)((GNU)?[Mm]akefile(\.in)?|CMakeLists\.txt|CMakePresets\.json|configure|config\.(guess|sub)|autogen\.sh|bootstrap|install-sh|depcomp|missing|ltmain\.sh|compile|meson\.build|meson_options\.txt|\.clang-(format|tidy))$/;

/** Strings, without those of `#include`, and without comments. */
function speech(source: string): string {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/^\s*#\s*include\b.*$/gm, "");
  return (code.match(/"(?:[^"\\\n]|\\.)*"/g) ?? []).join(" ");
}

/** What `make` works by is written by `configure`. */
function isConfigured(project: BuildContext, folder: string): boolean {
  const has = (name: string) => project.has(inFolder(folder, name));
  return !hasMakefile(project, folder) && ["configure", "configure.ac", "configure.in"].some(has);
}

function hasMakefile(project: BuildContext, folder: string): boolean {
  return ["GNUmakefile", "makefile", "Makefile"].some((name) => project.has(inFolder(folder, name)));
}

/** `make` in a folder where CMake wrote the makefile. */
function generatedOutputs(args: Call["args"], project: BuildContext, folder: string): Outputs {
  const goals = withoutJobs(args).filter((word) => !/^[A-Z_]+=/.test(word ?? ""));
  const [goal] = goals;
  if (goals.length > 1 || goal?.startsWith("-")) return unknown(`refit does not follow \`make ${goals.join(" ")}\``);
  return cmakeOutputs(["--build", ".", ...(goals.length > 0 ? ["--target", goal] : [])], project, folder);
}

/** Where everything is installed that is told nothing else. */
const LOCAL = "/usr/local";

/** Whether all that lies in /usr/local of an image was put there by its file. */
function hasNothingLocal(base: string | undefined): boolean {
  const name = base === undefined ? undefined : knownBase(base)?.family.name;
  return name === "debian" || name === "ubuntu" || name === "alpine";
}

/** A prefix that is a folder of its own, which crosses as a whole, or /usr/local where the image has nothing there. */
function prefixOf({ args }: Call, base: string | undefined): string | undefined {
  const { options } = argumentsOf(args, ["--prefix"]);
  const prefix = options.has("--prefix") ? options.get("--prefix") : LOCAL;
  const others = [...options.keys()].some((name) =>
    /^--(\w*bindir|libdir|libexecdir|sysconfdir|localstatedir|datadir|datarootdir|exec-prefix|\w*statedir)$/.test(name),
  );
  const isOwn = prefix !== undefined && /^\/(opt|srv|usr\/local|home|app)\/[\w.-]+\/?$/.test(prefix);
  const isShared = /^\/usr\/local\/(bin|lib|sbin|share|etc|include|man|src|games)\/?$/.test(prefix ?? "");
  if (prefix?.replace(/\/$/, "") === LOCAL && !others) return hasNothingLocal(base) ? LOCAL : undefined;
  return isOwn && !isShared && !others ? posix.normalize(prefix).replace(/\/$/, "") : undefined;
}

/** Below a prefix there is nothing unless it is installed; and what runs lies there. */
function checkInstall({ commands }: BuildWork, prefixes: readonly string[]): void {
  if (prefixes.length === 0) return;
  const installs = commands.some(
    ({ invocation: { call } }) =>
      /^g?make$/.test(call.tool) && call.args.some((word) => /^install(-strip|-exec)?$/.test(word ?? "")),
  );
  const moving = commands.flatMap(({ invocation: { call } }) => call.args).find((word) => MOVES.test(word ?? ""));
  if (moving !== undefined) throw new Decline("outputs-unknown", `\`${moving}\` moves what make installs`);
  if (!installs)
    throw new Decline(
      "outputs-unknown",
      "what `make` makes where `configure` ran is not known, as nothing installs it",
    );
}

const MOVES = /^(DESTDIR|prefix|exec_prefix|bindir|libdir)=/;

/** Outputs of a command that names them from where it runs. */
function insideOf(made: Outputs, folder: string): Outputs {
  if ("unknown" in made) return made;
  const places = made.outputs.map((path) => (path.startsWith("/") ? path : within(folder, path)));
  const outside = places.indexOf(undefined);
  return outside < 0
    ? { outputs: places as string[] }
    : unknown(`the compiler writes to ${made.outputs[outside]}, outside of the project`);
}
