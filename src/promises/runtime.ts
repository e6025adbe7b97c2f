import type { Facts } from "../image/index.ts";

export function runtimeDifferences(_before: Facts, _after: Facts): string[] {
  return ["not written yet"];
}
