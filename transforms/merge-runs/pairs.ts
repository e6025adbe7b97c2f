/** What keeps two neighbouring RUNs apart, whatever their scripts do. */
import {
  changeOfLinked,
  type Facts,
  type Instruction,
  type Linked,
  linkedBy,
  mountsOf,
  type Obstacle,
  type Purpose,
  purposesIn,
  type Step,
  sliceOf,
  sumOf,
  type Weight,
  weightOf,
} from "../../src/transform/index.ts";
import { type Apart, keptApart, type Options } from "./options.ts";

/** Instructions that only change the image's configuration, in ways that no RUN notices. */
const COMMUTING: ReadonlySet<string> = new Set([
  "CMD",
  "ENTRYPOINT",
  "EXPOSE",
  "HEALTHCHECK",
  "LABEL",
  "MAINTAINER",
  "STOPSIGNAL",
]);

export function commutes({ keyword }: Instruction): boolean {
  return COMMUTING.has(keyword);
}

/** Comments that speak to a tool about the instruction below them. */
const PRAGMA =
  /^#\s*(hadolint|checkov|check\s*=|trivy|semgrep|nosemgrep|kics|dockle|snyk|tally|renovate|shellcheck|dockerfilelint|nosec|noqa)\b/i;

const WORDS: Readonly<Record<Apart, string>> = {
  system: "installs system packages",
  dependencies: "installs dependencies",
  build: "builds",
};

/** How a RUN gives its script; of two kinds of heredoc, one drops the tabs at the start of its lines. */
export type Form = "text" | "heredoc" | "heredoc-chomped" | "exec" | "other";

export function formOf({ instruction, script }: Step): Form {
  const [heredoc, ...more] = instruction.heredocs;
  if (instruction.json) return "exec";
  if (!heredoc) return "text";
  const opener = heredoc.chomp ? `<<-${heredoc.name}` : `<<${heredoc.name}`;
  // Quotes around the name change nothing: no variable in the script of a RUN is for BuildKit to fill in.
  const alone = instruction.args.text.trim().replace(/^(<<-?)(["'])(.*)\2$/, "$1$3") === opener;
  if (more.length > 0 || !alone || !script) return "other";
  return heredoc.chomp ? "heredoc-chomped" : "heredoc";
}

/** Steps that are one RUN, or will be. */
export interface Gathered {
  readonly last: Step;
  readonly purposes: ReadonlySet<Purpose>;
  readonly weight: Weight;
  readonly linked: readonly Linked[];
}

/** `step` behind those that were gathered before. */
export function gather(step: Step, { times }: Facts, before?: Gathered): Gathered {
  const purposes = [...(before?.purposes ?? []), ...step.invocations.map(({ purpose }) => purpose)];
  const weight = weightOf(step, times);
  const linked = [...(before?.linked ?? []), ...linkedBy(step)];
  return { last: step, purposes: new Set(purposes), weight: before ? sumOf([before.weight, weight]) : weight, linked };
}

/** Why `right` can't join a group; undefined where nothing but the scripts decides. */
export function obstacleBetween(group: Gathered, right: Step, facts: Facts, options: Options): Obstacle | undefined {
  const { source } = facts.dockerfile;
  const left = group.last;
  return (
    formObstacle(left, right) ??
    flagObstacle(left, right, source) ??
    commentObstacle(right, source) ??
    linkObstacle(group, right) ??
    costObstacle(group, right, facts, options)
  );
}

function formObstacle(left: Step, right: Step): Obstacle | undefined {
  for (const step of [left, right]) {
    const form = formOf(step);
    const because = step.instruction.keywordSpan;
    if (form === "exec") return { code: "exec-form", reason: "the exec form runs no shell", because };
    if (form === "other") return { code: "heredoc-form", reason: "the heredoc is not a plain shell script", because };
  }
  if (formOf(left) === formOf(right)) return undefined;
  const reason = [left, right].every((step) => formOf(step) !== "text")
    ? "`<<-` drops the tabs at the start of the lines of one of the two, and `<<` keeps those of the other"
    : "one of the two is a heredoc";
  return { code: "forms-differ", reason };
}

function flagObstacle(left: Step, right: Step, source: string): Obstacle | undefined {
  const [mine, theirs] = [flagsOf(left), flagsOf(right)];
  if (mine.join(" ") !== theirs.join(" ")) {
    const name = [...mine, ...theirs].find((flag) => mine.includes(flag) !== theirs.includes(flag)) ?? mine[0];
    return { code: "flags-differ", reason: `the two don't run with the same flags: \`${name}\`` };
  }
  for (const { type, options, flag } of mountsOf(right.instruction)) {
    const writable = options.some(
      ({ key, value }) => /^(rw|readwrite)$/.test(key) || (/^(ro|readonly)$/.test(key) && value === "false"),
    );
    if (/^(cache|secret|ssh)$/.test(type) || (type === "bind" && !writable)) continue;
    const what = type === "bind" ? "a writable bind mount" : `a ${type} mount`;
    return { code: "mount-not-shared", reason: `${what} is new for each RUN: \`${sliceOf(source, flag.span)}\`` };
  }
  return undefined;
}

/** Each flag as BuildKit reads it, in an order of their own. */
function flagsOf({ instruction }: Step): readonly string[] {
  return instruction.flags.map(({ name, value }) => `--${name}${value === undefined ? "" : `=${value}`}`).sort();
}

function commentObstacle({ instruction }: Step, source: string): Obstacle | undefined {
  const pragma = instruction.leading.find((span) => PRAGMA.test(sliceOf(source, span).trim()));
  if (!pragma) return undefined;
  const text = sliceOf(source, pragma).trim();
  return { code: "pragma-comment", reason: `the comment \`${text}\` speaks of the second RUN alone`, because: pragma };
}

function linkObstacle({ linked }: Gathered, right: Step): Obstacle | undefined {
  for (const each of linked) {
    const change = changeOfLinked(right, [each]);
    if (change !== undefined)
      return {
        code: "linked-files",
        reason: `\`${each.by}\` makes hard links, and \`${change}\` would change both names`,
      };
  }
  return undefined;
}

/** Joined, an edit of `right` runs the group again; an edit of the group runs `right` again either way. */
function costObstacle(
  { purposes, weight }: Gathered,
  right: Step,
  facts: Facts,
  options: Options,
): Obstacle | undefined {
  if (weight.measured && options.join !== "always")
    return weight.heavy && isEdited(right) ? measuredObstacle(weight.amount) : undefined;
  const apart = keptApart(purposes, gather(right, facts).purposes, options);
  if (!apart) return undefined;
  const [mine, theirs] = apart;
  return {
    code: "cache-cost",
    reason: `one step ${WORDS[mine]} and the other ${WORDS[theirs]}; an edit of one would run both again`,
  };
}

/** What it does is the app's own affair, and no matter of a system that is set up once. */
function isEdited(step: Step): boolean {
  return purposesIn(step).some((purpose) => /^(dependencies|build|unknown)$/.test(purpose));
}

function measuredObstacle(seconds: number): Obstacle {
  const time = `${seconds.toFixed(1)} s`;
  return { code: "cache-cost", reason: `what comes before takes ${time}, and an edit of this step would run it again` };
}
