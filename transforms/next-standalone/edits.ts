/** The edits: the server in the place of the project's files, and its command. */
import {
  blockOf,
  type Edit,
  type Facts,
  type NextStart,
  remove,
  replace,
  type Span,
  type Stage,
  type Step,
  sliceOf,
  standaloneCommand,
} from "../../src/transform/index.ts";
import type { Taken } from "./taken.ts";

export interface Server {
  readonly taken: Taken;
  readonly told: NextStart;
  readonly distDir: string;
  readonly hasPublic: boolean;
}

export function editsOf(
  { taken, told, distDir, hasPublic }: Server,
  stage: Stage,
  { dockerfile }: Facts,
): readonly Edit[] {
  const { steps, flags, from, source, folder } = taken;
  const [first, ...others] = steps;
  const command = stage.steps.findLast(({ instruction }) => instruction.keyword === "CMD")!;
  const here = first.before.cwd === folder;
  const place = (path: string) => (here ? `./${path}` : `${folder}/${path}`);
  const keyword = sliceOf(dockerfile.source, first.instruction.keywordSpan);
  const copy = (path: string, to: string) => `${keyword} --from=${from}${flags} ${source}/${path} ${to}`;
  const lines = [
    ...(hasPublic ? [copy("public", place("public"))] : []),
    copy(`${distDir}/standalone`, place("")),
    copy(`${distDir}/static`, place(`${distDir}/static`)),
  ];
  const words = standaloneCommand(told).map((word) => JSON.stringify(word));
  return [
    replace(first.instruction.span, lines.join(dockerfile.eol)),
    ...others.map(({ instruction }) => remove(blockOf(instruction, dockerfile))),
    replace(argumentsOf(command), `[${words.join(", ")}]`),
  ];
}

function argumentsOf({ instruction: { args } }: Step): Span {
  return args.toSourceSpan({ start: args.text.search(/\S/), end: args.text.trimEnd().length });
}
