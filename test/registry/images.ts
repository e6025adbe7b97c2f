/** Puts one small image into a registry under each of the four kinds of manifest. */
import { createHash } from "node:crypto";
import { BASIC } from "./token-server.ts";

const OCI = "application/vnd.oci.image";
const DOCKER = "application/vnd.docker";

/** The tag is the kind. */
export const kinds = ["oci-index", "oci-manifest", "docker-list", "docker-manifest"] as const;

export type Digests = Record<(typeof kinds)[number], string>;

/** The image's JSON on a platform. */
export function imageOf(architecture: string, os = "linux") {
  const config = { User: "app", WorkingDir: "/srv", Env: ["LEVEL=1", `ARCH=${architecture}`] };
  return {
    ...{ architecture, os, config, rootfs: { type: "layers", diff_ids: [] } },
    history: [{ created_by: "ADD rootfs / # buildkit" }, { created_by: "USER app", empty_layer: true }],
  };
}

/** Returns the digest of what each tag names, worked out from the bytes that were sent. */
export async function pushImages(host: string, repository: string): Promise<Digests> {
  const config = await pushBlob(host, repository, JSON.stringify(imageOf("amd64")));
  const push = (tag: string, mediaType: string, rest: object) =>
    pushManifest(host, repository, tag, { schemaVersion: 2, mediaType, ...rest });
  const oci = await push("oci-manifest", `${OCI}.manifest.v1+json`, {
    config: { mediaType: `${OCI}.config.v1+json`, ...config },
    layers: [],
  });
  const docker = await push("docker-manifest", `${DOCKER}.distribution.manifest.v2+json`, {
    config: { mediaType: `${DOCKER}.container.image.v1+json`, ...config },
    layers: [],
  });
  const platform = { architecture: "amd64", os: "linux" };
  const index = await push("oci-index", `${OCI}.index.v1+json`, { manifests: [{ ...oci, platform }] });
  const list = await push("docker-list", `${DOCKER}.distribution.manifest.list.v2+json`, {
    manifests: [{ ...docker, platform }],
  });
  return {
    "oci-index": index.digest,
    "oci-manifest": oci.digest,
    "docker-list": list.digest,
    "docker-manifest": docker.digest,
  };
}

/** An index under `tag`, with an image for each of `platforms`. */
export async function pushIndex(
  host: string,
  repository: string,
  tag: string,
  platforms: readonly (readonly [os: string, architecture: string])[],
) {
  const manifests = [];
  for (const [os, architecture] of platforms) {
    const config = await pushBlob(host, repository, JSON.stringify(imageOf(architecture, os)));
    const mediaType = `${OCI}.manifest.v1+json`;
    const layers = { config: { mediaType: `${OCI}.config.v1+json`, ...config }, layers: [] };
    const manifest = await pushManifest(host, repository, `${tag}-${os}-${architecture}`, {
      schemaVersion: 2,
      mediaType,
      ...layers,
    });
    manifests.push({ ...manifest, platform: { os, architecture } });
  }
  await pushManifest(host, repository, tag, { schemaVersion: 2, mediaType: `${OCI}.index.v1+json`, manifests });
}

async function pushBlob(host: string, repository: string, text: string) {
  const digest = digestOf(text);
  const started = await send(host, repository, "POST", `http://${host}/v2/${repository}/blobs/uploads/`);
  const place = new URL(started.headers.get("location")!, `http://${host}`);
  place.searchParams.set("digest", digest);
  await send(host, repository, "PUT", place.href, text, "application/octet-stream");
  return { digest, size: text.length };
}

async function pushManifest(
  host: string,
  repository: string,
  tag: string,
  manifest: { mediaType: string; [field: string]: unknown },
) {
  const text = JSON.stringify(manifest, null, 2);
  const { mediaType } = manifest;
  await send(host, repository, "PUT", `http://${host}/v2/${repository}/manifests/${tag}`, text, mediaType);
  return { mediaType, digest: digestOf(text), size: text.length };
}

async function send(host: string, repository: string, method: string, url: string, body?: string, type?: string) {
  const headers = { authorization: await authorization(host, repository), ...(type ? { "content-type": type } : {}) };
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

async function authorization(host: string, repository: string): Promise<string> {
  const challenge = (await fetch(`http://${host}/v2/`)).headers.get("www-authenticate") ?? "";
  const realm = /^Bearer realm="([^"]+)"/.exec(challenge)?.[1];
  if (realm === undefined) return BASIC;
  const scope = `repository:${repository}:pull,push`;
  const answer = await fetch(`${realm}?service=test&scope=${scope}`, { headers: { authorization: BASIC } });
  const { token } = (await answer.json()) as { token: string };
  return `Bearer ${token}`;
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
