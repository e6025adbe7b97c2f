/** What the JSON forms have in common. */
import type { Proof } from "../engine/types.ts";
import type { PlacedProblem } from "./types.ts";

export function placedProblem({ code, message, at }: PlacedProblem) {
  return { code, message, line: at?.line ?? null, column: at?.column ?? null };
}

/** The proof as it is, in the words of its type; what is not there is null. */
export function proofToJson({ path: _, verdict, engine, ...rest }: Proof): Record<string, unknown> {
  const proof = { verdict, engine: engine || undefined, ...rest };
  return JSON.parse(JSON.stringify(proof, (_key, value) => (value === undefined ? null : value)));
}
