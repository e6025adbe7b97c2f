/** Projects with a build context, as people write their Dockerfiles for them: for order-manifests and split-builder. */
import fc from "fast-check";
import type { Case } from "./case.ts";

const INTEGRITY = `sha512-${"a".repeat(86)}==`;

interface NodeOptions {
  readonly scripts: Readonly<Record<string, string>>;
  readonly workspaces: boolean;
  readonly local: boolean;
  readonly manager: "npm" | "yarn" | "pnpm";
  readonly npmrc: boolean;
  readonly patches: boolean;
  readonly ignored: string;
}

function nodeFiles(options: NodeOptions): Record<string, string> {
  const manifest = {
    name: "letters",
    version: "1.0.0",
    scripts: options.scripts,
    dependencies: { ms: "2.1.3", ...(options.local ? { near: "file:./near" } : {}) },
    devDependencies: { typescript: "5.9.3" },
    ...(options.workspaces ? { workspaces: ["packages/*"] } : {}),
  };
  const files: Record<string, string> = {
    "package.json": JSON.stringify(manifest),
    "src/index.js": "console.log(1)",
    ".dockerignore": options.ignored,
    ...(options.npmrc ? { ".npmrc": "fund=false\n" } : {}),
    ...(options.patches ? { "patches/ms+2.1.3.patch": "" } : {}),
    ...(options.workspaces
      ? { "packages/one/package.json": '{"name":"one","version":"1.0.0"}', "packages/one/a.js": "" }
      : {}),
    ...(options.local ? { "near/package.json": '{"name":"near","version":"1.0.0"}', "near/a.js": "" } : {}),
    "node_modules/ms/index.js": "stale",
  };
  if (options.manager === "npm") files["package-lock.json"] = npmLock(manifest);
  else if (options.manager === "yarn")
    files["yarn.lock"] =
      `# yarn lockfile v1\n\n\nms@2.1.3:\n  version "2.1.3"\n  integrity ${INTEGRITY}\n\ntypescript@5.9.3:\n  version "5.9.3"\n`;
  else files["pnpm-lock.yaml"] = "lockfileVersion: '9.0'\n\npackages:\n\n  ms@2.1.3:\n    resolution: {integrity: x}\n";
  return files;
}

function npmLock(manifest: { readonly dependencies: object; readonly devDependencies: object }): string {
  const packages = {
    "": {
      name: "letters",
      version: "1.0.0",
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    },
    "node_modules/ms": { version: "2.1.3", resolved: "https://packages.example/ms.tgz", integrity: INTEGRITY },
    "node_modules/typescript": {
      version: "5.9.3",
      resolved: "https://packages.example/typescript.tgz",
      integrity: INTEGRITY,
      dev: true,
    },
  };
  return JSON.stringify({ name: "letters", version: "1.0.0", lockfileVersion: 3, requires: true, packages });
}

const often = (frequency: number) => fc.integer({ min: 1, max: frequency }).map((n) => n < frequency);
const seldom = (frequency: number) => fc.integer({ min: 1, max: frequency }).map((n) => n === frequency);

const between = fc.array(
  fc.constantFrom(
    "ENV NODE_ENV=production",
    "ARG TOKEN",
    "LABEL a=1",
    "USER node",
    "RUN echo x > generated",
    "RUN ./setup.sh",
    "EXPOSE 3000",
    "# a comment",
    "ENV npm_config_loglevel=warn",
  ),
  { maxLength: 2 },
);

/** An install behind `COPY . .`, with all that an install could read of the sources. */
export const nodeProjects: fc.Arbitrary<Case> = fc
  .record({
    manager: fc.constantFrom("npm" as const, "npm" as const, "yarn" as const, "pnpm" as const),
    scripts: fc.constantFrom(
      {},
      { build: "tsc" },
      { postinstall: "node scripts/post.js" },
      { prepare: "husky" },
      { preinstall: "node src/index.js", build: "tsc" },
    ),
    workspaces: seldom(5),
    local: seldom(6),
    npmrc: seldom(3),
    patches: seldom(5),
    ignored: fc.constantFrom(
      "node_modules\n",
      "node_modules\n.git\n",
      "",
      "node_modules\npackage-lock.json\n",
      "**/node_modules\nDockerfile\n",
    ),
    copy: fc.constantFrom(
      "COPY . .",
      "COPY . /app",
      "COPY ./ ./",
      "COPY --chown=node:node . .",
      "ADD . .",
      "COPY . /app/",
    ),
    options: fc.constantFrom("", "", " --ignore-scripts", " --omit=dev"),
    build: fc.constantFrom("", " && npm run build", "; npm run build"),
    between,
    after: between,
    inFolder: seldom(5),
  })
  .map(({ copy, options, build, between: middle, after, inFolder, ...project }) => {
    const install = { npm: "npm ci", yarn: "yarn install --frozen-lockfile", pnpm: "pnpm install --frozen-lockfile" }[
      project.manager
    ];
    const lines = [
      "FROM node:20",
      "WORKDIR /app",
      copy,
      ...middle,
      `RUN ${inFolder ? "cd /app && " : ""}${install}${options}${build}`,
      ...after,
      'CMD ["node", "src/index.js"]',
    ];
    return { text: `${lines.join("\n")}\n`, files: nodeFiles(project) };
  });

