/** An image reference by the grammar of distribution/reference (ParseNormalizedNamed), which Docker and BuildKit use. */
export interface Reference {
  /** The name as written, without tag and digest: `node`, `library/node`, `ghcr.io/owner/app`. */
  readonly name: string;
  /** `docker.io` where none is written. */
  readonly registry: string;
  /** With `library/` where Docker Hub's short name means it. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:…`. */
  readonly digest: string | undefined;
}

const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const host = `(?:${label}(?:\\.${label})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const namePattern = new RegExp(`^(?:(${host})/)?(${component}(?:/${component})*)$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** Undefined for what is no reference. */
export function parseReference(text: string): Reference | undefined {
  if (text.length > 1_000 || /^[a-f0-9]{64}$/.test(text)) return undefined;
  const [rest = "", digest, ...more] = text.split("@");
  if (more.length > 0 || (digest !== undefined && !isDigest(digest))) return undefined;
  const slash = rest.lastIndexOf("/");
  const colon = rest.indexOf(":", slash + 1);
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  if (tag !== undefined && !tagPattern.test(tag)) return undefined;
  const { registry, repository } = normalized(name);
  const match = namePattern.exec(`${registry}/${repository}`);
  if (match?.[1] !== registry || repository.length > 255) return undefined;
  return { name, registry, repository, tag, digest };
}

/** The reference as written; with another digest or tag where they were replaced. */
export function formatReference({ name, tag, digest }: Pick<Reference, "name" | "tag" | "digest">): string {
  return name + (tag === undefined ? "" : `:${tag}`) + (digest === undefined ? "" : `@${digest}`);
}

function normalized(name: string): { registry: string; repository: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, slash);
  const isRegistry = slash >= 0 && (first === "localhost" || /[.:]/.test(first) || first.toLowerCase() !== first);
  const registry = isRegistry && first !== "index.docker.io" ? first : "docker.io";
  const repository = isRegistry ? name.slice(slash + 1) : name;
  const isOfficial = registry === "docker.io" && !repository.includes("/");
  return { registry, repository: isOfficial ? `library/${repository}` : repository };
}

function isDigest(digest: string): boolean {
  const [algorithm = "", hex = ""] = digest.split(":");
  return digestLengths[algorithm] === hex.length && /^[a-f0-9]+$/.test(hex) && digest === `${algorithm}:${hex}`;
}
