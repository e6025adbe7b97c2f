/**
 * Families of images: where they are published, and what holds for all their tags. From the manifests of the official images
 * (docker-library/official-images), of dotnet/dotnet-docker and GoogleContainerTools/distroless, as they were in August 2026.
 */
import type { Reference } from "../dockerfile/index.ts";
import type { Family } from "./types.ts";

const NODE_CODENAMES = {
  argon: "4",
  boron: "6",
  carbon: "8",
  dubnium: "10",
  erbium: "12",
  fermium: "14",
  gallium: "16",
  hydrogen: "18",
  iron: "20",
  jod: "22",
  krypton: "24",
};

const JAVA_RELEASE = /^(\d+u\d+|\d+\.\d+\.\d+)/;

/** Official images of Docker Hub, which its mirrors have under the same names. */
const OFFICIAL: readonly Family[] = [
  { name: "almalinux", title: "AlmaLinux", distribution: "almalinux", release: /^\d+\.\d+/ },
  { name: "alpine", title: "Alpine", distribution: "alpine" },
  {
    name: "amazonlinux",
    title: "Amazon Linux",
    distribution: "amazonlinux",
    release: /^\d+\.\d+\.\d{8}/,
  },
  { name: "busybox", title: "BusyBox", distribution: "busybox" },
  { name: "centos", title: "CentOS", distribution: "centos", release: /^(centos)?\d+\.\d+/ },
  { name: "debian", title: "Debian", distribution: "debian", release: /^\d+\.\d+|-\d{8}/ },
  { name: "fedora", title: "Fedora", distribution: "fedora" },
  { name: "oraclelinux", title: "Oracle Linux", distribution: "oraclelinux", release: /^\d+\.\d+/ },
  { name: "rockylinux", title: "Rocky Linux", distribution: "rockylinux", release: /^\d+\.\d+/ },
  { name: "ubuntu", title: "Ubuntu", distribution: "ubuntu", release: /-\d{8}/ },

  { name: "buildpack-deps", title: "Build tools", distribution: "debian" },
  { name: "elixir", title: "Elixir", distribution: "debian" },
  { name: "erlang", title: "Erlang/OTP", distribution: "debian" },
  { name: "gcc", title: "GCC", distribution: "debian" },
  { name: "golang", title: "Go", distribution: "debian" },
  { name: "haskell", title: "GHC", distribution: "debian" },
  { name: "node", title: "Node.js", distribution: "debian", codenames: NODE_CODENAMES },
  { name: "perl", title: "Perl", distribution: "debian" },
  { name: "php", title: "PHP", distribution: "debian" },
  { name: "pypy", title: "PyPy", distribution: "debian" },
  { name: "python", title: "Python", distribution: "debian" },
  { name: "ruby", title: "Ruby", distribution: "debian" },
  { name: "rust", title: "Rust", distribution: "debian" },
  { name: "swift", title: "Swift", distribution: "ubuntu" },

  { name: "amazoncorretto", title: "Corretto", distribution: "amazonlinux", release: JAVA_RELEASE },
  { name: "eclipse-temurin", title: "Temurin", distribution: "ubuntu", release: JAVA_RELEASE },
  {
    name: "openjdk",
    title: "OpenJDK",
    distribution: [
      [6, "debian"],
      [12, "oraclelinux"],
    ],
    libc: "glibc",
    release: JAVA_RELEASE,
  },
  { name: "java", title: "OpenJDK", distribution: "debian", release: JAVA_RELEASE },
  // Gradle's image had a user of its own for some years; it ends with root again in those of 8.12 and 9.6, so surely since 7.
  { name: "gradle", title: "Gradle", libc: "glibc", user: "unknown", release: /^\d+\.\d+/ },
  { name: "clojure", title: "Clojure" },
  { name: "jruby", title: "JRuby", libc: "glibc" },
  { name: "maven", title: "Maven", libc: "glibc" },
  { name: "tomcat", title: "Tomcat", libc: "glibc" },

  { name: "composer", title: "Composer", distribution: "alpine" },
  { name: "httpd", title: "Apache httpd", distribution: "debian" },
  { name: "mariadb", title: "MariaDB", distribution: [[11, "ubuntu"]], libc: "glibc" },
  { name: "mongo", title: "MongoDB", distribution: [[4, "ubuntu"]], libc: "glibc" },
  { name: "mysql", title: "MySQL", distribution: [[9, "oraclelinux"]], libc: "glibc" },
  { name: "nginx", title: "nginx", distribution: "debian" },
  { name: "postgres", title: "PostgreSQL", distribution: "debian", release: /^\d+\.\d+/ },
  { name: "redis", title: "Redis", distribution: "debian" },
];

