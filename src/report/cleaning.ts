/** What `refit clean` says. */
import type { Cleaning, Remnant } from "../engine/types.ts";
import { bytesOf, count } from "./amounts.ts";

const kinds = ["container", "image", "cache entry", "folder", "ledger"] as const;

/** `shown`: nothing was removed. */
export function cleaningText({ remnants }: Cleaning, shown: boolean): string {
  if (remnants.length === 0) return "No run of refit left anything\n";
  const runs = [...new Set(remnants.map(({ run }) => run))];
  const lines = runs.flatMap((run) => [
    `run ${run}`,
    ...kinds.flatMap((kind) => remnants.filter((remnant) => remnant.run === run && remnant.kind === kind).map(lineOf)),
  ]);
  const counts = kinds.flatMap((kind) => {
    const number = remnants.filter((remnant) => remnant.kind === kind).length;
    return number === 0 ? [] : [count(number, kind).replace(/entrys$/, "entries")];
  });
  const bytes = bytesOf(remnants.reduce((sum, remnant) => sum + remnant.bytes, 0));
  const verb = shown ? "To remove" : "Removed";
  const gain = shown ? `${bytes} would come back` : `${bytes} came back`;
  return `${lines.join("\n")}\n${verb}: ${counts.join(", ")} of ${count(runs.length, "run")}; ${gain}\n`;
}

function lineOf({ kind, id, bytes, description }: Remnant): string {
  const name = kind === "folder" || kind === "ledger" ? id : id.replace(/^sha256:/, "").slice(0, 12);
  const size = bytes === 0 ? [] : [bytesOf(bytes)];
  const what = description === "" ? [] : [description.replace(/\s+/g, " ").slice(0, 80)];
  return `  ${[`${kind} ${name}`, ...size, ...what].join(", ")}`;
}

export function cleaningJson({ remnants, problems }: Cleaning, shown: boolean): string {
  const bytes = remnants.reduce((sum, remnant) => sum + remnant.bytes, 0);
  return `${JSON.stringify({ version: 1, removed: !shown, bytes, remnants, problems }, undefined, 2)}\n`;
}
