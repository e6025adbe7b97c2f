import {
  checkArguments,
  Decline,
  defineTransform,
  type Facts,
  gainOf,
  isUnder,
  orDeclined,
  type ProjectCall,
  type Proposal,
  projectCall,
  quoted,
  type Stage,
  saidCall,
  stepsBehindCopies,
  tooLittleToSpare,
  wherever,
} from "../../src/transform/index.ts";
import { editsOf } from "./compose.ts";
import { type Ahead, aheadOf } from "./plan.ts";

/** What can be fetched ahead of a command, or why nothing can. */
type Finding = { readonly call: ProjectCall; readonly facts: Facts; readonly wherever?: boolean } & (
  | { readonly ahead: Ahead }
  | { readonly decline: Decline }
);

export default defineTransform<Finding>({
  name: "fetch-dependencies",
  summary:
    "Download dependencies before the sources are copied, so that an edit of the sources does not download them again",
  phase: "order",
  promise: "same-image-less-caches",
  status: "preview",
  since: "next",
  examples: ["go-build"],

  *find(facts) {
    for (const stage of facts.stages)
      for (const finding of findingsAnywhere(stage, facts))
        yield { at: finding.call.step.instruction.span, data: finding };
  },

  rewrite({ data }): Proposal {
    const { step, invocation } = data.call;
    return orDeclined(() => proposalFor(data), step.script?.source.toSourceSpan(invocation.command.span));
  },
});

function proposalFor(finding: Finding): Proposal {
  if ("decline" in finding) throw finding.decline;
  const { ahead, call, facts } = finding;
  checkArguments(
    ahead.manifests.map(({ copy }) => copy),
    facts,
  );
  const edits = editsOf(ahead, facts.dockerfile);
  checkGain(call, ahead, edits, facts);
  const what = ahead.gets === undefined ? `again what ${saidCall(call)} needs` : `${ahead.gets} again`;
  const copy = quoted(facts.dockerfile, ahead.before.instruction.span);
  return {
    edits,
    // What it makes is root's, as what COPY makes, where root runs it.
    wherever: finding.wherever ?? ahead.line.script.includes("mkdir "),
    why: `\`${ahead.command}\`${ahead.head ? ", with what its RUN does first," : ""} runs before ${copy}, so that an edit of the sources does not download ${what}`,
  };
}

/** Where it is not known in which folder a command runs: what is found wherever the base image works. */
function findingsAnywhere(stage: Stage, facts: Facts): Finding[] {
  return findingsIn(stage, facts).flatMap((finding) => {
    if (!("decline" in finding) || finding.decline.code !== "unknown-folder") return [finding];
    const found = wherever(stage, facts, (same, assumed) => ofSameCall(finding, findingsIn(same, assumed)), isSame);
    return found === "nothing" ? [] : [found ? { ...found, wherever: true } : finding];
  });
}

function ofSameCall({ call: { step, invocation } }: Finding, findings: readonly Finding[]): Finding | undefined {
  const { start } = invocation.command.span;
  return findings.find(({ call }) => call.step.index === step.index && call.invocation.command.span.start === start);
}

function isSame(one: Finding, other: Finding): boolean {
  const said = (finding: Finding) =>
    "decline" in finding ? finding.decline.message : editsOf(finding.ahead, finding.facts.dockerfile);
  return JSON.stringify(said(one)) === JSON.stringify(said(other));
}

/** For each project of a stage, the first command of its ecosystem that would download. */
function findingsIn(stage: Stage, facts: Facts): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const installs: ProjectCall[] = [];
  for (const step of stepsBehindCopies(stage))
    for (const invocation of step.invocations) {
      if (invocation.purpose !== "dependencies" && invocation.purpose !== "build") continue;
      const call = projectCall(step, invocation);
      const project = `${invocation.ecosystem} ${call.folder}`;
      if (seen.has(project) || (invocation.purpose === "build" && installs.some((one) => isAbove(one, call)))) continue;
      try {
        const ahead = aheadOf(call, facts);
        if (ahead === undefined) continue;
        seen.add(project);
        if (ahead !== "nothing") findings.push({ call, facts, ahead });
        else if (invocation.purpose === "dependencies") installs.push(call);
      } catch (error) {
        if (!(error instanceof Decline)) throw error;
        seen.add(project);
        findings.push({ call, facts, decline: error });
      }
    }
  return findings;
}

/** Whether an install, of a solution for instance, gets what a build in a folder below needs. It can itself stand before the sources. */
function isAbove(install: ProjectCall, { invocation, folder }: ProjectCall): boolean {
  if (install.invocation.ecosystem !== invocation.ecosystem) return false;
  return install.folder !== undefined && folder !== undefined && isUnder(folder, install.folder);
}

/** The steps that are put before the COPY must be taken from the cache after an edit of what it brings, and be worth it. */
function checkGain(
  call: ProjectCall,
  { edited, before }: Ahead,
  edits: ReturnType<typeof editsOf>,
  facts: Facts,
): void {
  const little = tooLittleToSpare(call.step, facts);
  if (little) throw new Decline("no-gain", `the step of ${saidCall(call)} ${little}`);
  const gain = gainOf(facts, edits, { path: edited, kind: "changed" }, before.stage.name ?? String(before.stage.index));
  if (gain && gain.after.steps > gain.before.steps)
    throw new Decline("no-gain", `an edit of ${edited} would run the download again all the same`);
}
