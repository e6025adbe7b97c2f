/** The edits: the stage is cut in two, with a stage between that writes the recipe. */
import {
  blockOf,
  copyView,
  type Edit,
  type Facts,
  freeStageName,
  fromView,
  inCaseOf,
  insertAt,
  remove,
  replace,
  type Step,
  sliceOf,
} from "../../src/transform/index.ts";
import type { Plan } from "./plan.ts";
import { buildsOf } from "./sites.ts";

export function editsOf(
  { stage, cook, folder, first, cut, dropped, copies, flags }: Plan,
  facts: Facts,
): readonly Edit[] {
  const { dockerfile } = facts;
  const { source, eol } = dockerfile;
  const pick = freeStageName(dockerfile);
  const { alias, image } = fromView(stage.from)!;
  const builder = alias?.text ?? pick(["builder", "build", "app-builder"]);
  // Several stages get theirs in one go.
  const named = (name: string) => pick(buildsOf(facts).length > 1 ? [`${builder}-${name}`] : [name, `cargo-${name}`]);
  const [chef, planner] = [named("chef"), named("planner")];
  const keyword = sliceOf(source, stage.from.keywordSpan);
  const word = (text: string) => inCaseOf(keyword, text);
  const copied = (step: Step) => {
    const { sources, destination } = copyView(step.instruction)!;
    const words = [...sources, destination].map(({ text }) => text);
    return step.instruction.json ? JSON.stringify(words) : words.join(" ");
  };
  const block = (step: Step) => blockOf(step.instruction, dockerfile).start;
  const lines = (...texts: readonly string[]) => texts.map((text) => `${text}${eol}`).join("");
  const install = cook.install === undefined ? "" : lines(`${word("RUN")} ${cook.install}`);
  const isApart = install === "" && /(^|\n)[ \t]*\r?\n$/.test(source.slice(0, block(cut)));
  const stages = lines(
    ...(isApart ? [] : [""]),
    `${word("FROM")} ${chef} ${word("AS")} ${planner}`,
    ...copies.map((step) => `${word("COPY")} ${copied(step)}`),
    `${word("RUN")} ${cook.prepare}`,
    "",
    `${word("FROM")} ${chef} ${word("AS")} ${builder}`,
    `${word("COPY")} --from=${planner} ${folder}/${cook.recipe} ${cook.recipe}`,
    [word("RUN"), ...flags, `${cook.command} && rm ${cook.recipe}`].join(" "),
  );
  return [
    alias ? replace(alias.span, chef) : insertAt(image.span.end, ` ${word("AS")} ${chef}`),
    ...renumbered(stage.index, builder, facts),
    ...dropped.map(({ instruction }) => remove(blockOf(instruction, dockerfile))),
    ...(first === cut || dropped.length > 0
      ? [insertAt(block(cut), install + stages)]
      : [insertAt(block(first), install), insertAt(block(cut), stages)]),
  ];
}

/** `--from=0` by the name that the stage gets, and the numbers of stages behind it. */
function renumbered(index: number, builder: string, { stages }: Facts): readonly Edit[] {
  return stages.flatMap(({ steps }) =>
    steps.flatMap(({ instruction }) => {
      const { value = "", valueSpan } = copyView(instruction)?.from ?? {};
      if (!valueSpan || !/^\d+$/.test(value) || Number(value) < index) return [];
      return [replace(valueSpan, Number(value) === index ? builder : `${Number(value) + 2}`)];
    }),
  );
}
