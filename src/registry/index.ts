/** Asks registries what image references mean now. */
import { parseReference } from "../dockerfile/index.ts";
import type { Resolution } from "../image/types.ts";
import { openAuthorization } from "./authorization.ts";
import { openClient } from "./client.ts";
import { openLogins } from "./credentials.ts";
import { openTransport } from "./transport.ts";
import { Unresolvable } from "./unresolvable.ts";

export interface RegistryOptions {
  /** Read for DOCKER_CONFIG, HOME, PATH and the proxy variables. By default the process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** For each exchange with a server, in milliseconds. */
  readonly timeout?: number;
  /** How many references are asked for at the same time. */
  readonly concurrency?: number;
}

/** Resolves references, as written, to digests. Remembers answers, tokens and hosts that can't be reached. Rejects for nothing but a bug of ours. */
export type Resolver = (references: Iterable<string>) => Promise<Map<string, Resolution>>;

const TIMEOUT_MS = 10_000;
const CONCURRENCY = 8;

/** One resolver for a whole run over many files. */
export function openResolver(options: RegistryOptions = {}): Resolver {
  const { env = process.env, timeout = TIMEOUT_MS, concurrency = CONCURRENCY } = options;
  const transport = openTransport(env, timeout);
  const digestOf = openClient(transport, openAuthorization(transport, openLogins(env)));
  const known = new Map<string, Promise<Resolution>>();

  async function resolve(text: string): Promise<Resolution> {
    const reference = parseReference(text);
    if (reference === undefined) return { unresolved: `${text} is not an image reference` };
    try {
      return { digest: reference.digest ?? (await digestOf(reference)) };
    } catch (error) {
      if (error instanceof Unresolvable) return { unresolved: error.message };
      throw error;
    }
  }

  return async (references) => {
    const resolutions = new Map<string, Resolution>();
    const waiting = [...new Set(references)];
    const work = async () => {
      for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
        const resolution = known.get(text) ?? resolve(text);
        known.set(text, resolution);
        resolutions.set(text, await resolution);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    return resolutions;
  };
}

/** Resolves each of `references` once; an entry for every one, in no particular order. */
export function resolveAll(references: Iterable<string>, options?: RegistryOptions): Promise<Map<string, Resolution>> {
  return openResolver(options)(references);
}
