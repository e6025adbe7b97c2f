/** Asks a registry for the digest of a tag (OCI distribution specification, "Pulling manifests"). */
import { createHash } from "node:crypto";
import type { Reference } from "../dockerfile/index.ts";
import type { Authorize } from "./authorization.ts";
import type { Answer, Transport } from "./transport.ts";
import { Unresolvable } from "./unresolvable.ts";

/**
 * A registry answers with what is asked for: asked for less than all four it converts an index to one platform's manifest, or to
 * the old schema 1, each with a digest of its own.
 */
const MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

const SHA256 = /^sha256:[0-9a-f]{64}$/;

/** The digest of what `reference` names: the index of an image with several platforms. Throws `Unresolvable`. */
export type DigestOf = (reference: Reference) => Promise<string>;

export function openClient(transport: Transport, authorize: Authorize): DigestOf {
  return async (reference) => {
    const url = manifestUrl(reference);
    const head = await ask(url, "HEAD", reference.registry);
    const digest = head.headers.get("docker-content-digest");
    if (head.status === 200 && isManifest(head) && digest && SHA256.test(digest)) return digest;
    // Some registries know no HEAD, or leave the header out.
    const { body } = refuseFailure(await ask(url, "GET", reference.registry), reference);
    return `sha256:${createHash("sha256").update(body).digest("hex")}`;
  };

  async function ask(url: URL, method: "GET" | "HEAD", registry: string): Promise<Answer> {
    const headers = { accept: MANIFEST_TYPES.join(", ") };
    const answer = await transport(url, { method, headers });
    if (answer.status !== 401) return answer;
    const authorization = await authorize(registry, answer);
    return authorization ? transport(url, { method, headers: { ...headers, authorization } }) : answer;
  }
}

function manifestUrl({ registry, repository, tag, digest }: Reference): URL {
  const host = registry === "docker.io" ? "registry-1.docker.io" : registry;
  // As Docker does: a registry on this machine needs no certificate.
  const scheme = /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/.test(host) ? "http" : "https";
  return new URL(`${scheme}://${host}/v2/${repository}/manifests/${digest ?? tag ?? "latest"}`);
}

function refuseFailure(answer: Answer, { registry, repository, tag }: Reference): Answer {
  const image = `${repository}:${tag ?? "latest"}`;
  switch (answer.status) {
    case 200:
      break;
    case 401:
    case 403:
      throw new Unresolvable(`${registry} does not show ${image} without a login that may read it`);
    case 404:
      throw new Unresolvable(`${registry} has no image ${image}`);
    case 429:
      throw new Unresolvable(`${registry} limits how often it is asked; log in to it, or try again later`);
    default:
      throw new Unresolvable(`${registry} answers with status ${answer.status} for ${image}`);
  }
  if (isManifest(answer)) return answer;
  const type = answer.headers.get("content-type") ?? "no content type";
  throw new Unresolvable(
    `${registry} answers with ${type} for ${image}, which is not a manifest that has a stable digest`,
  );
}

function isManifest({ headers }: Answer): boolean {
  return MANIFEST_TYPES.includes((headers.get("content-type") ?? "").split(";")[0]!.trim());
}
