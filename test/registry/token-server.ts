/** A token server as a registry sends its clients to (Distribution's token specification). */
import { execFileSync } from "node:child_process";
import { createSign, randomUUID, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { type Listening, listen } from "./server.ts";

export const USERNAME = "robot";
/** With a colon, which a naive split of `user:password` cuts. */
export const PASSWORD = "pass:word";
export const IDENTITY_TOKEN = "identity-of-the-robot";
export const BASIC = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString("base64")}`;

export interface TokenServer extends Listening {
  /** How often it was asked. */
  readonly requests: () => number;
}

/** Gives tokens to the robot, by its password or its identity token. Leaves the certificate that a registry must trust at `certificate`. */
export async function startTokenServer(certificate: string): Promise<TokenServer> {
  const key = `${certificate}.key`;
  const files = ["-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test", ...files], {
    stdio: "ignore",
  });
  const x5c = [new X509Certificate(readFileSync(certificate)).raw.toString("base64")];
  let requests = 0;
  const server = await listen(async (request, response) => {
    requests++;
    const asked = new URLSearchParams(new URL(request.url!, "http://here").search + (await text(request)));
    if (request.headers.authorization !== BASIC && asked.get("refresh_token") !== IDENTITY_TOKEN) {
      return response.writeHead(401).end();
    }
    const token = sign(claims(asked.getAll("scope")), x5c, readFileSync(key));
    return response.end(JSON.stringify(request.method === "POST" ? { access_token: token } : { token }));
  });
  return { ...server, requests: () => requests };
}

function claims(scopes: readonly string[]) {
  const now = Math.floor(Date.now() / 1000);
  const access = scopes.map((scope) => {
    const [type, name, actions] = scope.split(":");
    return { type, name, actions: actions?.split(",") };
  });
  return {
    iss: "test",
    aud: "test",
    sub: USERNAME,
    iat: now,
    nbf: now - 60,
    exp: now + 300,
    jti: randomUUID(),
    access,
  };
}

function sign(body: object, x5c: readonly string[], key: Buffer): string {
  const parts = [{ typ: "JWT", alg: "RS256", x5c }, body].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  return `${parts.join(".")}.${createSign("RSA-SHA256").update(parts.join(".")).sign(key).toString("base64url")}`;
}
