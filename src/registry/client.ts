/** Asks a registry for what a tag names (OCI distribution specification, "Pulling manifests", "Pulling blobs"). */
import { createHash } from "node:crypto";
import type { ImageJson } from "../bases/index.ts";
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

/** Both throw `Unresolvable`. */
export interface Client {
  /** The digest of what `reference` names: the index of an image with several platforms. */
  digestOf(reference: Reference): Promise<string>;
  /** What the image is on each of its platforms of Linux. */
  imagesOf(reference: Reference): Promise<readonly ImageJson[]>;
}

interface Manifest {
  readonly config?: { readonly digest: string };
  readonly manifests?: readonly { readonly digest: string; readonly platform?: { readonly os?: string } }[];
}

export function openClient(transport: Transport, authorize: Authorize): Client {
  return {
    async digestOf(reference) {
      const url = urlOf(reference, "manifests", nameIn(reference));
      const head = await ask(url, "HEAD", reference.registry);
      const digest = head.headers.get("docker-content-digest");
      if (head.status === 200 && isManifest(head) && digest && SHA256.test(digest)) return digest;
      // Some registries know no HEAD, or leave the header out.
      const { body } = refuseFailure(await ask(url, "GET", reference.registry), reference);
      return sha256(body);
    },

    async imagesOf(reference) {
      const named: Manifest = await read(reference, "manifests", nameIn(reference));
      const ofLinux = named.manifests?.filter(({ platform }) => platform?.os === "linux");
      const all = ofLinux?.map(({ digest }): Promise<Manifest> => read(reference, "manifests", digest));
      const images = (await Promise.all(all ?? [named])).map(
        ({ config }): Promise<ImageJson & { readonly os?: string }> =>
          read(reference, "blobs", config?.digest ?? "nothing"),
      );
      return (await Promise.all(images)).filter(({ os }) => os === "linux");
    },
  };

  async function read(reference: Reference, kind: "manifests" | "blobs", name: string) {
    const { registry } = reference;
    const { body } = refuseFailure(await ask(urlOf(reference, kind, name), "GET", registry), reference, kind);
    const isSame = !SHA256.test(name) || sha256(body) === name;
    try {
      const json: unknown = JSON.parse(body.toString("utf8"));
      if (isSame && typeof json === "object" && json !== null) return json;
    } catch {
      // Said below.
    }
    throw new Unresolvable(`${registry} answers with something that is not what ${reference.repository} names`);
  }

  async function ask(url: URL, method: "GET" | "HEAD", registry: string): Promise<Answer> {
    const headers = { accept: MANIFEST_TYPES.join(", ") };
    const answer = await transport(url, { method, headers });
    if (answer.status !== 401) return answer;
    const authorization = await authorize(registry, answer);
    return authorization ? transport(url, { method, headers: { ...headers, authorization } }) : answer;
  }
}

function nameIn({ tag, digest }: Reference): string {
  return digest ?? tag ?? "latest";
}

function sha256(body: Buffer): string {
  return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}

function urlOf({ registry, repository }: Reference, kind: "manifests" | "blobs", name: string): URL {
  const host = registry === "docker.io" ? "registry-1.docker.io" : registry;
  // As Docker does: a registry on this machine needs no certificate.
  const scheme = /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/.test(host) ? "http" : "https";
  return new URL(`${scheme}://${host}/v2/${repository}/${kind}/${name}`);
}

function refuseFailure(
  answer: Answer,
  { registry, repository, tag }: Reference,
  kind: "manifests" | "blobs" = "manifests",
): Answer {
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
  if (kind === "blobs" || isManifest(answer)) return answer;
  const type = answer.headers.get("content-type") ?? "no content type";
  throw new Unresolvable(
    `${registry} answers with ${type} for ${image}, which is not a manifest that has a stable digest`,
  );
}

function isManifest({ headers }: Answer): boolean {
  return MANIFEST_TYPES.includes((headers.get("content-type") ?? "").split(";")[0]!.trim());
}
