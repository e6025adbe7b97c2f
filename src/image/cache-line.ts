/** A Dockerfile after somebody has edited one of its instructions. */
import { copyView, fromView, type Instruction, pairsView } from "../dockerfile/index.ts";
import { type Edit, insertAt } from "../text/index.ts";

/** What the edit adds: an edit that no build has seen. */
const NOVELTY = "edited";

/**
 * An edit of the instruction that BuildKit notices if it can notice any: another command, another value, another place. None for what
 * changes the image's configuration alone. The result is there to be forecast, and need not build.
 */
export function editOf(instruction: Instruction): readonly Edit[] {
  const { keyword, args, json, trigger } = instruction;
  const end = args.toSource(args.text.trimEnd().length);
  switch (keyword) {
    case "RUN":
      return runEdit(instruction);
    case "COPY":
    case "ADD":
      return within(copyView(instruction)?.destination.span, json !== undefined, NOVELTY);
    case "ENV":
    case "ARG":
      return pairEdit(instruction);
    case "WORKDIR":
      return within({ start: end, end }, /["']$/.test(args.text.trimEnd()), `/${NOVELTY}`);
    case "USER":
      return [insertAt(end, args.text.includes(":") ? "0" : ":0")];
    case "SHELL":
      return json ? [insertAt(json.at(-1)!.span.end, ', "-e"')] : [];
    case "FROM":
      return within(fromView(instruction)?.image.span, false, `-${NOVELTY}`);
    case "ONBUILD":
      return trigger ? editOf(trigger) : [];
    default:
      return [];
  }
}

function runEdit({ args, json, heredocs }: Instruction): readonly Edit[] {
  if (json) return [insertAt(json.at(-1)!.span.end, `, "${NOVELTY}"`)];
  const [heredoc] = heredocs;
  return [heredoc ? insertAt(heredoc.body.start, `: ${NOVELTY}\n`) : insertAt(args.toSource(0), `: ${NOVELTY}; `)];
}

/** The last value of an ENV or ARG. */
function pairEdit(instruction: Instruction): readonly Edit[] {
  const last = pairsView(instruction).at(-1);
  if (!last) return [];
  if (!last.value) return [insertAt(last.name.span.end, `=${NOVELTY}`)];
  return within(last.value.span, /["']$/.test(last.value.text), NOVELTY);
}

/** At the end of a word, before the quote that closes it. */
function within(span: Edit["span"] | undefined, isQuoted: boolean, text: string): readonly Edit[] {
  return span ? [insertAt(isQuoted ? span.end - 1 : span.end, text)] : [];
}