/** Requirements and Go modules. */
export const otherProjects: fc.Arbitrary<Case> = fc.oneof(
  fc
    .record({
      nested: seldom(3),
      editable: seldom(4),
      constraint: seldom(4),
      between,
      copy: fc.constantFrom("COPY . .", "COPY . /app"),
    })
    .map(({ nested, editable, constraint, between: middle, copy }) => ({
      text: `FROM python:3.13\nWORKDIR /app\n${[copy, ...middle].join("\n")}\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n`,
      files: {
        "requirements.txt": `flask==3.0\n${nested ? "-r requirements/base.txt\n" : ""}${editable ? "-e .\n" : ""}${constraint ? "-c constraints.txt\n" : ""}`,
        "requirements/base.txt": "click==8\n",
        "constraints.txt": "click==8\n",
        "setup.py": "",
        "app.py": "print(1)",
      },
    })),
  fc.record({ replaced: seldom(3), vendored: seldom(4), between }).map(({ replaced, vendored, between: middle }) => ({
    text: `FROM golang:1.24\nWORKDIR /src\n${["COPY . .", ...middle].join("\n")}\nRUN go mod download\nRUN go build -o /app ./cmd\n`,
    files: {
      "go.mod": `module letters.example/app\n\ngo 1.24\n${replaced ? "\nreplace near.example/near => ./near\n" : ""}`,
      "go.sum": "",
      "cmd/main.go": "package main",
      ...(replaced ? { "near/go.mod": "module near.example/near\n", "near/near.go": "package near" } : {}),
      ...(vendored ? { "vendor/modules.txt": "" } : {}),
    },
  })),
);

/** Apps in TypeScript that are built and run in one stage. */
export const nodeApps: fc.Arbitrary<Case> = fc
  .record({
    outDir: fc.constantFrom("dist", "build", "out"),
    start: fc.constantFrom("exec", "npm", "shell"),
    manifestsFirst: often(3),
    settings: fc.array(
      fc.constantFrom(
        "ENV NODE_ENV=production",
        "ENV PORT=3000",
        "EXPOSE 3000",
        "LABEL a=1",
        "STOPSIGNAL SIGINT",
        "HEALTHCHECK CMD true",
        "VOLUME /data",
        "ARG REVISION=1",
        "ENV REVISION=$REVISION",
      ),
      { maxLength: 3 },
    ),
    early: fc.array(
      fc.constantFrom("ENV PORT=3000", "ARG REVISION=1", "RUN apt-get update && apt-get install -y tini", "LABEL b=2"),
      { maxLength: 2 },
    ),
    user: fc.constantFrom("", "", "USER node"),
    chown: seldom(4),
    entry: seldom(4),
    assets: often(2),
    stageName: seldom(4),
  })
  .map(({ outDir, start, manifestsFirst, settings, early, user, chown, entry, assets, stageName }) => {
    const command = {
      exec: `CMD ["node", "${outDir}/server.js"]`,
      npm: 'CMD ["npm", "start"]',
      shell: `CMD node ${outDir}/server.js`,
    }[start];
    const lines = [
      `FROM node:20${stageName ? " AS app" : ""}`,
      ...early,
      "WORKDIR /app",
      ...(manifestsFirst
        ? ["COPY package.json package-lock.json ./", "RUN npm ci", "COPY . .", "RUN npm run build"]
        : ["COPY . .", "RUN npm ci && npm run build"]),
      ...(chown ? ["RUN chown -R node:node /app"] : []),
      ...settings,
      ...(user === "" ? [] : [user]),
      ...(entry ? ['ENTRYPOINT ["tini", "--"]'] : []),
      command,
    ];
    const files = nodeFiles({
      scripts: { build: "tsc", start: `node ${outDir}/server.js` },
      workspaces: false,
      local: false,
      manager: "npm",
      npmrc: false,
      patches: false,
      ignored: "node_modules\ndist\n",
    });
    delete files["src/index.js"];
    return {
      text: `${lines.join("\n")}\n`,
      files: {
        ...files,
        "src/server.ts": 'import ms from "ms";\nconsole.log(ms(1));\n',
        "tsconfig.json": JSON.stringify({
          compilerOptions: { outDir: `./${outDir}`, rootDir: "src" },
          include: ["src"],
        }),
        ...(assets ? { "public/index.html": "" } : {}),
      },
    };
  });

const HEX = ["a", "b", "c"].map((letter) => `sha256:${letter.repeat(64)}`);

/** Files with every kind of place where an image is named. */
export const imageUses: fc.Arbitrary<Case> = fc
  .record({
    head: fc.constantFrom(
      "",
      "# syntax=docker/dockerfile:1\n",
      "ARG V=20\n",
      "ARG IMAGE=node:20\n",
      "ARG V=20\nARG IMAGE=node:${V}\n",
    ),
    first: fc.constantFrom(
      "node:20",
      "node:${V}",
      "${IMAGE}",
      "node",
      "scratch",
      `node:20@${HEX[2]}`,
      "docker.io/library/node:20",
    ),
    second: fc.constantFrom("base", "Base", "debian:12", "scratch", "node:20"),
    from: fc.constantFrom("base", "0", "alpine:3", "alpine", "nobody"),
    mount: fc.constantFrom("", "--mount=type=bind,from=alpine:3,target=/m ", "--mount=type=bind,from=base,target=/m "),
  })
  .map(({ head, first, second, from, mount }) => ({
    text: `${head}FROM ${first} AS base\nRUN make\nFROM ${second}\nARG V=18\nCOPY --from=${from} /a /a\nRUN ${mount}make\n`,
    digests: {
      "node:20": HEX[0]!,
      node: HEX[0]!,
      "docker.io/library/node:20": HEX[0]!,
      "debian:12": HEX[1]!,
      "alpine:3": HEX[1]!,
      alpine: HEX[2]!,
      "docker/dockerfile:1": HEX[2]!,
    },
  }));
