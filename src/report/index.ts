/** What users see of a run: one file an output form. */
export { jsonReporter } from "./json.ts";
export { fileReportOf } from "./of-result.ts";
export { diffReporter, textReporter } from "./text.ts";
export { addTo, noTotals } from "./totals.ts";
export type * from "./types.ts";
