/** HTTP as the client needs it: whole answers, a time limit, proxies, and a memory for hosts that can't be reached. */
import { Unresolvable } from "./unresolvable.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

interface Question {
  readonly method?: "GET" | "HEAD" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams;
}

/** Throws `Unresolvable` when there is no answer. */
export type Transport = (url: URL, question?: Question) => Promise<Answer>;

/** No manifest may be larger (the limit that registries and container engines use). */
const LARGEST_BODY = 4 * 1024 * 1024;

/** `timeout` in milliseconds, for a whole exchange. A host that failed once is not asked again. */
export function openTransport(env: NodeJS.ProcessEnv, timeout: number): Transport {
  const unreachable = new Map<string, string>();
  let chosen: Promise<typeof fetch> | undefined;
  return async (url, question = {}) => {
    const known = unreachable.get(url.host);
    if (known !== undefined) throw new Unresolvable(known);
    chosen ??= chooseFetch(env);
    const request = await chosen;
    try {
      const headers = { "user-agent": "refit", ...question.headers };
      const response = await request(url, { ...question, headers, signal: AbortSignal.timeout(timeout) });
      return { status: response.status, headers: response.headers, body: await readBody(response) };
    } catch (error) {
      const reason = `${url.host} can't be reached: ${causeOf(error, timeout)}`;
      unreachable.set(url.host, reason);
      throw new Unresolvable(reason);
    }
  };
}

/** Node's own fetch takes no notice of HTTP_PROXY and HTTPS_PROXY before Node 24; undici's does when told to. */
async function chooseFetch(env: NodeJS.ProcessEnv): Promise<typeof fetch> {
  const set = (name: string) => env[name] ?? env[name.toLowerCase()];
  const httpProxy = set("HTTP_PROXY");
  const httpsProxy = set("HTTPS_PROXY");
  if (!httpProxy && !httpsProxy) return fetch;
  const undici = await import("undici").catch(() => {
    throw new Unresolvable(
      "a proxy is set, and the optional package undici, which is needed to use it, is not installed",
    );
  });
  // As Docker and Go have it: no proxy stands between a machine and itself.
  const noProxy = ["localhost", "127.0.0.1", "::1", set("NO_PROXY") ?? ""].join(",");
  const dispatcher = new undici.EnvHttpProxyAgent({
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    noProxy,
  });
  const throughProxy = (url: URL, init: object) => undici.fetch(url, { ...init, dispatcher });
  return throughProxy as unknown as typeof fetch;
}

async function readBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Error("its answer is over 4 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The innermost cause says what happened; fetch itself says only "fetch failed". */
function causeOf(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${timeout / 1000} s`;
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0], timeout);
  if ((error as NodeJS.ErrnoException).code === "ERR_SSL_WRONG_VERSION_NUMBER") return "it speaks no TLS";
  return error.cause === undefined ? error.message.trim().replace(/\s+/g, " ") : causeOf(error.cause, timeout);
}
