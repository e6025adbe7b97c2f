/**
 * Base images under their official names, made on this machine, since an engine test must not depend on a registry.
 * Each is kept until its recipe changes.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, resolve } from "node:path";
import { docker } from "./docker.ts";
import { root } from "./folders.ts";

/** Holds a hash of the recipe that made the image. */
const RECIPE = "refit.recipe";
const recipes = resolve(root, "scripts/engine/bases");
const MINIMIZE = resolve(recipes, "debian/minimize.sh");
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

interface Base {
  /** Takes minutes to make and to compare. */
  readonly large?: boolean;
  readonly needs?: BaseName;
  /** The first is asked for its recipe. */
  readonly tags: readonly string[];
  readonly recipe: () => string;
  readonly make: (recipe: string) => void;
}

export type BaseName =
  | "busybox"
  | "debian"
  | "debian-slim"
  | "buildpack-deps"
  | "node-slim"
  | "node"
  | "node-whole"
  | "bun-slim"
  | "bun"
  | "python"
  | "python-packages"
  | "python-slim"
  | "python-full"
  | "golang-debian"
  | "golang"
  | "golang-modules"
  | "elixir-slim"
  | "elixir"
  | "rust"
  | "ruby-slim"
  | "ruby"
  | "php"
  | "composer"
  | "jre"
  | "jdk"
  | "openjdk"
  | "maven"
  | "dotnet-runtime"
  | "dotnet-aspnet"
  | "dotnet-sdk"
  | "tracer";

/** Debian packages that making the bases needs. */
export const basePackages = ["busybox-static", "debootstrap", "strace"];

const bases: Record<BaseName, Base> = {
  busybox: fromFolder("busybox", {
    tags: ["busybox:latest", "busybox:1.37"],
    files: () => ({ busybox: "/usr/bin/busybox" }),
  }),
  debian: {
    tags: ["debian:trixie"],
    recipe: () => `debootstrap --variant=minbase trixie; ${readFileSync(MINIMIZE, "utf8")}`,
    make: bootstrapDebian,
  },
  "debian-slim": fromFolder("debian", { needs: "debian", tags: ["debian:trixie-slim"] }),
  "buildpack-deps": fromFolder("buildpack-deps", { needs: "debian", tags: ["buildpack-deps:trixie"], large: true }),
  "node-slim": fromFolder("node", {
    needs: "debian-slim",
    tags: ["node:20-slim", "node:20-bookworm-slim", "node:20-trixie-slim"],
    files: certificates,
    target: "node",
  }),
  node: fromFolder("node", {
    needs: "node-slim",
    tags: ["node:20", "node:20-bookworm"],
    files: certificates,
    target: "full",
  }),
  "node-whole": fromFolder("node", {
    needs: "buildpack-deps",
    tags: ["node:20-trixie"],
    files: certificates,
    target: "node",
    on: "buildpack-deps:trixie",
    large: true,
  }),
  "bun-slim": fromFolder("bun", {
    needs: "node-slim",
    tags: ["oven/bun:1-slim"],
    files: certificates,
    on: "debian:trixie-slim",
  }),
  bun: fromFolder("bun", { needs: "bun-slim", tags: ["oven/bun:1"], files: certificates }),
  python: toolchain("python", ["python:3.13", "python:3.13-slim", "python:3.13-slim-trixie"], "debian-slim"),
  "python-packages": fromFolder("python-packages", { needs: "python", tags: ["python:3.13-trixie"] }),
  "python-slim": fromFolder("python", { needs: "python", tags: ["python:3.13.5-slim-trixie"], target: "slim" }),
  "python-full": fromFolder("python", { needs: "python-slim", tags: ["python:3.13.5-trixie"], target: "full" }),
  "golang-debian": toolchain("golang", ["golang:debian"]),
  golang: fromFolder("golang", { needs: "golang-debian", tags: ["golang:1.24"] }),
  "golang-modules": fromFolder("golang-modules", { needs: "golang", tags: ["golang:1.24-trixie"] }),
  "elixir-slim": fromFolder("elixir", { needs: "debian-slim", tags: ["elixir:1.18-slim"], target: "slim" }),
  elixir: fromFolder("elixir", { needs: "elixir-slim", tags: ["elixir:1.18"], target: "full" }),
  rust: toolchain("rust", ["rust:1.85", "rust:1-trixie"]),
  "ruby-slim": fromFolder("ruby", {
    needs: "debian-slim",
    tags: ["ruby:3.3-slim", "ruby:3.3-slim-trixie"],
    files: certificates,
    target: "slim",
  }),
  ruby: fromFolder("ruby", { needs: "ruby-slim", tags: ["ruby:3.3"], files: certificates, target: "full" }),
  php: fromFolder("php", { needs: "debian-slim", tags: ["php:8.4-cli"], files: certificates, target: "php" }),
  composer: fromFolder("php", { needs: "php", tags: ["composer:2"], target: "composer" }),
  jre: fromFolder("java", { needs: "debian", tags: ["eclipse-temurin:21-jre"], target: "jre" }),
  jdk: fromFolder("java", { needs: "jre", tags: ["eclipse-temurin:21", "eclipse-temurin:21-jdk"], target: "jdk" }),
  openjdk: fromFolder("java", { needs: "jdk", tags: ["openjdk:21-jdk-trixie"], target: "openjdk" }),
  maven: fromFolder("maven", { needs: "jdk", tags: ["maven:3.9-eclipse-temurin-21", "maven:3.9"] }),
  "dotnet-runtime": dotnet("runtime", "node-slim"),
  "dotnet-aspnet": dotnet("aspnet", "dotnet-runtime"),
  "dotnet-sdk": dotnet("sdk", "dotnet-aspnet"),
  tracer: fromFolder("tracer", { tags: ["tracer:latest"], files: () => linkedFiles("/usr/bin/strace", "strace") }),
};

