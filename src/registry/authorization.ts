/** Answers a registry's challenge: with a token from its token server, or with the login itself. */
import { type Challenge, parseChallenges } from "./challenge.ts";
import type { Login, Logins } from "./credentials.ts";
import type { Answer, Transport } from "./transport.ts";
import { Unresolvable } from "./unresolvable.ts";

/** The `Authorization` header that an answer with status 401 asks for; undefined where there is none to give. Throws `Unresolvable`. */
export type Authorize = (registry: string, refusal: Answer) => Promise<string | undefined>;

interface Token {
  readonly text: string;
  /** Milliseconds. */
  readonly life: number;
}

interface KeptToken {
  readonly text: Promise<string>;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** A token that names no `expires_in` is good for a minute (Distribution's token specification). */
const SHORTEST_LIFE_S = 60;
/** So that a token does not run out on its way. */
const MARGIN_S = 10;

/** Tokens are kept while they are good: many questions at once for one token are one request. */
export function openAuthorization(transport: Transport, logins: Logins): Authorize {
  const tokens = new Map<string, KeptToken>();

  function tokenFor(registry: string, challenge: Challenge): Promise<string> {
    const key = ["realm", "service", "scope"].map((name) => challenge.parameters.get(name)).join(" ");
    const kept = tokens.get(key);
    if (kept && kept.expires > Date.now()) return kept.text;
    const asked = logins(registry).then((login) => requestToken(transport, registry, challenge, login));
    const fresh: KeptToken = {
      expires: Number.POSITIVE_INFINITY,
      text: asked.then(({ text, life }) => {
        fresh.expires = Date.now() + life;
        return text;
      }),
    };
    tokens.set(key, fresh);
    return fresh.text;
  }

  return async (registry, { headers }) => {
    const challenges = parseChallenges(headers.get("www-authenticate") ?? "");
    const bearer = challenges.find(({ scheme }) => scheme === "bearer");
    if (bearer) return `Bearer ${await tokenFor(registry, bearer)}`;
    if (!challenges.some(({ scheme }) => scheme === "basic")) return undefined;
    const login = await logins(registry);
    return login?.kind === "password" ? basic(login) : undefined;
  };
}

async function requestToken(
  transport: Transport,
  registry: string,
  { parameters }: Challenge,
  login: Login | undefined,
): Promise<Token> {
  const realm = parameters.get("realm") ?? "";
  if (!URL.canParse(realm)) throw new Unresolvable(`${registry} names no token server`);
  const url = new URL(realm);
  const asked = new URLSearchParams();
  for (const name of ["service", "scope"]) {
    // Several scopes stand in one parameter, with blanks between.
    const values = name === "scope" ? (parameters.get(name)?.split(" ") ?? []) : [parameters.get(name)];
    for (const value of values) if (value) asked.append(name, value);
  }
  let answer: Answer;
  if (login?.kind === "identity-token") {
    const grant = { grant_type: "refresh_token", client_id: "refit", refresh_token: login.token };
    for (const [name, value] of Object.entries(grant)) asked.append(name, value);
    answer = await transport(url, { method: "POST", body: asked });
  } else {
    for (const [name, value] of asked) url.searchParams.append(name, value);
    answer = await transport(url, login ? { headers: { authorization: basic(login) } } : {});
  }
  if (answer.status === 429) throw new Unresolvable(`${url.host} limits how often it is asked; try again later`);
  if (answer.status !== 200) {
    const what = login ? `refuses the login for ${registry}` : "gives no token without a login";
    throw new Unresolvable(`${url.host} ${what} (status ${answer.status})`);
  }
  return readToken(url.host, answer.body.toString("utf8"));
}

function readToken(host: string, text: string): Token {
  try {
    const { token, access_token = token, expires_in = SHORTEST_LIFE_S } = JSON.parse(text);
    if (typeof access_token === "string" && typeof expires_in === "number") {
      return { text: access_token, life: (Math.max(expires_in, SHORTEST_LIFE_S) - MARGIN_S) * 1000 };
    }
  } catch {
    // Said below.
  }
  throw new Unresolvable(`${host} answers with something that is not a token`);
}

function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
