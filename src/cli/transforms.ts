/** `refit transforms [name]`: the same words as in the docs, from the same objects. */
import { UsageError } from "../config/index.ts";
import type { Transform } from "../transform/index.ts";
import type { ExitCode, Io } from "./io.ts";
import type { LoadTransforms } from "./run.ts";

export async function showTransforms(name: string | undefined, io: Io, load: LoadTransforms): Promise<ExitCode> {
  const transforms = await load();
  if (name === undefined) {
    const width = Math.max(...transforms.map((transform) => transform.name.length));
    for (const transform of transforms) io.stdout.write(`${transform.name.padEnd(width)}  ${transform.summary}\n`);
    return 0;
  }
  const transform = transforms.find((candidate) => candidate.name === name);
  if (transform === undefined) {
    throw new UsageError(`unknown transform ${name}, known: ${transforms.map((known) => known.name).join(", ")}`);
  }
  io.stdout.write(explain(transform));
  return 0;
}

function explain({ name, summary, phase, promise, status, since, options }: Transform): string {
  const lines = [
    `${name}: ${summary}`,
    "",
    `promise  ${promise}`,
    `phase    ${phase}`,
    `status   ${status} since ${since}`,
  ];
  if (options) {
    lines.push("", "options (config file, under options):");
    for (const [option, meaning] of Object.entries(options.describe)) {
      lines.push(`  ${option}: ${meaning} [default: ${JSON.stringify(options.defaults[option])}]`);
    }
  }
  return `${lines.join("\n")}\n`;
}
