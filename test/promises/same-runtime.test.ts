/** Splits that lose something that the container needs, and some that don't. */
import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";
import { compare, THOROUGH } from "../../src/promises/index.ts";

const FILES = {
  "package.json": JSON.stringify({
    name: "letters",
    version: "1.0.0",
    scripts: { build: "tsc", start: "node dist/main.js" },
    dependencies: { ms: "2.1.3" },
    devDependencies: { typescript: "5.9.3" },
  }),
  "package-lock.json": JSON.stringify({
    name: "letters",
    version: "1.0.0",
    lockfileVersion: 3,
    packages: {
      "": {
        name: "letters",
        version: "1.0.0",
        dependencies: { ms: "2.1.3" },
        devDependencies: { typescript: "5.9.3" },
      },
      "node_modules/ms": { version: "2.1.3" },
      "node_modules/typescript": { version: "5.9.3", dev: true },
    },
  }),
  "tsconfig.json": JSON.stringify({ compilerOptions: { outDir: "dist", rootDir: "src" } }),
  "src/main.ts": "console.log(1)",
  "public/index.html": "",
  ".dockerignore": "node_modules\n",
};

const BUILD = ["COPY . .", "RUN npm ci", "RUN npm run build"];
const COPIES = [
  "COPY --from=build /app/package.json ./",
  "COPY --from=build /app/node_modules ./node_modules",
  "COPY --from=build /app/dist ./dist",
];
const START = 'CMD ["node", "dist/main.js"]';

function single(...rest: readonly string[]): string {
  return ["FROM node:20", "WORKDIR /app", ...BUILD, ...rest].join("\n");
}

function split(copies: readonly string[], rest: readonly string[], from = "FROM node:20"): string {
  return [
    "FROM node:20 AS build",
    "WORKDIR /app",
    ...BUILD,
    "RUN npm prune --omit=dev",
    from,
    "WORKDIR /app",
    ...copies,
    ...rest,
  ].join("\n");
}

function copiedFirst(text: string): string {
  return text.replace("WORKDIR /app\nCOPY . .", "COPY . /app\nWORKDIR /app");
}

function verdict(before: string, after: string, files: Readonly<Record<string, string>> = FILES) {
  const [old, now] = [before, after].map((text) =>
    factsOf(parseDockerfile(`${text}\n`), { context: memoryContext(files) }),
  );
  return compare(old!, now!, "same-runtime", THOROUGH);
}

test("an empty folder of the build context stays, unless the folder that it lies in goes", () => {
  const files = { ...FILES, "uploads/": "", "src/pages/": "" };
  const facts = (text: string) => factsOf(parseDockerfile(text), { context: memoryContext(files) });
  const without = compare(facts(single(START)), facts(split(COPIES, [START])), "same-runtime", THOROUGH);
  expect(without).toEqual({ kind: "broken", differences: ["/app/uploads is missing"] });
  const copies = [...COPIES, "COPY --from=build /app/uploads ./uploads"];
  expect(compare(facts(single(START)), facts(split(copies, [START])), "same-runtime", THOROUGH)).toEqual({
    kind: "kept",
  });
});

