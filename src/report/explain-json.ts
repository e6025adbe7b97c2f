/** `refit explain --format json`. Its shape is public: docs/json-output.md. */
import { EDIT_KINDS, type Explained, type ExplainedRow, type Explanation } from "./explanation.ts";

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const version = 1;

export function explanationJson({
  path,
  target,
  builds,
  source,
  manifest,
  line,
  measured,
  before,
  after,
}: Explanation): string {
  const document = {
    version,
    path,
    target: target ?? null,
    builds: builds.map(({ name, target }) => ({ name, target: target ?? null })),
    edits: {
      source: source ?? null,
      manifest: manifest ?? null,
      line: line ? { line: line.line, text: line.text ?? null } : null,
    },
    measured,
    before: sideOf(before),
    after: after ? sideOf(after) : null,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function sideOf({ stages, notBuilt, totals }: Explained) {
  return {
    stages: stages.map(({ name, steps, ...stage }) => ({ ...stage, name: name ?? null, steps: steps.map(rowOf) })),
    notBuilt,
    totals: byEdit((kind) => totals[kind]),
  };
}

function rowOf({ line, text, causes, above, weight, rerun }: ExplainedRow) {
  return { line, text, causes: { ...causes, line: above ?? null }, weight, rerun: byEdit((kind) => rerun[kind]) };
}

function byEdit<Value>(pick: (kind: (typeof EDIT_KINDS)[number]) => Value | undefined) {
  return Object.fromEntries(EDIT_KINDS.map((kind) => [kind, pick(kind) ?? null]));
}
