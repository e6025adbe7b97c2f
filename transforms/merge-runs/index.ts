import {
  declinedBy,
  defineTransform,
  type Escape,
  type Facts,
  Joint,
  type Obstacle,
  type Part,
  type Place,
  type Proposal,
  type Stage,
  type Step,
  styleOf,
} from "../../src/transform/index.ts";
import { delimiterClash, type Group, heredocEdits, textEdits } from "./edits.ts";
import { type Options, options } from "./options.ts";
import { commutes, formOf, gather, obstacleBetween } from "./pairs.ts";
import { scriptObstacle } from "./scripts.ts";

/** RUNs that become one, or two neighbours that stay apart. */
type Data = Group | Obstacle;

export default defineTransform<Data, Options>({
  name: "merge-runs",
  summary:
    "Join neighbouring `RUN` instructions, for fewer layers and for files that a later step deletes to leave no trace",
  phase: "merge",
  promise: "same-image",
  status: "preview",
  since: "next",
  examples: ["two-steps", "subshell-for-cd", "set-e-scripts"],
  options,

  *find(facts, chosen) {
    for (const stage of facts.stages) yield* placesIn(stage, facts, chosen);
  },

  rewrite({ data }, { dockerfile }): Proposal {
    if ("code" in data) return declinedBy(data);
    const [first] = data.steps as readonly [Step];
    const style = styleOf(
      dockerfile,
      data.steps.map(({ instruction }) => instruction),
    );
    const edits = formOf(first).startsWith("heredoc")
      ? heredocEdits(dockerfile, data)
      : textEdits(dockerfile, data, style);
    return { edits, why: whyOf(data) };
  },
});

/** Groups as long as they get, from the top; and each pair of neighbours that ends one. */
function* placesIn(stage: Stage, facts: Facts, chosen: Options): Generator<Place<Data>> {
  for (const [head, ...others] of neighbourhoods(stage)) {
    let group: Step[] = [head];
    let gathered = gather(head, facts);
    let joint: Joint | undefined;
    for (const step of others) {
      const left = group.at(-1) as Step;
      let obstacle: Obstacle | undefined =
        obstacleBetween(gathered, step, facts, chosen) ?? scriptObstacle(left, facts);
      if (!obstacle) {
        joint ??= jointOf(group[0] as Step);
        obstacle = step.script && joint?.add(step.script);
      }
      if (!obstacle) {
        group.push(step);
        gathered = gather(step, facts, gathered);
        continue;
      }
      yield* placesOf(group, joint);
      yield { at: step.instruction.span, data: obstacle };
      group = [step];
      gathered = gather(step, facts);
      joint = undefined;
    }
    yield* placesOf(group, joint);
  }
}

function jointOf({ script, before }: Step): Joint | undefined {
  return script && new Joint(script, before);
}

/** RUNs with nothing between them but what commutes with a RUN. */
function* neighbourhoods({ steps }: Stage): Generator<[Step, ...Step[]]> {
  let found: Step[] = [];
  for (const step of steps) {
    if (step.instruction.keyword === "RUN") found.push(step);
    else if (!commutes(step.instruction)) {
      if (found.length > 1) yield found as [Step, ...Step[]];
      found = [];
    }
  }
  if (found.length > 1) yield found as [Step, ...Step[]];
}

function* placesOf(steps: readonly Step[], joint: Joint | undefined): Generator<Place<Data>> {
  const [first, ...others] = steps as readonly [Step, ...Step[]];
  if (others.length === 0 || !joint) return;
  const group: Group = { steps, join: joint.plan() };
  const obstacle = formOf(first).startsWith("heredoc") ? heredocObstacle(group) : undefined;
  if (!obstacle) yield { at: first.instruction.span, data: group };
  else for (const { instruction } of others) yield { at: instruction.span, data: obstacle };
}

/** Nothing is isolated in a heredoc, and the end of one command must be easy to find. */
function heredocObstacle(group: Group): Obstacle | undefined {
  const isolated = group.join.parts.find((part) => part.isolated)?.isolated;
  if (isolated) return { code: "heredoc-escape", reason: isolated.what };
  if (group.steps.some(({ script }) => script?.source.text.includes("\r"))) {
    return { code: "heredoc-carriage-return", reason: "the lines of the heredoc end in a carriage return" };
  }
  if (delimiterClash(group))
    return { code: "heredoc-delimiter", reason: "a line of the second heredoc would end the first" };
  const inner = group.steps.some(({ script }) => script?.source.text.includes("<<"));
  return inner ? { code: "heredoc-within", reason: "there is a heredoc within the heredoc" } : undefined;
}

function whyOf({ steps, join }: Group): string {
  const isolated = join.parts.flatMap(({ isolated }) => isolated ?? []);
  const aside = isolated[0] ? `, with a subshell ${reasonsOf(isolated)}` : "";
  const refreshed = join.parts.some((part: Part) => part.refreshed)
    ? ", and `hash -r` where a program may have moved"
    : "";
  const saved = steps.length - 1;
  return `joins ${steps.length} RUN instructions, which saves ${saved} layer${saved === 1 ? "" : "s"}${aside}${refreshed}`;
}

function reasonsOf(isolated: readonly Escape[]): string {
  const [first, ...more] = isolated as readonly [Escape, ...Escape[]];
  return `because ${first.what}${more.length === 0 ? "" : ` (and ${more.length} more)`}`;
}
