/** BuildKit's own parser over the files and over what refit made of them. */
import { encodeText } from "../../src/text/index.ts";
import { openOracle } from "../oracle/index.ts";
import type { Finding } from "./examine.ts";

export interface Verdict {
  /** False where this machine has no BuildKit parser: nothing below was asked. */
  readonly asked: boolean;
  readonly bothAccept: number;
  readonly bothRefuse: number;
  /** Left alone by refit for a reason that is not about syntax, accepted by BuildKit. */
  readonly leftAlone: number;
  readonly newlyInvalid: number;
  readonly failures: readonly string[];
}

export function judge(findings: readonly Finding[]): Verdict {
  const oracle = openOracle();
  const failures: string[] = [];
  const counts = { bothAccept: 0, bothRefuse: 0, leftAlone: 0, newlyInvalid: 0 };
  if (!oracle) return { asked: false, ...counts, failures };

  const before = oracle.ask(findings.map(({ bytes }) => ({ dockerfile: bytes })));
  for (const [index, { path, result }] of findings.entries()) {
    const error = before[index]?.error;
    const codes = result?.problems.map(({ code }) => code) ?? [];
    const refused = codes.includes("syntax");
    if (error === undefined && codes.length === 0) counts.bothAccept += 1;
    else if (error !== undefined && codes.length > 0) counts.bothRefuse += 1;
    else if (error === undefined && !refused) counts.leftAlone += 1;
    else if (error === undefined)
      failures.push(`${path}: BuildKit accepts it, refit says: ${result?.problems[0]?.message}`);
    else failures.push(`${path}: refit accepts it, BuildKit says: ${error}`);
  }

  const changed = findings.filter(({ result }) => result && result.before !== result.after);
  const after = oracle.ask(changed.map(({ result }) => ({ dockerfile: encodeText(result!.after) })));
  for (const [index, { path }] of changed.entries()) {
    const error = after[index]?.error;
    if (error === undefined) continue;
    counts.newlyInvalid += 1;
    failures.push(`${path}: newly invalid: ${error}`);
  }
  return { asked: true, ...counts, failures };
}
