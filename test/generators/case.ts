import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { type Facts, factsOf, type Resolution } from "../../src/image/index.ts";

/** A Dockerfile with all that it is read with. */
export interface Case {
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly digests?: Readonly<Record<string, string>>;
}

export function factsOfCase({ text, files, digests = {} }: Case): Facts {
  const resolutions = new Map<string, Resolution>(Object.entries(digests).map(([name, digest]) => [name, { digest }]));
  return factsOf(parseDockerfile(text), { context: files && memoryContext(files), digests: resolutions });
}

/** The same surroundings around another text. */
export function rewritten(facts: Facts, text: string): Facts {
  return factsOf(parseDockerfile(text), { context: facts.context, digests: facts.digests });
}