export const baseNames = Object.keys(bases) as readonly BaseName[];

/** Those that CI can afford: images with all that the official ones have are for measurements. */
export const lightBases = baseNames.filter((name) => !bases[name].large);

export function isBaseName(name: string): name is BaseName {
  return Object.hasOwn(bases, name);
}

/** Makes the base image `name`, and those it stands on, unless they are there as their recipes have them. */
export function makeBase(name: BaseName): void {
  const base = bases[name];
  if (base.needs) makeBase(base.needs);
  const recipe = hashOf(name);
  if (recipeOf(base.tags[0]!) !== recipe) {
    console.log(`Making base image ${base.tags.join(", ")}`);
    base.make(recipe);
  }
  for (const tag of base.tags.slice(1)) docker(["tag", base.tags[0]!, tag]);
}

/** Of its recipe and of those that it stands on. */
function hashOf(name: BaseName): string {
  const { needs, recipe } = bases[name];
  return createHash("sha256")
    .update(`${needs ? hashOf(needs) : ""}${recipe()}`)
    .digest("hex");
}

function recipeOf(tag: string): string | undefined {
  if (docker(["images", "--quiet", tag]) === "") return undefined;
  return docker(["image", "inspect", "--format", `{{index .Config.Labels "${RECIPE}"}}`, tag]).trim();
}

function toolchain(target: string, tags: readonly string[], needs: BaseName = "debian"): Base {
  return fromFolder("toolchains", { needs, tags, target });
}

/** Of the size of the official ones, and asked for by apps that CI leaves out. */
function dotnet(image: string, needs: BaseName): Base {
  const tags = [`mcr.microsoft.com/dotnet/${image}:3.1`, `mcr.microsoft.com/dotnet/core/${image}:3.1`];
  return fromFolder("dotnet", { needs, tags, files: certificates, target: image, large: true });
}

function certificates(): Record<string, string> {
  return existsSync(CERTIFICATES) ? { "ca-certificates.crt": CERTIFICATES } : {};
}

/** A program of this machine as `name`, with its shared libraries; the loader is `ld.so`. */
function linkedFiles(program: string, name: string): Record<string, string> {
  const paths = [...execFileSync("ldd", [program], { encoding: "utf8" }).matchAll(/\/\S+/g)].map(([path]) => path);
  const called = (path: string) => (basename(path).startsWith("ld-") ? "ld.so" : basename(path));
  return { [name]: program, ...Object.fromEntries(paths.map((path) => [called(path), path])) };
}

/** A base built from scripts/engine/bases/FOLDER, with files of this machine, by the name they get, beside the Dockerfile. */
function fromFolder(
  folder: string,
  made: Pick<Base, "tags" | "needs" | "large"> & {
    files?: () => Record<string, string>;
    target?: string;
    /** The image that the recipe's argument BASE names. */
    on?: string;
  },
): Base {
  const source = resolve(recipes, folder);
  const contents = () => [
    ...readdirSync(source)
      .sort()
      .map((name) => resolve(source, name)),
    ...Object.values(made.files?.() ?? {}),
  ];
  return {
    ...made,
    recipe: () =>
      contents()
        .map((path) => createHash("sha256").update(readFileSync(path)).digest("hex"))
        .join(),
    make(recipe) {
      const context = mkdtempSync(resolve(tmpdir(), "refit-base-"));
      try {
        for (const name of readdirSync(source)) copyFileSync(resolve(source, name), resolve(context, name));
        for (const [name, path] of Object.entries(made.files?.() ?? {})) copyFileSync(path, resolve(context, name));
        const target = made.target ? ["--target", made.target] : [];
        const on = made.on ? ["--build-arg", `BASE=${made.on}`] : [];
        const named = ["--label", `${RECIPE}=${recipe}`, "--tag", made.tags[0]!];
        docker(["build", "--quiet", ...named, ...target, ...on, context]);
      } finally {
        rmSync(context, { recursive: true, force: true });
      }
    },
  };
}

function bootstrapDebian(recipe: string): void {
  const work = mkdtempSync(resolve(tmpdir(), "refit-debian-"));
  const tree = resolve(work, "tree");
  const archive = resolve(work, "tree.tar");
  mkdirSync(tree);
  try {
    execFileSync("debootstrap", ["--variant=minbase", "trixie", tree], { stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("sh", [MINIMIZE, tree]);
    execFileSync("tar", ["-C", tree, "-cf", archive, "."]);
    docker(["import", "--change", 'CMD ["bash"]', "--change", `LABEL ${RECIPE}=${recipe}`, archive, "debian:trixie"]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
