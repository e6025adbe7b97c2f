/** What a container of the stage starts, from CMD, ENTRYPOINT and HEALTHCHECK, and what that names. */
import { posix } from "node:path";
import {
  Decline,
  type Instruction,
  isUnder,
  Running,
  type Stage,
  type Start,
  type Step,
  sliceOf,
  wordsIn,
} from "../../src/transform/index.ts";
import type { App } from "./app.ts";
import { type Landing, landingOf, projectView } from "./layout.ts";

/** Words of what the container runs and of the steps of the runtime stage: files that they name must be there. */
export function wordsOf(app: App, source: string): readonly string[] {
  const { stage, plan, context, landings, packages } = app;
  const later = [...plan.roles].filter(
    ([{ instruction }, role]) => role !== "build" && ["COPY", "ADD"].includes(instruction.keyword),
  );
  const others = later.flatMap(([step]) => tryLanding(step, app));
  const scripts = new Map(others.flatMap(({ files }) => [...files]));
  const outside = (word: string) => {
    const path = FOLDERS.map((folder) => scripts.get(`${folder}${word}`)).find((found) => found !== undefined);
    return path === undefined ? undefined : context.read(path);
  };
  const settings = stage.steps.filter(({ instruction }) => instruction.keyword === "ENV");
  const local = settings.some(({ instruction }) => /\bPATH\b.*node_modules\/\.bin/.test(instruction.args.text));
  const running = new Running(projectView(context, plan.project, [...landings, ...others]), packages, outside);
  for (const start of startsOf(stage)) running.follow(start, local);
  for (const file of running.files) checkFile(file, app);
  const kept = [...plan.roles].filter(([step, role]) => role === "runtime" || (role === "both" && step.script));
  return [...running.texts, ...kept.flatMap(([step]) => wordsIn(sliceOf(source, step.instruction.span)))];
}

/** Where a word without a path is looked up; a whole path is looked up as it is. */
const FOLDERS = ["", "/bin/", "/usr/bin/", "/usr/local/bin/", "/usr/sbin/", "/usr/local/sbin/"];

/** What `node` runs must come from the build or the context; a path elsewhere is as it was. */
function checkFile(file: string, { view, build, plan }: App): void {
  const path = posix.relative(plan.project, posix.resolve(plan.project, file));
  if (path.startsWith("../") || build.outputs.some((output) => isUnder(path, output) || isUnder(output, path))) return;
  const isThere = ["", ".js", ".cjs", ".mjs", "/index.js"].some((end) => view.has(`${path}${end}`));
  if (!isThere)
    throw new Decline(
      "start-unknown",
      `the container starts ${file}, which no known output and no file of the context is`,
    );
}

/** Where a COPY that is no part of the build puts files; nothing where that can't be told. */
function tryLanding(step: Step, { context, plan }: App): readonly Landing[] {
  try {
    return [landingOf(step, context, plan.project)];
  } catch (error) {
    if (error instanceof Decline) return [];
    throw error;
  }
}

function startsOf({ steps }: Stage): readonly Start[] {
  const last = (keyword: string) => steps.findLast(({ instruction }) => instruction.keyword === keyword)?.instruction;
  const [cmd, entrypoint, healthcheck] = [last("CMD"), last("ENTRYPOINT"), last("HEALTHCHECK")];
  const main = mainOf(entrypoint, cmd);
  if (!main)
    throw new Decline(
      "no-command",
      "the file has no CMD or ENTRYPOINT, so what the container runs is decided elsewhere",
    );
  if (isIdle(main))
    throw new Decline("no-command", "the container waits for someone to run something in it, which refit can't know");
  const check = healthcheck && checkOf(healthcheck);
  return check ? [main, check] : [main];
}

/** A shell form of ENTRYPOINT takes no CMD; an exec form takes its words, or `/bin/sh -c` with its script. */
function mainOf(entrypoint: Instruction | undefined, cmd: Instruction | undefined): Start | undefined {
  if (!entrypoint) return cmd && formOf(cmd);
  const entry = formOf(entrypoint);
  if ("script" in entry || !cmd) return entry;
  const rest = formOf(cmd);
  return { words: [...entry.words, ...("words" in rest ? rest.words : ["sh", "-c", rest.script])] };
}

function formOf({ json, args }: Instruction): Start {
  return json ? { words: json.map(({ value }) => value) } : { script: args.text };
}

/** The command of `HEALTHCHECK CMD …`; undefined for `NONE`. */
function checkOf({ args }: Instruction): Start | undefined {
  const command = /^\s*CMD\s+([\s\S]*)$/i.exec(args.text)?.[1];
  if (command === undefined) return undefined;
  if (!command.startsWith("[")) return { script: command };
  try {
    return { words: JSON.parse(command) };
  } catch {
    return { script: command };
  }
}

/** A bare shell, or a program that only keeps the container alive. */
function isIdle(start: Start): boolean {
  const text = "words" in start ? start.words.join(" ") : start.script.trim();
  return /^((\/usr)?\/bin\/)?(ba|da|a)?sh( -l)?$|^(tail -f \/dev\/null|sleep (infinity|\d{5,}))$/.test(text);
}
