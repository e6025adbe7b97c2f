/** The image that a stage stands on: what must be known of it before the stage is cut in two. */
import {
  type BaseConfig,
  Decline,
  type Facts,
  fromView,
  isUnder,
  knownBase,
  mayHold,
  type Stage,
} from "../../src/transform/index.ts";

/** Programs that start what stands behind them, and nothing else. */
const STARTERS = /^(\/(usr\/)?(local\/)?s?bin\/)?(tini|dumb-init)$/;

export interface StageBase {
  readonly reference: string;
  /** Of an image that is not known by its name. */
  readonly config: BaseConfig | undefined;
}

/** Throws a `Decline` where the image is not known, by its name or its configuration, or does something of its own in the stage or its containers. */
export function stageBase(stage: Stage, reference: string | undefined, facts: Facts): StageBase {
  if (reference !== undefined && isRootImage(reference)) return { reference, config: undefined };
  const answer = reference !== undefined && isFixed(stage, reference, facts) ? facts.images.get(reference) : undefined;
  if (reference === undefined || !answer)
    throw new Decline("base-unknown", `the user of the base image ${reference ?? ""} is not known`);
  if ("unresolved" in answer)
    throw new Decline("base-unknown", `the user of the base image ${reference} is not known: ${answer.unresolved}`);
  const { config } = answer;
  const has = (keyword: string) => stage.steps.some(({ instruction }) => instruction.keyword === keyword);
  if (config.triggers.length > 0)
    throw new Decline(
      "base-triggers",
      `${reference} brings steps of its own into the stage (\`ONBUILD ${config.triggers[0]}\`)`,
    );
  if (!has("ENTRYPOINT") && !handsOn(config.entrypoint))
    throw new Decline(
      "base-starts",
      `what ${config.entrypoint.join(" ")} runs, the entry point of ${reference}, is not known`,
    );
  if (config.checks && !has("HEALTHCHECK"))
    throw new Decline("base-starts", `what the health check of ${reference} runs is not known`);
  return { reference, config };
}

/** Throws a `Decline` where the image may have something in the project folder that the build changes or takes away. */
export function checkProject({ reference, config }: StageBase, project: string): void {
  if (config && mayHold(config, project))
    throw new Decline("base-folder", `${reference} may have files of its own in ${project}`);
  if (config?.volumes.some((path) => isUnder(project, path)))
    throw new Decline("volume", `a volume of ${reference} covers the project folder`);
}

/** Whether an entry point starts what CMD says, and nothing else. */
function handsOn([program, ...words]: readonly string[]): boolean {
  return program === undefined || (STARTERS.test(program) && words.every((word) => word.startsWith("-")));
}

/** Whether the image runs as root where the file names no user. */
function isRootImage(reference: string): boolean {
  // Node's images of Alpine from before there were official ones.
  return knownBase(reference)?.user === "root" || /^(docker\.io\/)?mhart\/alpine-node([:@]|$)/.test(reference);
}

/** Whether no build argument and no build of the project puts another image in its place. */
function isFixed({ from }: Stage, reference: string, { namedContexts }: Facts): boolean {
  const names = [reference, reference.replace(/:latest$/, "")];
  return !fromView(from)?.image.text.includes("$") && !names.some((name) => namedContexts.has(name));
}
