/** What users see of a run: one file an output form. */
export { adviceOf, type BaseUse, baseUsesOf } from "./advice.ts";
export { adviceJson } from "./advice-json.ts";
export { adviceText } from "./advice-text.ts";
export { bytesOf, count } from "./amounts.ts";
export { cleaningJson, cleaningText } from "./cleaning.ts";
export { explanationJson } from "./explain-json.ts";
export { explanationText } from "./explain-text.ts";
export { type ExplainInput, explanationOf } from "./explanation.ts";
export { jsonReporter } from "./json.ts";
export { fileReportOf } from "./of-result.ts";
export { isError } from "./problem-lines.ts";
export { jsonProofReporter } from "./proof-json.ts";
export { proofAsText, textProofReporter } from "./proof-text.ts";
export { diffReporter, textReporter } from "./text.ts";
export { addProof, addTo, noProofs, noTotals } from "./totals.ts";
export type * from "./types.ts";
