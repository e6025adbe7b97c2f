/** What leads a command to programs, libraries or settings among the sources: variables, and commands before it that set something up. */
import { posix } from "node:path";
import { pairsView } from "../dockerfile/index.ts";
import { recognise, sendsPrograms } from "../ecosystems/index.ts";
import { isWithin, type ProjectCall, stepsBefore, writesFile } from "../image/index.ts";
import type { Facts, Step } from "../image/types.ts";
import { type Command, folderBefore } from "../shell/index.ts";
import { commandText, quoted } from "./words.ts";

/** That the programs of a language read. What one package manager alone reads is for its ecosystem to know. */
const OF_LANGUAGES =
  /^(NODE_(PATH|EXTRA_CA_CERTS)|PYTHONHOME|JAVA_OPT(ION)?S|(MAVEN|GRADLE|SBT)_(OPTS|ARGS)|(CARGO_BUILD_)?RUSTC\w*|CARGO_TARGET_\w+|PHPRC|PHP_INI_SCAN_DIR)$/;

/** Something that leads `call` to a file of the sources. */
export interface Lead {
  /** A variable's name, or a command. */
  readonly by: string;
  readonly path: string;
}

/** The first that leads `call` to one of `paths` (in the image, to the path in the context). */
export function leadInto(call: ProjectCall, paths: ReadonlyMap<string, string>, facts: Facts): Lead | undefined {
  return programOf(call, paths) ?? variableInto(call, paths, facts) ?? commandInto(call, paths, facts);
}

/** `bin/yarn`: a program of the project's own. */
function programOf({ step, invocation: { call, command } }: ProjectCall, paths: ReadonlyMap<string, string>) {
  const { script, before } = step;
  const cwd = script ? folderBefore(script, command, before.cwd, before.env) : before.cwd;
  const path = call.path.includes("/") ? posix.resolve(cwd ?? "/", call.path) : undefined;
  return path !== undefined && paths.has(path) ? { by: "its path", path } : undefined;
}

function variableInto(
  { step, invocation }: ProjectCall,
  paths: ReadonlyMap<string, string>,
  facts: Facts,
): Lead | undefined {
  const { cwd = "/", shell } = step.before;
  const words = shell.words.filter((word) => word.includes("/")).join(" ");
  const own = invocation.command.assignments.map(
    ({ name, value }) => [name, value?.literal ?? value?.raw.replace(/\$\{?\w+\}?/g, "")] as const,
  );
  for (const [name, value] of [
    ["SHELL", words] as const,
    ...variablesOf(step, facts),
    ...invocation.call.env,
    ...own,
  ]) {
    if (value === undefined || (!/^(PATH|SHELL)$/.test(name) && !sendsPrograms(name) && !OF_LANGUAGES.test(name)))
      continue;
    const places = value.split(name === "PATH" ? ":" : /[\s:;,="']+/).filter((part) => part !== "");
    for (const place of places) {
      const at = posix.resolve(cwd, place);
      const isFound = ([path, source]: readonly [string, string]) =>
        name === "PATH" ? posix.dirname(path) === at && isProgram(path, source, facts) : isWithin(path, at);
      const [path] = [...paths].find(isFound) ?? [];
      if (path !== undefined) return { by: name, path };
    }
  }
  return undefined;
}

/** Of a name that somebody could call a program by. */
function isProgram(path: string, source: string, { context }: Facts): boolean {
  const mode = context?.mode(source);
  return !posix.basename(path).includes(".") && (mode === undefined || (mode & 0o111) !== 0);
}

/** As ENV and ARG have it for `step`, what is not known of a value left out: `/app/bin:$PATH` is `/app/bin:`. */
function variablesOf(step: Step, facts: Facts): [string, string][] {
  const { env } = step.before;
  return stepsBefore(step, facts.stages).flatMap(({ instruction }) => {
    if (instruction.keyword !== "ENV" && instruction.keyword !== "ARG") return [];
    return pairsView(instruction).map(({ name, value }): [string, string] => [
      name.text,
      env.get(name.text) ??
        (value?.text ?? "").replace(
          /\$(?:\{(\w+)[^}]*\}|(\w+))/g,
          (_, braced, plain) => env.get(braced ?? plain) ?? "",
        ),
    ]);
  });
}

/** Of these the words are what they work on, now and not later. */
const AT_ONCE =
  /^(cd|mkdir|chown|chmod|chgrp|rm|rmdir|touch|ls|stat|test|\[|cat|cp|mv|install|sed|tee|find|grep|head|tail)$/;

/** `npm config set cafile /app/certs/ca.pem`, `ln -s /app/bin/node /usr/bin/node`, `export NODE_OPTIONS=--require=./hook.js`. */
function commandInto(call: ProjectCall, paths: ReadonlyMap<string, string>, facts: Facts): Lead | undefined {
  const { step, invocation } = call;
  const earlier = [...stepsBefore(step, facts.stages), step];
  for (const each of earlier) {
    const { script } = each;
    if (each.instruction.keyword !== "RUN") continue;
    const text = each.instruction.args.text;
    if (!script || script.unknown !== undefined) {
      const path = each === step ? undefined : fileNamed(text, undefined, paths);
      if (path !== undefined) return { by: quoted(facts.dockerfile, each.instruction.span), path };
      continue;
    }
    for (const command of script.commands) {
      if (each === step && command.span.start >= invocation.command.span.start) break;
      if (!setsUp(command)) continue;
      // What a step before the COPY calls by a relative path is another file.
      const cwd = folderBefore(script, command, each.before.cwd, each.before.env);
      const written = script.source.text.slice(command.span.start, command.span.end);
      const path = fileNamed(written, cwd, paths);
      if (path !== undefined) return { by: `\`${commandText(command, each)}\``, path };
    }
  }
  return undefined;
}

function setsUp(command: Command): boolean {
  const does = recognise(command);
  if (!does) return true;
  if (["dependencies", "build", "clean"].includes(does.purpose)) return false;
  return !AT_ONCE.test(does.action) && (!/^(echo|printf)$/.test(does.action) || writesFile(command));
}

/** The first of `paths` that a word of `text` names, or a folder with one of them; in `cwd`, where relative words count. */
function fileNamed(text: string, cwd: string | undefined, paths: ReadonlyMap<string, string>): string | undefined {
  for (const word of text.split(/[\s:;,="'()]+/)) {
    if (!word.startsWith("/") && (cwd === undefined || word.startsWith("-") || !/[./]/.test(word))) continue;
    const at = posix.resolve(cwd ?? "/", word);
    const found = [...paths.keys()].find(
      (path) => path === at || (at.split("/").length > 2 && posix.dirname(path) === at),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
