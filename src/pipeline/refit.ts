import { agreement, fromView, parseDockerfile } from "../dockerfile/index.ts";
import type { Problem } from "../dockerfile/types.ts";
import { factsOf } from "../image/index.ts";
import type { Facts } from "../image/types.ts";
import type { Edit, Span } from "../text/index.ts";
import { originOf } from "../text/index.ts";
import type { Phase } from "../transform/index.ts";
import { type Candidate, passGate } from "./gate.ts";
import { type Planned, planOf } from "./plan.ts";
import type { EditedFile, LeaveOut, Outcome, OutcomeKind, RefitInput, Result, RewriteStep, Use } from "./types.ts";

/** Enough for every file seen; more would be two transforms undoing each other's work. */
const maxPasses = 10;

/** A transform did not keep its word, or proposed text that does not parse. Always a bug of ours. */
export class BrokenPromiseError extends Error {
  override readonly name = "BrokenPromiseError";
}

/**
 * Rewrites one Dockerfile. Pure: no disk, no network, no clock. In each pass every transform in plan order looks at the text as it
 * stands, and what the gate lets through is taken before the next one looks; passes repeat until one takes nothing.
 * Throws a `UsageError` for settings that name what is not there.
 */
export function refit(source: string, input: RefitInput): Result {
  const plan = planOf(input.transforms, input);
  const dockerfile = parseDockerfile(source);
  if (dockerfile.problems.length > 0) return untouched(source, dockerfile.problems);

  const { uses = [] } = input;
  const namedContexts = new Map(uses.flatMap(({ name, contexts }) => contexts.map((each) => [each, name] as const)));
  const targets = new Map(
    uses.flatMap(({ name, target }) => (target === undefined ? [] : [[target.toLowerCase(), name]])),
  );
  const last = dockerfile.instructions.findLast(({ keyword }) => keyword === "FROM");
  const lastName = last && fromView(last)?.alias?.text.toLowerCase();
  const starts = uses.flatMap(({ target, starts = [] }) =>
    target === undefined || target.toLowerCase() === lastName ? starts : [],
  );
  const { context, digests, images, packages, times } = input;
  const has = (phase: Phase) => plan.some(({ transform }) => transform.phase === phase);
  const [slims, serves] = [has("slim"), has("serve")];
  const run = new Run(
    factsOf(dockerfile, { context, digests, images, packages, times, namedContexts, targets, starts, slims, serves }),
    input,
  );
  const seen = new Set([source]);
  let passes = 0;
  let settled = false;
  while (!settled && passes < maxPasses) {
    passes += 1;
    const taken = run.steps.length;
    const problems = run.pass(plan, passes);
    if (problems.length > 0) return untouched(source, problems);
    const after = run.facts.dockerfile.source;
    settled = run.steps.length === taken;
    if (!settled && seen.has(after)) break;
    seen.add(after);
  }
  const { facts, files, outcomes, steps } = run;
  return { before: source, after: facts.dockerfile.source, files, problems: [], outcomes, steps, passes, settled };
}

function untouched(source: string, problems: readonly Problem[]): Result {
  return { before: source, after: source, files: [], problems, outcomes: [], steps: [], passes: 0, settled: true };
}

const REFUSED = {
  broken: ["broken", "broken-promise"],
  undecided: ["declined", "undecided"],
  use: ["declined", "other-build"],
} as const;

/** The text as it stands between two transforms, and what happened on the way. */
class Run {
  facts: Facts;
  readonly #original: Facts;
  readonly #strict: boolean;
  readonly #leaveOut: readonly LeaveOut[];
  #uses: readonly Use[];
  readonly #applied: Outcome[] = [];
  /** What was not applied in the pass at hand, and in the first. */
  #left: Outcome[] = [];
  #leftFirst: readonly Outcome[] | undefined;
  readonly steps: RewriteStep[] = [];
  files: readonly EditedFile[] = [];
  /** The edits of each step so far, to find where in the original a place was. */
  readonly #edits: (readonly Edit[])[] = [];

  constructor(facts: Facts, { strict = false, leaveOut = [], uses = [] }: RefitInput) {
    this.facts = facts;
    this.#original = facts;
    this.#strict = strict;
    this.#leaveOut = leaveOut;
    // A build that has nothing of its own is the plain one.
    this.#uses = uses.filter(({ context, args }) => context !== facts.context || args.size > 0);
  }

