import {
  type Blocked,
  declinedBy,
  defineTransform,
  type EarlyCleanup,
  earlyCleanups,
  type Facts,
  insertAt,
  type Join,
  Joint,
  lineBreak,
  type Needed,
  type Proposal,
  parseScript,
  plain,
  type Step,
  saidStep,
  sliceOf,
  styleOf,
} from "../../src/transform/index.ts";

export default defineTransform<EarlyCleanup | Needed>({
  name: "clean-caches",
  summary:
    "Empty a package manager's index and cache in the step that fills them, where a later step does so anyway, so that no layer keeps them",
  phase: "clean",
  promise: "same-image",
  status: "preview",
  since: "next",
  examples: ["apt", "long-script", "subshell-for-cd"],

  *find(facts) {
    for (const data of earlyCleanups(facts)) yield { at: data.step.instruction.span, data };
  },

  rewrite({ data }, facts): Proposal {
    const { step } = data;
    if ("because" in data) {
      const { path, because } = data;
      const said = sliceOf(facts.dockerfile.source, because).replace(/\\?\r?\n\s*/g, " ");
      return { declined: `\`${said}\` comes before ${path} is emptied, and may need it`, code: "needed", because };
    }
    const { paths, by } = data;
    const removal = `rm -rf ${paths.map((path) => `${path}/*`).join(" ")}`;
    const join = joined(step, removal);
    if ("reason" in join) return declinedBy(join);
    return {
      edits: editsOf(step, removal, join, facts),
      why: `empties ${paths.join(" and ")} in the step that fills it, as ${saidStep(by, facts)} does later, so that no layer keeps it`,
      wherever: true,
    };
  },
});

function joined(step: Step, removal: string): Join | Blocked {
  const { script, before, instruction } = step;
  if (!isRoots(step)) return { code: "other-user", reason: "the step is not run by root" };
  if (!script || instruction.heredocs.length > 0) return { code: "heredoc", reason: "its script is a heredoc" };
  const joint = new Joint(script, before);
  return joint.add(parseScript(plain(removal), script.dialect, script.options)) ?? joint.plan();
}

/** Who fills the folders of a package manager without sudo is root, whatever the base image says. */
function isRoots({ before: { user }, invocations }: Step): boolean {
  return /^(root|0)(:|$)/.test(user ?? "root") && invocations.every(({ command, call }) => command.name === call.path);
}

/** What a merge with a RUN of `removal` alone would leave. */
function editsOf({ instruction }: Step, removal: string, { parts, separator }: Join, { dockerfile }: Facts) {
  const { script, span, open, openAt, close } = parts[0]!;
  const style = styleOf(dockerfile, [instruction]);
  const { end, start } = lineBreak(dockerfile, style, separator);
  const isLong = sliceOf(dockerfile.source, instruction.span).includes("\n");
  const glue = isLong ? `${end}${style.indent}${start}` : separator === ";" ? "; " : " && ";
  return [
    ...(open ? [insertAt(script.source.toSource(openAt), open)] : []),
    insertAt(script.source.toSource(span.end), `${close}${glue}${removal}`),
  ];
}
