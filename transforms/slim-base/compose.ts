/** The edits: another image in FROM, and what the stages between say repeated behind it. */
import {
  blockOf,
  type Edit,
  type Facts,
  fromView,
  GO_ZONES,
  insertAt,
  knownBase,
  replace,
  sliceOf,
  type Variant,
} from "../../src/transform/index.ts";
import { linkedStages } from "./linked.ts";
import type { Runtime } from "./runtime.ts";
import { collectedFor } from "./scratch.ts";
import type { Options } from "./variant.ts";

export function editsOf(runtime: Runtime, variant: Variant, facts: Facts, options: Options): readonly Edit[] {
  const { stage, inherited } = runtime;
  const { dockerfile } = facts;
  const { source, eol } = dockerfile;
  const { from } = stage;
  const image = fromView(from)!.image.span;
  const linesOf = (lines: readonly string[]) => lines.map((line) => `${line}${eol}`).join("");
  const blocks = inherited.map(({ instruction }) => sliceOf(source, blockOf(instruction, dockerfile)).trimEnd());
  const { name, before, behind } = groundOf(runtime, variant, facts, options);
  const text = linesOf([...behind, ...blocks]);
  const { end } = from.lines;
  const isLast = !source.slice(from.lines.start, end).endsWith("\n");
  return [
    ...(before.length > 0 ? [insertAt(blockOf(from, dockerfile).start, linesOf(before))] : []),
    replace(image, name),
    ...(text === "" ? [] : [insertAt(end, isLast ? `${eol}${text.replace(/\r?\n$/, "")}` : text)]),
  ];
}

/** What FROM names, stages that have to stand before it, and lines behind it. */
interface Ground {
  readonly name: string;
  readonly before: readonly string[];
  readonly behind: readonly string[];
}

function groundOf(runtime: Runtime, { reference, kind }: Variant, facts: Facts, { jlink }: Options): Ground {
  if (kind === "linked") {
    const { name, lines } = linkedStages(runtime, jlink, facts);
    return { name, before: lines, behind: [] };
  }
  if (reference === "scratch") {
    const { lines, copy } = collectedFor(runtime, facts);
    return { name: reference, before: lines, behind: [copy] };
  }
  return { name: reference, before: [], behind: kind === "runtime" ? lookedUpIn(runtime.image, reference) : [] };
}

/**
 * What programs look up that the images for building have, and bare distributions don't: the certificates of the authorities that they
 * trust, and, where all of buildpack-deps is in the image, types of files and numbers of services and protocols. Go brings time zones of its own.
 */
function lookedUpIn(image: string, reference: string): readonly string[] {
  const isBare = ["debian", "ubuntu"].includes(knownBase(reference)?.family.name ?? "");
  const tables = knownBase(image)?.isSlim ? [] : ["/etc/mime.types", "/etc/protocols", "/etc/services"];
  const zones = knownBase(image)?.family.name === "golang" ? [GO_ZONES] : [];
  const paths = [...(isBare ? ["/etc/ssl/certs/ca-certificates.crt", ...tables] : []), ...zones];
  return paths.map((path) => `COPY --from=${image} ${path} ${path}`);
}
