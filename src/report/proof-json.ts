/** `refit prove --format json`: one JSON document, written file by file. Its shape is public: docs/json-output.md. */
import { placedProblem, proofToJson } from "./json-parts.ts";
import type { ProofReporter } from "./types.ts";

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const version = 1;

export function jsonProofReporter(): ProofReporter {
  let separator = "";
  return {
    begin: () => ({ out: `{"version":${version},"proofs":[` }),
    file({ path, problems, proof }) {
      const json = { path, problems: problems.map(placedProblem), ...(proof ? proofToJson(proof) : { verdict: null }) };
      const out = `${separator}\n${JSON.stringify(json)}`;
      separator = ",";
      return { out };
    },
    end: (totals) => ({ out: `\n],"totals":${JSON.stringify(totals)}}\n` }),
  };
}
