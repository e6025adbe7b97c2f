/** The environment of a download: what stands in front of the command, and what ENV and ARG say behind the COPY. */
import { Decline, type Facts, type ProjectCall, pairsView, quoted, type Step } from "../../src/transform/index.ts";

/** Names that say which build it is: no package manager asks for one, unless it is one of its own. */
const ABOUT_BUILD =
  /(^|_)(VERSION|COMMIT|SHA|REVISION|REV|DATE|TIME|TIMESTAMP|BUILD_(NUMBER|ID)|REF|TAG|BRANCH|HASH)$/i;
const OF_TOOLS =
  /^(NODE|NODENV|RBENV|RUBY|PYENV|PYTHON|ASDF|MISE|GO|JAVA|SDKMAN|RUSTUP|CARGO|DOTNET|NUGET|PHP|BUNDLE|BUNDLER|GEM|NPM|PNPM|YARN|MAVEN|MVN|GRADLE|COMPOSER|POETRY|UV|PIP|MIX|HEX)_/i;

/**
 * Assignments for what ENV says between the COPY `before` and the command. An argument that says which build it is stays away, where no
 * file of `manifests` (paths in the build context) names it.
 */
export function variablesFor(before: Step, call: ProjectCall, manifests: readonly string[], facts: Facts): string {
  const { env } = call.step.before;
  const found = new Map<string, "ENV" | "ARG">();
  for (const { instruction } of call.step.stage.steps.slice(before.index, call.step.index)) {
    const { keyword } = instruction;
    if (keyword === "ENV" || keyword === "ARG")
      // A value by ENV goes before one by ARG.
      for (const { name } of pairsView(instruction)) if (found.get(name.text) !== "ENV") found.set(name.text, keyword);
  }
  let assignments = "";
  for (const [name, keyword] of found) {
    const value = env.get(name);
    if (keyword === "ENV" && value !== undefined) {
      if (value !== before.before.env.get(name)) assignments += `${name}=${shellWord(value)} `;
      continue;
    }
    const isRead = manifests.some((path) => facts.context?.read(path)?.includes(name));
    if (!ABOUT_BUILD.test(name) || OF_TOOLS.test(name) || isRead)
      throw new Decline(
        "variable-between",
        `${name} gets its value behind ${quoted(facts.dockerfile, before.instruction.span)}, and the download may need it`,
      );
  }
  return assignments;
}

function shellWord(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** Variables and wrappers (`sudo`, `corepack`) before the tool's own name. Variables can't be set in front of all wrappers: `isAssigned`. */
export function prefixOf({ invocation, step }: ProjectCall, isAssigned: boolean): string {
  const { command, call } = invocation;
  const isTool = ({ literal = "" }: { readonly literal: string | undefined }) =>
    literal === call.tool || literal.endsWith(`/${call.tool}`);
  const at = command.words.findIndex(isTool);
  const [tool] = command.words.slice(Math.max(at, 0));
  const text = step.script?.source.text.slice(command.span.start, tool?.span.start) ?? "";
  const isKnown =
    at >= 0 &&
    command.assignments.every(({ value }) => value?.opaque !== true) &&
    command.words.slice(0, at).every(({ literal, opaque }) => !opaque && literal !== "exec");
  const drops = isAssigned && at > 0 && /^(sudo|doas)\b/.test(command.words[0]?.literal ?? "");
  if (!isKnown || drops || text.includes("\n"))
    throw new Decline("unusual-call", "what stands in front of the command can't stand in front of a download");
  return text;
}