  /**
   * What a transform that applied nothing had to say stands in the words of the first pass: they are about the text that the user
   * knows, before the transforms behind it changed that.
   */
  get outcomes(): readonly Outcome[] {
    const active = new Set(this.#applied.map(({ transform }) => transform));
    const [first, last] = [this.#leftFirst ?? this.#left, this.#left];
    return [
      ...this.#applied,
      ...first.filter(({ transform }) => !active.has(transform)),
      ...last.filter(({ transform }) => active.has(transform)),
    ];
  }

  /** Returns why the file must not be rewritten at all, found out only now because it is dear to ask. */
  pass(plan: readonly Planned[], pass: number): readonly Problem[] {
    this.#left = [];
    for (const planned of plan) {
      const candidates = this.#propose(planned, pass);
      if (candidates.length === 0) continue;
      const problems = this.steps.length === 0 ? agreement(this.facts.dockerfile) : [];
      if (problems.length > 0) return problems;
      this.#submit(planned, candidates, pass);
    }
    this.#leftFirst ??= this.#left;
    return [];
  }

  #propose({ transform, options }: Planned, pass: number): Candidate[] {
    const candidates: Candidate[] = [];
    for (const place of transform.find(this.facts, options)) {
      const proposal = transform.rewrite(place, this.facts, options);
      if ("edits" in proposal) {
        const why = this.#leftOut(transform.name, place.at);
        if (why === undefined) candidates.push({ at: place.at, ...proposal });
        else this.#left.push(this.#outcome("declined", transform.name, place.at, why, "left-out", pass));
      } else {
        const because = proposal.because && this.#position(proposal.because);
        const { declined: message, code } = proposal;
        this.#left.push({ ...this.#outcome("declined", transform.name, place.at, message, code, pass), because });
      }
    }
    return candidates;
  }

  /** Why a place must be left alone; undefined for all others. */
  #leftOut(name: string, span: Span): string | undefined {
    if (this.#leaveOut.length === 0) return undefined;
    const { line, column } = this.#position(span);
    const same = ({ transform, at }: LeaveOut) => transform === name && at.line === line && at.column === column;
    return this.#leaveOut.find(same)?.why;
  }

  #submit({ transform: { name, promise } }: Planned, candidates: readonly Candidate[], pass: number): void {
    const { facts, taken, refused, deferred } = passGate(this.facts, candidates, promise, this.#uses);
    const applied = taken.map(({ at, why }) => this.#outcome("applied", name, at, why, "applied", pass));
    this.#applied.push(...applied);
    for (const { candidate, refusal } of refused) {
      const { line, column } = this.#position(candidate.at);
      if (refusal.kind === "broken" && this.#strict) {
        throw new BrokenPromiseError(`${name} at ${line}:${column}: ${refusal.reason}`);
      }
      const [kind, code] = REFUSED[refusal.kind];
      this.#left.push(this.#outcome(kind, name, candidate.at, refusal.reason, code, pass));
    }
    for (const { at } of deferred) {
      const message = "it overlaps a rewrite of this pass";
      this.#left.push(this.#outcome("deferred", name, at, message, "overlap", pass));
    }
    if (taken.length === 0) return;
    this.#edits.push(taken.flatMap(({ edits }) => edits).sort((a, b) => a.span.start - b.span.start));
    this.#editFiles(taken, facts);
    const { files } = this;
    const places = applied.map(({ at }) => at);
    this.steps.push({ transform: name, promise, after: facts.dockerfile.source, files, places });
    this.facts = facts;
  }

  /** Later transforms, and the other builds over the same folder, see the files as they are now. */
  #editFiles(taken: readonly Candidate[], { context }: Facts): void {
    for (const { path, before } of taken.flatMap(({ files = [] }) => files)) {
      const known = this.files.find((file) => file.path === path);
      const edited = { path, before: known?.before ?? before, after: context?.read(path) ?? before };
      this.files = [...this.files.filter((file) => file !== known), edited];
    }
    const old = this.facts.context;
    this.#uses = this.#uses.map((use) => (use.context === old ? { ...use, context } : use));
  }

  #outcome(kind: OutcomeKind, transform: string, at: Span, message: string, code: string, pass: number): Outcome {
    return { kind, transform, at: this.#position(at), message, code, pass };
  }

  /** Where a place of the text as it stands was in the original. */
  #position({ start }: Span) {
    const offset = this.#edits.reduceRight((at, edits) => originOf(edits, at), start);
    return this.#original.dockerfile.lines.position(offset);
  }
}
