/** What a build's record says of its steps. Source: BuildKit, frontend/dockerfile/dockerfile2llb/convert.go, prefixCommand. */

/** `[2/5] RUN a`, `[builder 2/5] RUN a`, `[linux/amd64 builder 2/5] RUN a`; `docker buildx bake` puts a target before it all. */
const STEP = /^\[(?:[^\s\]]+ )*?(?:([^\s\]/]+) +)?\d+\/\d+\] (.*)$/s;

/** A step as BuildKit names it. */
export interface NamedStep {
  /** `stage-0`, `builder`; empty where a file has one stage alone. */
  readonly stage: string;
  /** `RUN npm ci`: joined lines, variables expanded. */
  readonly instruction: string;
}

/** The stage and the instruction in a vertex's name; undefined for FROM and for what BuildKit does by itself. */
export function stepOf(name: string): NamedStep | undefined {
  const [, stage = "", instruction] = STEP.exec(name) ?? [];
  return instruction === undefined || instruction.startsWith("FROM ") ? undefined : { stage, instruction };
}
