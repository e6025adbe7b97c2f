import { isDeepStrictEqual } from "node:util";
import type { Contents } from "./image.ts";

/** How two images differ, one line a difference: `config User: "node" → ""`, `- app/dist`, `+ app/x`, `~ app/y mode: 644 → 600`. */
export function differences(before: Contents, after: Contents): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(before.config)) {
    if (!isDeepStrictEqual(value, after.config[name]))
      found.push(`config ${name}: ${show(value)} → ${show(after.config[name])}`);
  }
  for (const path of [...new Set([...before.tree.keys(), ...after.tree.keys()])].sort()) {
    const [old, now] = [before.tree.get(path), after.tree.get(path)];
    if (!old || !now) found.push(`${old ? "-" : "+"} ${path}`);
    else if (!isDeepStrictEqual(old, now)) found.push(`~ ${path} ${show(old)} → ${show(now)}`);
  }
  return found;
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
