import type { Command, Script } from "./types.ts";

/** The commands of a script that is nothing but `a && b && c`, simple commands all; undefined for any other. */
export function chainOf(script: Script): readonly Command[] | undefined {
  if (script.unknown !== undefined) return undefined;
  const { text } = script.source;
  const chain: Command[] = [];
  let end = 0;
  for (const command of script.commands) {
    // Commands of a substitution lie inside the command before.
    if (command.span.start < end) continue;
    const between = text.slice(end, command.span.start);
    const isLink = chain.length === 0 ? /^\s*$/.test(between) : /^\s*&&\s*$/.test(between);
    if (!isLink || !command.inMainShell || !command.unconditional) return undefined;
    chain.push(command);
    end = command.span.end;
  }
  return chain.length > 0 && /^\s*;?\s*$/.test(text.slice(end)) ? chain : undefined;
}
