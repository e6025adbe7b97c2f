import { parseDockerfile } from "../../dockerfile/index.ts";
import { factsOf, installStepsOf } from "../../image/index.ts";

/** Whether a step, as BuildKit prints it, installs dependencies. Of a heredoc it prints the beginning, in parentheses. */
export function installs(instruction: string): boolean {
  const script = instruction.replace(/<<-?["']?\w+["']? \((.*?)(\.\.\.)?\)$/s, "$1");
  const facts = factsOf(parseDockerfile(`FROM scratch\n${script.replaceAll("\n", " ")}\n`));
  return installStepsOf(facts).length > 0;
}
