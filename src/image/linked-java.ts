/** A stage with a Java linked of some modules, which stands in the place of an image with all of them. */
import { javaImageOf, knownBase } from "../bases/index.ts";
import { linkedJava } from "../ecosystems/index.ts";
import { foundationOf } from "./lineage.ts";
import type { Facts, Stage } from "./types.ts";

/** The stage that the last one stands on in `after`, where it is such a stage in the place of the image of `before`. */
export function linkedBase(
  before: Pick<Facts, "stages">,
  after: Pick<Facts, "stages">,
): { readonly image: string; readonly stage: string } | undefined {
  const image = foundationOf(before.stages.at(-1)!, before.stages);
  const last = after.stages.at(-1)!;
  const stage = last.base.kind === "stage" ? after.stages[last.base.index] : undefined;
  const link = stage && after.stages[stage.index - 1];
  const known = image === undefined ? undefined : knownBase(image);
  const java = known && javaImageOf(known);
  if (image === undefined || !java || !stage?.name || !link?.name) return undefined;
  if (before.stages.some(({ name }) => name === stage.name || name === link.name)) return undefined;
  const [, run] = link.steps.map(textOf);
  const modules = /--add-modules (\S+)/.exec(run ?? "")?.[1]?.split(",") ?? [];
  const linked = linkedJava(java, modules, link.name);
  const isIt = says(link, java.kit, linked.link) && says(stage, java.distribution, linked.base);
  return isIt ? { image, stage: stage.name } : undefined;
}

/** Whether a stage on an image, pinned or not, consists of these instructions. */
function says({ base, steps }: Stage, image: string, instructions: readonly (readonly string[])[]): boolean {
  const reference = base.kind === "image" ? base.reference?.replace(/@.*/, "") : undefined;
  return (
    reference === image && steps.map(textOf).join("\n") === instructions.map((parts) => parts.join(" ")).join("\n")
  );
}

function textOf({ instruction: { keyword, flags, args } }: Stage["steps"][number]): string {
  return [keyword, ...flags.map(({ text }) => text.text), args.text.replace(/\s+/g, " ")].join(" ");
}
