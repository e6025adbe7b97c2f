/** One file of a corpus: what refit makes of it, and what must hold whatever it makes. */
import { createHash } from "node:crypto";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import type { Resolution } from "../../src/image/index.ts";
import { type Result, refit } from "../../src/pipeline/index.ts";
import { decodeBytes, encodeText, sliceOf } from "../../src/text/index.ts";
import type { Transform } from "../../src/transform/index.ts";
import { madeUpContext } from "./contexts.ts";

export interface Finding {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Undefined where refit crashed. */
  readonly result: Result | undefined;
  /** Broken laws, a line each. */
  readonly failures: readonly string[];
}

/** A digest for every image, so that pinning is seen at work without a network. */
class MadeUpDigests extends Map<string, Resolution> {
  override get(reference: string): Resolution {
    return { digest: `sha256:${createHash("sha256").update(reference).digest("hex")}` };
  }

  override has(): boolean {
    return true;
  }
}

export function examine(
  path: string,
  bytes: Uint8Array,
  transforms: readonly Transform[],
  withContext: boolean,
): Finding {
  const source = decodeBytes(bytes);
  const failures: string[] = [];
  const fail = (what: string) => failures.push(`${path}: ${what}`);
  try {
    const { tokens } = parseDockerfile(source);
    if (tokens.map(({ span }) => sliceOf(source, span)).join("") !== source) fail("its tokens are not the file");
    if (!Buffer.from(encodeText(source)).equals(bytes)) fail("its text does not give back its bytes");

    const input = {
      transforms,
      digests: new MadeUpDigests(),
      context: withContext ? madeUpContext(source) : undefined,
    };
    const result = refit(source, input);
    if (!result.settled) fail(`the passes did not come to rest in ${result.passes}`);
    for (const { kind, transform, at, message } of result.outcomes) {
      if (kind === "broken") fail(`${transform} broke its promise at ${at.line}:${at.column}: ${message}`);
    }
    if (result.after !== source) {
      for (const { message } of parseDockerfile(result.after).problems) fail(`the result has a problem: ${message}`);
      if (refit(result.after, input).after !== result.after) fail("a second run changes something");
    }
    return { path, bytes, result, failures };
  } catch (error) {
    fail(`crash: ${error instanceof Error ? error.stack : error}`);
    return { path, bytes, result: undefined, failures };
  }
}
