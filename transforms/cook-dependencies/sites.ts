/** Builds whose dependencies could be compiled ahead. */
import {
  cookFor,
  cooks,
  type Facts,
  type ProjectCall,
  projectCall,
  projectOf,
  stepsBehindCopies,
} from "../../src/transform/index.ts";

/** For each stage that compiles nothing ahead yet, the first build that compiles more than the project's own packages, or of which that is not known. */
export function buildsOf(facts: Facts): readonly ProjectCall[] {
  return facts.stages.flatMap((stage) => {
    if (cooks(stage)) return [];
    const calls = stepsBehindCopies(stage).flatMap((step) =>
      step.invocations.filter(({ purpose }) => purpose === "build").map((invocation) => projectCall(step, invocation)),
    );
    return calls.find((call) => isCookable(call, facts)) ?? [];
  });
}

function isCookable(call: ProjectCall, facts: Facts): boolean {
  const project = projectOf(call, facts);
  if (!project) return false;
  // Where nothing is known of the project, the words of the command decide.
  if ("unknown" in project) return call.invocation.ecosystem === "cargo" && /^(b|build)$/.test(call.invocation.action);
  return cookFor(call.invocation, project.view, project.folder, project.surroundings) !== undefined;
}