describe("broken", () => {
  const cases: readonly [string, string, string][] = [
    ["S1: another base image", single(START), split(COPIES, [START], "FROM node:20-alpine")],
    [
      "S2: the outputs come to lie elsewhere than CMD looks",
      single(START),
      split([...COPIES.slice(0, 2), "COPY --from=build /app/dist ./"], [START]),
    ],
    ["S2: the outputs are left behind", single(START), split(COPIES.slice(0, 2), [START])],
    [
      "S2: the outputs of `npm start` are left behind",
      single('CMD ["npm", "start"]'),
      split(COPIES.slice(0, 2), ['CMD ["npm", "start"]']),
    ],
    [
      "M4: CMD runs a source that is left behind",
      single('CMD ["node", "src/main.ts"]'),
      split(COPIES, ['CMD ["node", "src/main.ts"]']),
    ],
    ["M5: ENV is lost", single("ENV A=1", START), split(COPIES, [START])],
    ["M5: USER is lost", single("USER node", START), split(COPIES, [START])],
    ["M5: EXPOSE is lost", single("EXPOSE 80", START), split(COPIES, [START])],
    ["M5: LABEL is lost", single("LABEL a=1", START), split(COPIES, [START])],
    ["M5: VOLUME is lost", single("VOLUME /data", START), split(COPIES, [START])],
    ["M5: HEALTHCHECK is lost", single("HEALTHCHECK CMD true", START), split(COPIES, [START])],
    ["M5: STOPSIGNAL is lost", single("STOPSIGNAL SIGINT", START), split(COPIES, [START])],
    [
      "M5: SHELL is lost",
      single('SHELL ["/bin/bash", "-c"]', "CMD node dist/main.js"),
      split(COPIES, ["CMD node dist/main.js"]),
    ],
    [
      "M6: a program that a RUN installed is lost",
      single("RUN apt-get update && apt-get install -y tini", START),
      split(COPIES, [START]),
    ],
    ["M6: a file outside of the project is lost", single("RUN echo 1 > /etc/letters", START), split(COPIES, [START])],
    [
      "M6: a file that lists the project is made where less of it is",
      single("RUN ls -a > /list", START),
      split(COPIES, ["RUN ls -a > /list", START]),
    ],
    [
      "M6: a file of the project is read where it is not there",
      single("RUN cat tsconfig.json > /settings", START),
      split(COPIES, ["RUN cat tsconfig.json > /settings", START]),
    ],
    ["M11: an ARG that an ENV reads is lost", single("ARG V=1", "ENV V=$V", START), split(COPIES, ["ENV V=$V", START])],
    [
      "an owner is changed",
      single(START),
      split([...COPIES.slice(0, 2), "COPY --from=build --chown=node:node /app/dist ./dist"], [START]),
    ],
    [
      "the outputs are built again by other means",
      single(START),
      split([...COPIES.slice(0, 2), "RUN ./make.sh"], [START]),
    ],
  ];
  for (const [name, before, after] of cases) test(name, () => expect(verdict(before, after).kind).toBe("broken"));

  test("M7: a stage before the split one is not the one that COPY --from=0 means any more", () => {
    const first = "FROM debian:12\nRUN make\n";
    const before = `${first}FROM node:20\nWORKDIR /app\nCOPY --from=0 /out /app/out\n${[...BUILD, START].join("\n")}`;
    const after = `FROM alpine\n${first}FROM node:20\nWORKDIR /app\nCOPY --from=0 /out /app/out\n${[...BUILD, START].join("\n")}`;
    expect(verdict(before, after).kind).toBe("broken");
  });

  test("M8: a stage that could be named with --target is gone", () => {
    expect(verdict(`FROM debian:12 AS tools\nRUN make\n${single(START)}`, single(START)).kind).toBe("broken");
  });

  test("M9: a plain build yields another stage", () => {
    expect(verdict(single(START), `${split(COPIES, [START])}\nFROM build`).kind).toBe("broken");
  });
});

describe("kept", () => {
  const cases: readonly [string, string, string][] = [
    [
      "sources and development packages stay behind",
      single(START),
      split([...COPIES, "COPY --from=build /app/public ./public"], [START]),
    ],
    [
      "config is said again",
      single("ENV A=1", "EXPOSE 80", "USER node", START),
      split(COPIES, ["ENV A=1", "EXPOSE 80", "USER node", START]),
    ],
    ["all packages come along", single(START), split(COPIES, [START]).replace("\nRUN npm prune --omit=dev", "")],
    ["the file prunes by itself", single("RUN npm prune --omit=dev", START), split(COPIES, [START])],
    ["the project folder is made by a COPY", copiedFirst(single(START)), copiedFirst(split(COPIES, [START]))],
    [
      "caches that were removed stay in the builder stage",
      single("RUN npm cache clean --force && rm -rf /tmp/*", START),
      split(COPIES, [START]),
    ],
    [
      "what the build leaves beside the packages comes along with them",
      single(START).replace("RUN npm run build", "RUN mkdir -p node_modules/.cache && npm run build"),
      split(COPIES, [START]).replace("RUN npm run build", "RUN mkdir -p node_modules/.cache && npm run build"),
    ],
    [
      "a whole folder belongs to a user",
      single("RUN chown -R node:node /app", START),
      split(COPIES, ["RUN chown -R node:node /app", START]),
    ],
  ];
  for (const [name, before, after] of cases) test(name, () => expect(verdict(before, after)).toEqual({ kind: "kept" }));
});

describe("a static program on scratch", () => {
  const build = ["FROM golang:1.25 AS build", "WORKDIR /src", "COPY . .", "RUN CGO_ENABLED=0 go build -o /shop ."];
  const start = ["WORKDIR /srv", "COPY --from=build /shop /usr/local/bin/shop", 'CMD ["shop"]'];
  const before = [...build, "FROM golang:1.25", ...start].join("\n");
  const files = (...steps: readonly string[]) => ["FROM golang:1.25 AS files", "WORKDIR /files", ...steps];
  const collect = "RUN mkdir -p var/cache && cp -a --parents /etc/passwd /tmp /usr/share/zoneinfo /files";
  const on = (base: readonly string[], ...rest: readonly string[]) =>
    [...build, ...base, "FROM scratch", "COPY --from=files /files /", ...rest].join("\n");

  test("has what the larger image has where it has anything", () => {
    expect(verdict(before, on(files(collect), ...start))).toEqual({ kind: "kept" });
  });

  test.each([
    ["a file is another", on(files(collect, "RUN echo web >/files/etc/passwd"), ...start)],
    ["a file has another owner", on(files(collect, "RUN chown 1000 /files/etc/passwd"), ...start)],
    ["a file lies elsewhere", on(files("RUN cp -a --parents /etc/passwd /files && mv etc/passwd etc/group"), ...start)],
    ["the program is lost", on(files(collect), "WORKDIR /srv", 'CMD ["shop"]')],
    ["scratch is another stage's", before.replace("FROM golang:1.25 AS", "FROM scratch AS")],
  ])("is not the same where %s", (_, after) => {
    expect(verdict(before, after).kind).toBe("broken");
  });
});

