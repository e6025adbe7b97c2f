/** Asks registries what image references mean now. */
import { agreedConfig, baseConfigOf, type ImageAnswer } from "../bases/index.ts";
import { parseReference, type Reference } from "../dockerfile/index.ts";
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

/** Answers for references, as written, each asked for once. Rejects for nothing but a bug of ours. */
type Resolver<Answer> = (references: Iterable<string>) => Promise<Map<string, Answer>>;

/** Remembers answers, tokens and hosts that can't be reached. */
export interface Registries {
  readonly digests: Resolver<Resolution>;
  readonly images: Resolver<ImageAnswer>;
}

type Unresolved = { readonly unresolved: string };

const TIMEOUT_MS = 10_000;
const CONCURRENCY = 8;

/** For a whole run over many files. */
export function openRegistries(options: RegistryOptions = {}): Registries {
  const { env = process.env, timeout = TIMEOUT_MS, concurrency = CONCURRENCY } = options;
  const transport = openTransport(env, timeout);
  const client = openClient(transport, openAuthorization(transport, openLogins(env)));

  function resolver<Answer>(ask: (reference: Reference) => Promise<Answer>): Resolver<Answer | Unresolved> {
    const known = new Map<string, Promise<Answer | Unresolved>>();
    const resolve = async (text: string) => {
      const reference = parseReference(text);
      if (reference === undefined) return { unresolved: `${text} is not an image reference` };
      try {
        return await ask(reference);
      } catch (error) {
        if (error instanceof Unresolvable) return { unresolved: error.message };
        throw error;
      }
    };
    return async (references) => {
      const answers = new Map<string, Answer | Unresolved>();
      const waiting = [...new Set(references)];
      const work = async () => {
        for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
          const answer = known.get(text) ?? resolve(text);
          known.set(text, answer);
          answers.set(text, await answer);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, work));
      return answers;
    };
  }

  return {
    digests: resolver(async (reference) => ({ digest: reference.digest ?? (await client.digestOf(reference)) })),
    images: resolver(async (reference) => {
      const images = await client.imagesOf(reference);
      const config = agreedConfig(images.map(baseConfigOf));
      if (config) return { config };
      const { repository } = reference;
      return { unresolved: `${repository} ${images.length === 0 ? "is not for Linux" : "differs between platforms"}` };
    }),
  };
}

/** Resolves each of `references` once; an entry for every one, in no particular order. */
export function resolveAll(references: Iterable<string>, options?: RegistryOptions): Promise<Map<string, Resolution>> {
  return openRegistries(options).digests(references);
}
