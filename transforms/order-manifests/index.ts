import {
  type Brought,
  checkArguments,
  Decline,
  defineTransform,
  type Edit,
  type Facts,
  gainOf,
  orDeclined,
  type ProjectCall,
  type Proposal,
  projectCall,
  type Stage,
  saidCall,
  sliceOf,
  stepsBehindCopies,
  wherever,
} from "../../src/transform/index.ts";
import { editsOf, isCut } from "./compose.ts";
import { type Move, moveFor } from "./plan.ts";

/** A move, or why there is none. */
type Finding =
  | { readonly move: Move; readonly facts: Facts; readonly wherever?: boolean }
  | { readonly install: ProjectCall; readonly decline: Decline };

export default defineTransform<Finding>({
  name: "order-manifests",
  summary: "Copy manifests and install before the sources, so that an edit of the sources does not install again",
  phase: "order",
  promise: "same-image",
  status: "preview",
  since: "next",
  examples: ["npm-ci", "install-and-build", "pip-requirements"],

  *find(facts) {
    for (const stage of facts.stages) {
      const finding = findingAnywhere(stage, facts);
      if (finding) yield { at: installOf(finding).step.instruction.span, data: finding };
    }
  },

  rewrite({ data }): Proposal {
    const { invocation, step } = installOf(data);
    return orDeclined(() => proposalFor(data), step.script?.source.toSourceSpan(invocation.command.span));
  },
});

function proposalFor(finding: Finding): Proposal {
  if ("decline" in finding) throw finding.decline;
  const { move, facts } = finding;
  checkArguments(
    move.manifests.map(({ copy }) => copy),
    facts,
  );
  const edits = editsOf(move);
  checkGain(move, edits, facts);
  return { edits, why: reasonOf(move), wherever: finding.wherever ?? false };
}

/** Where it is not known in which folder the install runs: what is found wherever the base image works. */
function findingAnywhere(stage: Stage, facts: Facts): Finding | undefined {
  const finding = findingIn(stage, facts);
  if (!finding || !("decline" in finding) || finding.decline.code !== "unknown-folder") return finding;
  const found = wherever(stage, facts, findingIn, isSame);
  return found === "nothing" ? undefined : found ? { ...found, wherever: true } : finding;
}

function isSame(one: Finding, other: Finding): boolean {
  const said = (finding: Finding) => {
    try {
      if ("decline" in finding) return finding.decline.message;
      return editsOf(finding.move);
    } catch (error) {
      if (!(error instanceof Decline)) throw error;
      return error.message;
    }
  };
  return JSON.stringify(said(one)) === JSON.stringify(said(other));
}

/** The first install of the stage that comes after sources: the others can't pass it. */
function findingIn(stage: Stage, facts: Facts): Finding | undefined {
  for (const install of installsOf(stage)) {
    try {
      const move = moveFor(install, facts);
      if (move) return { move, facts };
    } catch (error) {
      if (!(error instanceof Decline)) throw error;
      return { install, decline: error };
    }
  }
  return undefined;
}

/** The first install of each RUN. */
function installsOf(stage: Stage): ProjectCall[] {
  return stepsBehindCopies(stage).flatMap((step) => {
    const invocation = step.invocations.find(({ purpose }) => purpose === "dependencies");
    return invocation ? [projectCall(step, invocation)] : [];
  });
}

function installOf(finding: Finding): ProjectCall {
  return "move" in finding ? finding.move.install : finding.install;
}

/** By the cache model, an edit of something that one of the moved COPYs brings runs less again. An edit of the ignore file never does. */
function checkGain(move: Move, edits: readonly Edit[], facts: Facts): void {
  const { stage } = move.install.step;
  const isMoved = ({ copy }: Brought) => move.moved.includes(copy);
  const others = new Set(move.brought.filter((each) => !isMoved(each)).flatMap(({ places }) => [...places.values()]));
  const isEdited = ([path, source]: readonly [string, string]) =>
    !move.keeps(path) && !others.has(source) && source !== ".dockerignore";
  const edited = move.brought.filter(isMoved).flatMap(({ places }) => [...places].find(isEdited)?.[1] ?? []);
  if (edited.length === 0)
    throw new Decline("no-gain", `what ${saidCall(move.install)} would pass is copied by others before it as well`);
  const gains = edited.map((path) =>
    gainOf(facts, edits, { path, kind: "changed" }, stage.name ?? String(stage.index)),
  );
  // A RUN that is cut counts twice.
  const more = isCut(move) ? 1 : 0;
  if (gains.every((gain) => gain && gain.after.steps >= gain.before.steps + more))
    throw new Decline("no-gain", `an edit of ${edited[0]} would install again all the same`);
}

function reasonOf({ install, moved, dockerfile }: Move): string {
  const copies = moved.map(({ step }) => `\`${sliceOf(dockerfile.source, step.instruction.span)}\``);
  return `${saidCall(install)} comes before ${copies.join(" and ")}, so that an edit of the sources does not install again`;
}
