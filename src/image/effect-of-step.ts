import { posix } from "node:path";
import { copyView, expandWord, flagNamed, pairsView } from "../dockerfile/index.ts";
import { afterCommand } from "../shell/index.ts";
import { namesIn } from "./arguments.ts";
import { contextCopiesOf, isWithin } from "./context-copies.ts";
import { accountsIn, type Effect, EVERYTHING, NO_EFFECT } from "./effect.ts";
import { effectOfRun } from "./effect-of-run.ts";
import { lineageOf } from "./lineage.ts";
import type { Facts, Stage, Step } from "./types.ts";

const effects = new WeakMap<Step, Effect>();

/** What `step` takes and leaves. Where that is not known, it is everything. */
export function effectOf(step: Step, facts: Facts): Effect {
  const known = effects.get(step);
  if (known) return known;
  const made = madeEffect(step, facts);
  const link = linkOnTheWay(made, step, facts);
  const effect =
    link === undefined
      ? made
      : { ...made, ...EVERYTHING, readsVariable: made.readsVariable, unknown: `${link} is a link` };
  effects.set(step, effect);
  return effect;
}

/** A link that an earlier step made, through which `step` comes to other paths than it names. */
function linkOnTheWay({ reads, writes }: Effect, step: Step, facts: Facts): string | undefined {
  // A RUN may name a link to make it anew; COPY and WORKDIR go through.
  const isOwn = step.instruction.keyword === "RUN";
  const paths = [...reads, ...writes];
  return lineageOf(step.stage, facts.stages)
    .toReversed()
    .flatMap(linksIn)
    .filter(({ by }) => by.stage !== step.stage || by.index <= step.index)
    .find(({ link }) => paths.some((path) => isWithin(path, link) && !(isOwn && path === link)))?.link;
}

interface Link {
  readonly link: string;
  readonly by: Step;
}

const made = new WeakMap<Stage, readonly Link[]>();

/** What `ln` makes in a stage. */
function linksIn(stage: Stage): readonly Link[] {
  const known = made.get(stage) ?? stage.steps.flatMap((by) => linksOf(by).map((link) => ({ link, by })));
  made.set(stage, known);
  return known;
}

function linksOf({ invocations, script, before }: Step): readonly string[] {
  const links: string[] = [];
  let { cwd } = before;
  for (const command of script?.commands ?? []) {
    const { call } = invocations.find((each) => each.command === command) ?? {};
    const path = call?.tool === "ln" ? call.args.at(-1) : undefined;
    if (path !== undefined) links.push(posix.resolve(cwd ?? "/", path));
    cwd = afterCommand(cwd, command);
  }
  return links;
}

function madeEffect(step: Step, facts: Facts): Effect {
  const { instruction } = step;
  const { start, end } = instruction.span;
  // Heredocs included.
  const named = namesIn(facts.dockerfile.source.slice(start, end));
  const plain: Effect = { ...NO_EFFECT, readsVariable: (name) => named.has(name) };
  const shell = instruction.json ? [] : ["shell"];
  switch (instruction.keyword) {
    case "RUN":
      return effectOfRun(step, facts);
    case "COPY":
    case "ADD":
      return { ...plain, ...effectOfCopy(step, facts), readsVariable: plain.readsVariable };
    case "WORKDIR":
      return { ...plain, ...effectOfWorkdir(step, facts), readsVariable: plain.readsVariable };
    case "ENV":
    case "ARG":
      return { ...plain, variables: pairsView(instruction).map(({ name }) => name.text) };
    case "LABEL":
      return { ...plain, sets: pairsView(instruction).map(({ name }) => `LABEL ${name.text}`) };
    case "USER":
      return { ...plain, sets: ["user"] };
    case "SHELL":
      return { ...NO_EFFECT, sets: ["shell"] };
    case "CMD":
    case "ENTRYPOINT":
      // ENTRYPOINT drops the CMD of a base image.
      return { ...NO_EFFECT, uses: shell, sets: ["CMD and ENTRYPOINT"] };
    case "HEALTHCHECK":
      return { ...NO_EFFECT, sets: [instruction.keyword] };
    case "STOPSIGNAL":
    case "MAINTAINER":
      return { ...plain, sets: [instruction.keyword] };
    case "EXPOSE":
      return plain;
    case "ONBUILD":
      return { ...NO_EFFECT, sets: ["ONBUILD"] };
    default:
      // VOLUME: what a later step writes there was lost with older builders.
      return { ...plain, ...EVERYTHING, unknown: `its folder may lose what a later step writes` };
  }
}

function effectOfCopy(step: Step, facts: Facts): Partial<Effect> {
  const { instruction, before } = step;
  const expand = (word: string) => expandWord(word, (name) => before.env.get(name), facts.dockerfile.escape);
  const view = copyView(instruction);
  const text = view && expand(view.destination.text);
  const owner = flagNamed(instruction, "chown")?.value;
  const accounts = owner === undefined ? [] : accountsIn(expand(owner));
  const isRelative = text === undefined || !text.startsWith("/");
  const uses = isRelative ? ["cwd"] : [];
  if (text === undefined || (isRelative && before.cwd === undefined))
    return { ...EVERYTHING, accounts, unknown: `it is not known where \`${instruction.keyword}\` writes` };
  const path = posix.resolve(before.cwd ?? "/", text);
  return { reads: [path], writes: writesOf(step, path, facts), uses, accounts };
}

/** Of a COPY of one folder into the folder `path`: what it brings there, where that is known. The folder itself stays as it is. */
function writesOf(step: Step, path: string, { context, dockerfile }: Facts): readonly string[] {
  const { keyword, flags } = step.instruction;
  const [source, ...more] = contextCopiesOf(dockerfile, [step])[0]?.sources ?? [];
  const isPlain = keyword === "COPY" && flags.every(({ name }) => name === "chown" || name === "chmod");
  if (!context || source === undefined || more.length > 0 || !isPlain) return [path];
  const folder = posix.join("/", source).replace(/\/$/, "").slice(1);
  const names = folder === "" || context.isFolder(folder) ? context.list(folder) : [];
  return names.length === 0 ? [path] : names.map((name) => posix.join(path, name));
}

/** WORKDIR makes its folder, for USER. */
function effectOfWorkdir(step: Step, facts: Facts): Partial<Effect> {
  const { instruction, before, stage, index } = step;
  const path = (stage.steps[index + 1]?.before ?? stage.after).cwd;
  const text = expandWord(instruction.args.text.trim(), (name) => before.env.get(name), facts.dockerfile.escape);
  const accounts = before.user === undefined ? [] : accountsIn(before.user);
  const uses = text?.startsWith("/") ? ["user"] : ["cwd", "user"];
  if (path === undefined) return { ...EVERYTHING, sets: ["cwd"], unknown: "it is not known what WORKDIR makes" };
  return { reads: [path], writes: [path], uses, sets: ["cwd"], accounts };
}
