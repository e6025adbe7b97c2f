/** A project of any ecosystem behind Dockerfiles as people write them, with what makes its install read more: for every transform. */
import fc from "fast-check";
import type { Case } from "./case.ts";
import { type Files, PROJECTS } from "./minimal-projects.ts";

interface Kind {
  readonly base: string;
  /** Commands that install, or build and download on the way. */
  readonly installs: readonly string[];
  readonly builds: readonly string[];
  /** Files that come on top, or in the place of others; they make an install read more, or fail to be known. */
  readonly twists: readonly Files[];
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const inPackageJson = (more: object): Files => ({
  "package.json": json({ ...JSON.parse(PROJECTS.npm!["package.json"]!), ...more }),
});
const nodeTwists: readonly Files[] = [
  inPackageJson({ scripts: { build: "tsc", postinstall: "node scripts/post.js" } }),
  {
    ...inPackageJson({ scripts: { prepare: "node ./scripts/post.js" } }),
    "scripts/post.js": 'require("./near.js");\n',
    "scripts/near.js": "",
  },
  { ...inPackageJson({ workspaces: ["packages/*"] }), "packages/one/package.json": '{"name":"one","version":"1.0.0"}' },
  { ".npmrc": "fund=false\n" },
  { ".npmrc": "cache=./cache\n" },
  { "patches/express+4.21.0.patch": "" },
  { "node_modules/express/index.js": "stale" },
];

const KINDS: Readonly<Record<string, Kind>> = {
  npm: {
    base: "node:20",
    installs: ["npm ci", "npm install", "npm ci --omit=dev"],
    builds: ["npm run build"],
    twists: nodeTwists,
  },
  yarn: {
    base: "node:20",
    installs: ["yarn", "yarn install --frozen-lockfile"],
    builds: ["yarn build"],
    twists: nodeTwists,
  },
  pnpm: {
    base: "node:20",
    installs: ["pnpm install --frozen-lockfile", "pnpm i"],
    builds: ["pnpm run build"],
    twists: nodeTwists,
  },
  bun: {
    base: "oven/bun:1",
    installs: ["bun install --frozen-lockfile", "bun install"],
    builds: ["bun run build"],
    twists: nodeTwists,
  },
  pip: {
    base: "python:3.13",
    installs: [
      "pip install -r requirements.txt",
      "pip install --no-cache-dir -r requirements.txt",
      "python -m pip install -r requirements.txt",
    ],
    builds: ["python -m compileall ."],
    twists: [
      {
        "requirements.txt": "-r requirements/base.txt\n",
        "requirements/base.txt": "click==8\n-c limits.txt\n",
        "requirements/limits.txt": "",
      },
      { "requirements.txt": "flask\n-e .\n", "setup.py": "" },
      { "requirements.txt": "./wheels/near.whl\n", "wheels/near.whl": "" },
      { "pip/__init__.py": "" },
    ],
  },
  pipenv: {
    base: "python:3.13",
    installs: ["pipenv install --system --deploy", "pipenv sync"],
    builds: ["pipenv run python app.py"],
    twists: [{ Pipfile: '[packages]\nnear = {path = "."}\n', "setup.py": "" }],
  },
  poetry: {
    base: "python:3.13",
    installs: ["poetry install", "poetry install --no-root", "poetry install --only main --no-interaction"],
    builds: ["poetry build"],
    twists: [{ "poetry.toml": "[virtualenvs]\nin-project = true\n" }, { "README.md": "" }],
  },
  uv: {
    base: "python:3.13",
    installs: [
      "uv sync --frozen",
      "uv sync --frozen --no-install-project",
      "uv pip install --system -r requirements.txt",
    ],
    builds: ["uv build"],
    twists: [{ "requirements.txt": "flask\n" }, { "uv.toml": "" }],
  },
  conda: {
    base: "continuumio/miniconda3",
    installs: ["conda env create -f environment.yml"],
    builds: ["python app.py"],
    twists: [
      {
        "environment.yml": "dependencies:\n  - pip\n  - pip:\n    - -r requirements.txt\n",
        "requirements.txt": "flask\n",
      },
    ],
  },
  go: {
    base: "golang:1.24",
    installs: ["go mod download", "go build -o /app .", "CGO_ENABLED=0 go build -o /bin/app ./..."],
    builds: ["go test ./...", "go vet ./..."],
    twists: [
      {
        "go.mod": "module example.com/app\n\ngo 1.22\n\nreplace example.com/near => ./near\n",
        "near/go.mod": "module example.com/near\n",
      },
      { "vendor/modules.txt": "" },
      { "go.work": "go 1.22\n\nuse .\n" },
    ],
  },
  cargo: {
    base: "rust:1.85",
    installs: ["cargo build --release", "cargo fetch", "cargo install --path ."],
    builds: ["cargo test"],
    twists: [
      {
        "Cargo.toml": '[workspace]\nmembers = ["one"]\n',
        "one/Cargo.toml": '[package]\nname = "one"\nversion = "0.1.0"\n',
        "one/src/lib.rs": "",
      },
      { "build.rs": "fn main() {}\n" },
      { ".cargo/config.toml": "[net]\noffline = true\n" },
    ],
  },
  maven: {
    base: "maven:3-eclipse-temurin-21",
    installs: ["mvn -B package -DskipTests", "mvn dependency:go-offline", "./mvnw package"],
    builds: ["mvn test"],
    twists: [{ ".mvn/maven.config": "-T1C\n" }, { mvnw: "#!/bin/sh\n", ".mvn/wrapper/maven-wrapper.properties": "" }],
  },
  gradle: {
    base: "gradle:8-jdk21",
    installs: ["gradle build --no-daemon", "./gradlew bootJar"],
    builds: ["gradle test"],
    twists: [{ "gradle.properties": "" }, { "buildSrc/build.gradle": "" }],
  },
  bundler: {
    base: "ruby:3.3",
    installs: ["bundle install", "bundle install --jobs 4", "bundle config set without development && bundle install"],
    builds: ["bundle exec rake assets:precompile"],
    twists: [
      { Gemfile: 'source "https://packages.example"\ngemspec\n', "app.gemspec": "" },
      { Gemfile: 'eval_gemfile "other/Gemfile"\n', "other/Gemfile": "" },
      { ".ruby-version": "3.3.0\n" },
    ],
  },
  composer: {
    base: "composer:2",
    installs: ["composer install", "composer install --no-dev --optimize-autoloader", "composer install --no-scripts"],
    builds: ["composer dump-autoload --optimize"],
    twists: [
      {
        "composer.json": json({
          name: "org/app",
          autoload: { classmap: ["src/"] },
          scripts: { "post-install-cmd": "php bin/setup" },
        }),
      },
      { "auth.json": "{}\n" },
    ],
  },
  dotnet: {
    base: "mcr.microsoft.com/dotnet/sdk:8.0",
    installs: ["dotnet restore", "dotnet publish -c Release -o /out"],
    builds: ["dotnet test"],
    twists: [
      { "Directory.Build.props": "<Project />\n" },
      { "nuget.config": "<configuration />\n" },
      { "obj/project.assets.json": "{}" },
    ],
  },
  mix: {
    base: "elixir:1.17",
    installs: ["mix deps.get", "mix do deps.get, compile"],
    builds: ["mix release"],
    twists: [{ "config/config.exs": "import Config\n" }],
  },
};

const seldom = (frequency: number) => fc.integer({ min: 1, max: frequency }).map((n) => n === frequency);

const LINES = [
  "ENV NODE_ENV=production",
  "ARG COMMIT",
  "LABEL a=1",
  "USER 1000",
  "RUN echo x > generated",
  "RUN apt-get update && apt-get install -y git",
  "EXPOSE 3000",
  "# a comment",
];

const COPIES = ["COPY . .", "COPY . .", "COPY ./ ./", "COPY . /srv/app", "ADD . .", "COPY --chown=1000 . ."];

/** An app with its Dockerfile, in a folder of the context or in its root. */
export const ecosystemProjects: fc.Arbitrary<Case> = fc.constantFrom(...Object.keys(KINDS)).chain((name) => {
  const { base, installs, builds, twists } = KINDS[name]!;
  return fc
    .record({
      install: fc.constantFrom(...installs),
      build: fc.constantFrom("", ...builds),
      isJoined: fc.boolean(),
      twist: fc.option(fc.constantFrom(...twists), { freq: 3, nil: {} }),
      missing: fc.option(fc.constantFrom(...Object.keys(PROJECTS[name]!)), { freq: 6, nil: undefined }),
      ignored: fc.constantFrom("", "node_modules\ntarget\nvendor\nobj\nbin\n", "**/*.lock\n", "*\n!src\n"),
      copy: fc.constantFrom(...COPIES),
      folder: fc.constantFrom("", "", "", "services/api"),
      // Without one, the base image decides.
      workdir: fc.constantFrom("WORKDIR /srv/app", "WORKDIR /srv/app", "WORKDIR /srv/app", "WORKDIR /", undefined),
      early: fc.array(fc.constantFrom(...LINES), { maxLength: 2 }),
      between: fc.array(fc.constantFrom(...LINES), { maxLength: 1 }),
      late: fc.array(fc.constantFrom(...LINES), { maxLength: 1 }),
      isSplit: seldom(4),
      // A frontend that has COPY --parents.
      syntax: fc.constantFrom("", "", "# syntax=docker/dockerfile:1.20\n"),
      isStaged: seldom(4),
    })
    .map(
      ({
        install,
        build,
        isJoined,
        twist,
        missing,
        ignored,
        copy,
        folder,
        workdir,
        early,
        between,
        late,
        isSplit,
        syntax,
        isStaged,
      }) => {
        const own = Object.entries({ ...PROJECTS[name], ...twist }).filter(([path]) => path !== missing);
        const files = own.map(([path, text]) => [folder === "" ? path : `${folder}/${path}`, text] as const);
        const steps = [install, build].filter((command) => command !== "");
        const enter = folder === "" ? "" : `cd ${folder} && `;
        const runs = isJoined
          ? [`RUN ${enter}${steps.join(" && ")}`]
          : steps.map((command) => `RUN ${enter}${command}`);
        const copies =
          isSplit && folder === "" ? [...new Set(files.map(([path]) => path.split("/")[0]!))].map(copyOf) : [copy];
        const lines = [
          `FROM ${base}${isStaged ? " AS build" : ""}`,
          ...early,
          ...(workdir ? [workdir] : []),
          ...copies,
          ...between,
          ...runs,
          ...late,
          ...(isStaged ? ["FROM debian:12", "COPY --from=build /srv/app /srv/app"] : []),
          'CMD ["./start"]',
        ];
        return {
          text: `${syntax}${lines.join("\n")}\n`,
          files: { ...Object.fromEntries(files), ".dockerignore": ignored },
        };
      },
    );
});

/** One COPY for each entry of the project's folder. */
function copyOf(name: string): string {
  return name.includes(".") || /^[A-Z]|^gradlew$|^mvnw$/.test(name) ? `COPY ${name} ./` : `COPY ${name} ./${name}`;
}