const ofName = new Map(OFFICIAL.map((family) => [family.name, family]));

/** Repositories that hold the same images as an official one, or what its publisher has beside it. */
const SAME: Readonly<Record<string, string>> = {
  "docker.io/almalinux/almalinux": "almalinux",
  "docker.io/gliderlabs/alpine": "alpine",
  "docker.io/rockylinux/rockylinux": "rockylinux",
  "ghcr.io/oracle/oraclelinux": "oraclelinux",
  "container-registry.oracle.com/os/oraclelinux": "oraclelinux",
  "public.ecr.aws/amazonlinux/amazonlinux": "amazonlinux",
  "public.ecr.aws/debian/debian": "debian",
  "public.ecr.aws/ubuntu/ubuntu": "ubuntu",
  "public.ecr.aws/amazoncorretto/amazoncorretto": "amazoncorretto",
  "quay.io/almalinuxorg/almalinux": "almalinux",
  "quay.io/centos/centos": "centos",
  "quay.io/fedora/fedora": "fedora",
  "quay.io/rockylinux/rockylinux": "rockylinux",
  "registry.fedoraproject.org/fedora": "fedora",
};

const DOTNET: Family = {
  name: "dotnet",
  title: ".NET",
  distribution: [
    [1, "debian"],
    [10, "ubuntu"],
  ],
  libc: "glibc",
};
const BUN: Family = { name: "bun", title: "Bun", distribution: "debian" };
const DISTROLESS: Family = { name: "distroless", title: "Distroless", distribution: "debian", user: "unknown" };
const UBI: Family = { name: "ubi", title: "Red Hat UBI", distribution: "rhel", release: /^\d+\.\d+-/ };
const CUDA: Family = { name: "cuda", title: "CUDA", libc: "glibc" };
const WINDOWS: Family = { name: "windows", title: "Windows", distribution: "windows", user: "unknown" };
const AZURELINUX: Family = { name: "azurelinux", title: "Azure Linux", distribution: "azurelinux" };

/** Families whose repositories say more than a name. */
const BY_PATTERN: readonly (readonly [RegExp, Family])[] = [
  [/^mcr\.microsoft\.com\/dotnet\/(core\/)?(sdk|aspnet|runtime|runtime-deps)$/, DOTNET],
  // Where Microsoft had them before it had a registry of its own.
  [/^docker\.io\/microsoft\/(dotnet|aspnetcore|aspnetcore-build)$/, DOTNET],
  [/^mcr\.microsoft\.com\/windows\/(servercore|nanoserver|server)$/, WINDOWS],
  [/^mcr\.microsoft\.com\/azurelinux\/base\/core$/, AZURELINUX],
  [/^docker\.io\/oven\/bun$/, BUN],
  [/^gcr\.io\/distroless\/[a-z0-9-]+$/, DISTROLESS],
  [/^registry\.(access\.)?redhat\.com\/(ubi\d+|ubi\d+-(minimal|micro|init)|ubi\d+\/ubi(-minimal|-micro|-init)?)$/, UBI],
  [/^(docker\.io|nvcr\.io)\/nvidia\/cuda$/, CUDA],
];

/** Prefixes of Docker Hub's official images, there and on mirrors. Each architecture has them under its own name. */
const MIRRORS =
  /^(?:(?:docker\.io|registry\.hub\.docker\.com|registry-1\.docker\.io|mirror\.gcr\.io)\/(?:library|amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)|public\.ecr\.aws\/docker\/library|mcr\.microsoft\.com\/mirror\/docker\/library)\/([a-z0-9-]+)$/;

/** Names under which each official image is had, for lists and tests: `docker.io/library/node`. */
export const OFFICIAL_NAMES: readonly string[] = OFFICIAL.map(({ name }) => name);

/** The family that publishes under this name; undefined where it is not known. */
export function familyOf(reference: Reference): Family | undefined {
  const path = pathOf(reference);
  const official = officialName(reference);
  if (official !== undefined) return ofName.get(official);
  return ofName.get(SAME[path] ?? "") ?? BY_PATTERN.find(([pattern]) => pattern.test(path))?.[1];
}

/** `node` for `docker.io/library/node` and its mirrors, whether refit knows the image or not; undefined for what is no official image. */
export function officialName(reference: Reference): string | undefined {
  return MIRRORS.exec(pathOf(reference))?.[1];
}

/** `docker.io/library/node`. */
export function pathOf({ registry, repository }: Reference): string {
  return `${registry}/${repository}`;
}

/** Whether the family is a distribution, whose version is that of its tags. */
export function isDistribution({ name, distribution }: Family): boolean {
  return distribution !== undefined && (name === distribution || name === "ubi");
}