describe("packages of the system", () => {
  const install = (packages: string) =>
    `RUN apt-get update && apt-get install -y --no-install-recommends ${packages} && rm -rf /var/lib/apt/lists/*`;
  const whole = (packages: string, ...rest: readonly string[]) =>
    ["FROM node:20-bookworm-slim", install(packages), "WORKDIR /app", ...BUILD, ...rest, START].join("\n");
  const parts = (builder: string, runtime: string | undefined, ...rest: readonly string[]) =>
    [
      ...[
        "FROM node:20-bookworm-slim AS build",
        install(builder),
        "WORKDIR /app",
        ...BUILD,
        "RUN npm prune --omit=dev",
      ],
      ...["FROM node:20-bookworm-slim", ...(runtime === undefined ? [] : [install(runtime)]), "WORKDIR /app"],
      ...[...COPIES, ...rest, START],
    ].join("\n");

  test.each([
    ["what only builds need stays behind", whole("make git"), parts("make git", undefined)],
    [
      "libraries come by name, in any order",
      whole("g++ libpq-dev"),
      parts("g++ libpq-dev", "libpq5 libgomp1 libatomic1"),
    ],
    ["packages that run are left", whole("make tini"), parts("make tini", "tini")],
    ["more than is needed is left", whole("make tini"), parts("make tini", "make tini")],
    ["a user is made after it", whole("make", "RUN useradd -r web"), parts("make", undefined, "RUN useradd -r web")],
  ])("%s", (_, before, after) => {
    expect(verdict(before, after).kind).toBe("kept");
  });

  test.each([
    ["a library is lost", whole("g++ libpq-dev"), parts("g++ libpq-dev", "libgomp1 libatomic1")],
    ["a package that runs is lost", whole("make tini"), parts("make tini", undefined)],
    ["a library of another release comes", whole("libssl-dev"), parts("libssl-dev", "libssl3t64")],
    ["the builder loses one", whole("make git"), parts("make", undefined)],
    [
      "a program that the container calls is lost",
      whole("curl", "HEALTHCHECK CMD curl -f http://localhost"),
      parts("curl", undefined, "HEALTHCHECK CMD curl -f http://localhost"),
    ],
    [
      "a later step calls one",
      whole("curl", "RUN curl -o /wait https://example.com"),
      parts("curl", undefined, "RUN curl -o /wait https://example.com"),
    ],
    [
      "a later step may call one",
      whole("make", "RUN npm install -g pm2"),
      parts("make", undefined, "RUN npm install -g pm2"),
    ],
    [
      "another option",
      whole("make tini"),
      parts("make tini", "tini").replace(/--no-install-recommends(?= tini)/, "--fix-missing"),
    ],
  ])("broken: %s", (_, before, after) => {
    expect(verdict(before, after).kind).toBe("broken");
  });
});

describe("dependencies that are compiled ahead", () => {
  const PROJECT = {
    "Cargo.toml": '[package]\nname = "letters"\nversion = "1.0.0"\n',
    "Cargo.lock": "version = 4\n",
    "src/main.rs": "fn main() {}\n",
  };
  const install = "RUN cargo install cargo-chef --locked";
  const cook = [
    "COPY --from=planner /app/recipe.json recipe.json",
    "RUN cargo chef cook --release --recipe-path recipe.json && rm recipe.json",
  ];
  const build = ["COPY . .", "RUN cargo build --release"];
  const rest = [
    ...["FROM rust AS tools", "RUN make tools", "FROM debian:13", "COPY --from=tools /tools /tools"],
    ...["COPY --from=build /app/target/release/letters /usr/bin/", 'CMD ["letters"]'],
  ];
  const before = ["FROM rust AS build", "WORKDIR /app", ...build, ...rest].join("\n");
  const ahead = (cooked: readonly string[], built = build, others = rest) =>
    [
      ...["FROM rust AS chef", "WORKDIR /app", install, "FROM chef AS planner", "COPY . ."],
      ...["RUN cargo chef prepare --recipe-path recipe.json", "FROM chef AS build", ...cooked, ...built, ...others],
    ].join("\n");

  test("leave the last stage the same, though the builder holds more", () => {
    expect(verdict(before, ahead(cook), PROJECT)).toEqual({ kind: "kept" });
  });

  test.each([
    ["a file beside the sources, which the build could read", [...cook, "RUN touch build.rs"], build, rest],
    ["the recipe, left where the sources are", cook.map((line) => line.replace(" && rm recipe.json", "")), build, rest],
    ["other options of the build", cook, ["COPY . .", "RUN cargo build --release --all-features"], rest],
    ["another stage that changed", cook, build, rest.map((line) => line.replace("make tools", "make other"))],
  ])("do not cover up %s", (_, cooked, built, others) => {
    expect(verdict(before, ahead(cooked, built, others), PROJECT)).toMatchObject({ kind: "broken" });
  });
});
