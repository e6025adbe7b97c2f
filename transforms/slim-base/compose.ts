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
import type { Runtime } from "./runtime.ts";
import { collectedFor } from "./scratch.ts";

export function editsOf(runtime: Runtime, { reference, kind }: Variant, facts: Facts): readonly Edit[] {
  const { stage, image, inherited } = runtime;
  const { dockerfile } = facts;
  const { source, eol } = dockerfile;
  const { from } = stage;
  const name = fromView(from)!.image.span;
  const linesOf = (lines: readonly string[]) => lines.map((line) => `${line}${eol}`).join("");
  const blocks = inherited.map(({ instruction }) => sliceOf(source, blockOf(instruction, dockerfile)).trimEnd());
  const collected = reference === "scratch" ? collectedFor(runtime, facts) : undefined;
  const brought = collected ? [collected.copy] : kind === "runtime" ? lookedUpIn(image, reference) : [];
  const text = linesOf([...brought, ...blocks]);
  const { end } = from.lines;
  const isLast = !source.slice(from.lines.start, end).endsWith("\n");
  return [
    ...(collected ? [insertAt(blockOf(from, dockerfile).start, linesOf(collected.lines))] : []),
    replace(name, reference),
    ...(text === "" ? [] : [insertAt(end, isLast ? `${eol}${text.replace(/\r?\n$/, "")}` : text)]),
  ];
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
