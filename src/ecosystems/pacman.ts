import { systemManager } from "./system.ts";
import type { Call, Ecosystem, Recognised } from "./types.ts";

/** Arch's package manager, whose subcommands are options: `-Syu`. */
export const pacman: Ecosystem = { ...systemManager({ name: "pacman", purposes: {} }), recognise };

function recognise(call: Call): Recognised | undefined {
  const operation = call.args.find((word) => /^-[A-Z]/.test(word ?? ""));
  if (operation === undefined) return undefined;
  if (operation.startsWith("-S") && operation.includes("c")) return { purpose: "clean", action: operation };
  if (operation.startsWith("-R")) return { purpose: "clean", action: operation };
  if (/^-Sy+$/.test(operation) && call.args.length === 1) return { purpose: "index", action: operation };
  return /^-[SU]/.test(operation) ? { purpose: "system", action: operation } : undefined;
}
