/** `--format json`: one JSON document, written file by file. Its shape is public: docs/json-output.md. */
import type { Outcome } from "../pipeline/types.ts";
import { unifiedDiff } from "../text/index.ts";
import { placedProblem, proofToJson } from "./json-parts.ts";
import type { FileReport, Reporter } from "./types.ts";

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const version = 1;

export function jsonReporter(): Reporter {
  let separator = "";
  return {
    begin: () => ({ out: `{"version":${version},"files":[` }),
    file(report) {
      const out = `${separator}\n${JSON.stringify(toJson(report))}`;
      separator = ",";
      return { out };
    },
    end: (totals) => ({ out: `\n],"totals":${JSON.stringify(totals)}}\n` }),
  };
}

function toJson({ path, before, after, files, problems, outcomes, proof, leftOut }: FileReport) {
  const of = (...kinds: readonly Outcome["kind"][]) => outcomes.filter(({ kind }) => kinds.includes(kind)).map(place);
  return {
    path,
    changed: before !== after,
    problems: problems.map(placedProblem),
    applied: of("applied"),
    declined: of("declined", "deferred"),
    broken: of("broken"),
    diff: unifiedDiff(path, before, after),
    ...(files.length > 0 && {
      files: files.map((file) => ({ path: file.path, diff: unifiedDiff(file.path, file.before, file.after) })),
    }),
    ...(proof && { proof: proofToJson(proof) }),
    ...(leftOut && { leftOut: leftOut.map(({ transform, at, why }) => ({ transform, ...at, message: why })) }),
  };
}

function place({ transform, at, code, message }: Outcome) {
  return { transform, line: at.line, column: at.column, code, message };
}
