import { describe, expect, test } from "vitest";
import { memoryContext, type UseStart } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";
import { applyEdits } from "../../src/text/index.ts";
import splitBuilder from "../../transforms/split-builder/index.ts";

type Files = Readonly<Record<string, string>>;

const manifest = {
  name: "shop",
  scripts: { build: "tsc", start: "node dist/server.js" },
  dependencies: { ms: "2.1.3" },
  devDependencies: { typescript: "5.9.3", "@types/node": "20.0.0" },
};
const app: Files = {
  "package.json": JSON.stringify(manifest),
  "package-lock.json": "{}",
  "tsconfig.json": '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" }, "include": ["src"] }',
  "src/server.ts": 'import { createServer } from "node:http";\nimport ms from "ms";\n',
};
const { "package-lock.json": _, ...withoutLock } = app;
const withManifest = (change: object): Files => ({
  ...app,
  "package.json": JSON.stringify({ ...manifest, ...change }),
});
const withScripts = (change: object): Files => withManifest({ scripts: { ...manifest.scripts, ...change } });

function split(
  source: string,
  files: Files | undefined = app,
  modes: Readonly<Record<string, number>> = {},
  starts: readonly UseStart[] = [],
) {
  const dockerfile = parseDockerfile(source);
  expect(dockerfile.problems).toEqual([]);
  const context = files && memoryContext(files, "context", "Dockerfile", modes);
  const facts = factsOf(dockerfile, { context, starts });
  const [place] = [...splitBuilder.find(facts, undefined)];
  if (!place) return { code: "no-place", text: source };
  const proposal = splitBuilder.rewrite(place, facts, undefined);
  if ("declined" in proposal) return { code: proposal.code, text: proposal.declined };
  const text = applyEdits(source, proposal.edits);
  const again = parseDockerfile(text);
  expect(again.problems).toEqual([]);
  // A second run finds nothing to do.
  expect([...splitBuilder.find(factsOf(again, { context: facts.context }), undefined)]).toEqual([]);
  return { code: "split", text };
}

/** A usual file with lines in the places where people put them. */
function file({
  head = "",
  body = "",
  build = "RUN npm run build",
  tail = "",
  start = 'CMD ["node", "dist/server.js"]',
} = {}) {
  const lines = ["FROM node:20", "WORKDIR /app", head, "COPY . .", "RUN npm ci", body, build, tail, start];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

const stagesOf = (text: string) => text.split(/^(?=FROM )/m).map((stage) => stage.trim().split("\n"));
const runtimeOf = (source: string, files: Files = app) => stagesOf(split(source, files).text)[2];
const dropped = (files: Files, source = file()) => {
  const lines = runtimeOf(source, files)?.join("\n") ?? "";
  return Object.keys(files)
    .map((path) => path.split("/")[0] ?? "")
    .filter((name) => !lines.includes(`/app/${name}`));
};

describe("the cut", () => {
  test("three stages: what both have, the build, and what runs", () => {
    expect(stagesOf(split(file()).text)).toEqual([
      ["FROM node:20 AS base", "WORKDIR /app"],
      ["FROM base AS builder", "COPY . .", "RUN npm ci", "RUN npm run build", "RUN npm prune --omit=dev --no-save"],
      [
        "FROM base",
        "COPY --from=builder /app/package.json /app/package-lock.json ./",
        "COPY --from=builder /app/node_modules ./node_modules",
        "COPY --from=builder /app/dist ./dist",
        'CMD ["node", "dist/server.js"]',
      ],
    ]);
  });

  test("M1: system packages that run are in the base stage, so none that came along is lost", () => {
    const text = split(file({ head: "RUN apt-get update && apt-get install -y libcairo2 tini" })).text;
    expect(stagesOf(text)[0]).toEqual([
      "FROM node:20 AS base",
      "WORKDIR /app",
      "RUN apt-get update && apt-get install -y libcairo2 tini",
    ]);
  });

  test("M1: the libraries behind packages for the build are installed in the runtime stage", () => {
    const step = "RUN apt-get update && apt-get install -y libcairo2-dev g++";
    const [base, builder, runtime] = stagesOf(split(file({ head: step })).text);
    expect(base).toEqual(["FROM node:20 AS base", "WORKDIR /app"]);
    expect(builder).toContain(step);
    expect(runtime).toContain(
      "RUN apt-get update && apt-get install -y libcairo2 libcairo-gobject2 libcairo-script-interpreter2 libatomic1 libgomp1",
    );
  });

  test("M1: system packages installed after the copy are installed in both stages", () => {
    const step = "RUN apt-get update && apt-get install -y libcairo2";
    const [, builder, runtime] = stagesOf(split(file({ body: step })).text);
    expect(builder).toContain(step);
    expect(runtime).toContain(step);
  });

  test("S1, S4, M2, F12: both stages have the base that the file names", () => {
    expect(split(file()).text.match(/^FROM .*/gm)).toEqual([
      "FROM node:20 AS base",
      "FROM base AS builder",
      "FROM base",
    ]);
  });

  test("S2, M3: everything lies where it lay, so CMD finds it", () => {
    expect(runtimeOf(file({ start: 'ENTRYPOINT ["node", "dist/server.js"]' }))).toContain(
      "COPY --from=builder /app/dist ./dist",
    );
    const elsewhere =
      "FROM node:20\nWORKDIR /srv/shop\nCOPY . .\nRUN npm ci\nRUN npm run build\nWORKDIR /\nCMD node /srv/shop/dist/server.js\n";
    expect(runtimeOf(elsewhere)).toContain("COPY --from=builder /srv/shop/dist ./dist");
  });

  test("M5: configuration before the build comes to the runtime stage, in order and with its comments", () => {
    const body = [
      "ENV PORT=3000",
      "# who made it",
      "LABEL maker=shop",
      "STOPSIGNAL SIGINT",
      'SHELL ["/bin/bash", "-c"]',
      "USER root",
    ];
    const [, builder, runtime] = stagesOf(split(file({ body: body.join("\n") })).text);
    expect(builder).toEqual([
      "FROM base AS builder",
      "COPY . .",
      "RUN npm ci",
      "ENV PORT=3000",
      'SHELL ["/bin/bash", "-c"]',
      "USER root",
      "RUN npm run build",
      "RUN npm prune --omit=dev --no-save",
    ]);
    expect(runtime?.slice(0, 7)).toEqual(["FROM base", ...body]);
  });

  test("M5: a CMD above an ENTRYPOINT stays in the stage of the ENTRYPOINT, which would drop an inherited one", () => {
    const source =
      'FROM node:20\nWORKDIR /app\nCMD ["dist/server.js"]\nCOPY . .\nRUN npm ci && npm run build\nENTRYPOINT ["node"]\n';
    const [base, , runtime] = stagesOf(split(source).text);
    expect(base).toEqual(["FROM node:20 AS base", "WORKDIR /app"]);
    expect(runtime).toContain('CMD ["dist/server.js"]');
  });

  test("M6: users and files outside the project folder are in the runtime stage", () => {
    const head = "RUN groupadd -r shop && useradd -r -g shop shop\nCOPY shop.conf /etc/shop.conf";
    const text = split(file({ head, body: "COPY late.conf /etc/late.conf" }), {
      ...app,
      "shop.conf": "",
      "late.conf": "",
    }).text;
    expect(stagesOf(text)[0]).toContain("COPY shop.conf /etc/shop.conf");
    expect(stagesOf(text)[2]).toContain("COPY late.conf /etc/late.conf");
  });

  test("M1: a step that only looks stays in the builder stage", () => {
    const [, builder, runtime] = stagesOf(split(file({ body: "RUN ls -la && cat package.json" })).text);
    expect(builder).toContain("RUN ls -la && cat package.json");
    expect(runtime).not.toContain("RUN ls -la && cat package.json");
  });

  test("M1: a step beside the project is repeated where it looks at nothing of it", () => {
    const beside = [
      'RUN [ "$NODE_ENV" = production ] || apt-get update',
      "RUN test -d /opt || mkdir /opt",
      "RUN curl -fsSL -o /usr/local/bin/tool https://example.org/tool",
    ];
    for (const body of beside) expect(runtimeOf(file({ body }))).toContain(body);
  });

  test("what the build redirects into files of the project comes along", () => {
    const files = withScripts({ build: "tsc && echo 1 > version.txt 2> /dev/null" });
    expect(runtimeOf(file(), files)).toContain("COPY --from=builder /app/version.txt ./version.txt");
  });

  test("M7: numbers of earlier stages stay, since new stages come after them", () => {
    const source = `FROM busybox:1.37\nRUN echo hi > /greeting\n\n${file({ head: "COPY --from=0 /greeting /greeting" })}`;
    expect(split(source).text).toContain("COPY --from=0 /greeting /greeting");
  });

  test("M8, M9: the stage's own name stays on what is built last", () => {
    const text = split(file().replace("FROM node:20", "FROM node:20 AS Web")).text;
    expect(text.match(/^FROM .*/gm)).toEqual(["FROM node:20 AS base", "FROM base AS builder", "FROM base AS Web"]);
  });

  test("M8: new names collide with no stage and no image of the file", () => {
    const source = `FROM base AS builder\nRUN true\n\n${file({ head: "COPY --from=builder /x /x" })}`;
    expect(split(source).text).toContain("FROM node:20 AS app-base");
    expect(split(source).text).toContain("FROM app-base AS build\n");
  });

  test("M10: a volume inside the project folder is kept, one over it declines", () => {
    expect(runtimeOf(file({ tail: "VOLUME /app/data" }))).toContain("VOLUME /app/data");
    expect(split(file({ tail: 'VOLUME ["/app"]' })).code).toBe("volume");
  });

  test("M11: an ARG is there wherever something reads it", () => {
    const [, builder, runtime] = stagesOf(split(file({ body: "ARG REVISION", tail: "LABEL revision=$REVISION" })).text);
    expect(builder).toContain("ARG REVISION");
    expect(runtime).toContain("ARG REVISION");
    expect(runtimeOf(file({ body: "ARG REVISION" }))).not.toContain("ARG REVISION");
  });

  test("M12: nothing is written that an old frontend would not know", () => {
    expect(split(`# syntax=docker/dockerfile:1.0\n${file()}`).text).not.toMatch(/--(link|parents|exclude|chmod)/);
  });

  test("a file outside the project folder may be started", () => {
    const start = 'CMD ["node", "/opt/agent/start.js"]';
    expect(split(file({ head: "COPY agent /opt/agent", start }), { ...app, "agent/start.js": "" }).code).toBe("split");
  });

  test("lower case, CRLF and a missing final newline are kept", () => {
    const source = file()
      .replaceAll("\n", "\r\n")
      .replaceAll(/^(FROM|RUN|COPY|CMD|WORKDIR)/gm, (word) => word.toLowerCase());
    const { text } = split(source);
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(text).not.toMatch(/FROM|AS|COPY|RUN/);
    expect(
      split("FROM node:20\nWORKDIR /app\nCMD node dist/server.js\nCOPY . .\nRUN npm ci && npm run build").text,
    ).toMatch(/\.\/dist$/);
  });
});

describe("owners", () => {
  test("files keep the owner that COPY, USER and chown gave them", () => {
    const owned = file().replace("COPY . .", "USER node\nCOPY --chown=node:node . .");
    const runtime = runtimeOf(owned)?.join("\n");
    expect(runtime).toContain("COPY --from=builder --chown=node:node /app/package.json /app/package-lock.json ./");
    expect(runtime).toContain("COPY --from=builder --chown=node /app/dist ./dist");
    const given = runtimeOf(file({ body: "RUN chown -R node:node /app\nUSER node" }))?.join("\n");
    expect(given).toContain(
      "RUN chown -R node:node /app\nUSER node\nCOPY --from=builder --chown=node:node /app/package.json",
    );
  });

  test("a chown after the build stays as it is", () => {
    const runtime = runtimeOf(file({ tail: "RUN chown -R node:node /app\nUSER node" }));
    expect(runtime).toContain("COPY --from=builder /app/dist ./dist");
    expect(runtime).toContain("RUN chown -R node:node /app");
  });

  test("a chown between install and build gives the packages to the user, unless it leaves their group", () => {
    const source = (owner: string) => file({ body: `RUN chown -R ${owner} /app\nUSER node` });
    expect(split(source("node:node")).text).toContain("--chown=node:node /app/node_modules");
    expect(split(source("node")).code).toBe("user-changes");
  });

  test("a group that the base image decides declines", () => {
    expect(split(file({ head: "USER 1000" })).code).toBe("owner-unknown");
  });
});

describe("what stays behind", () => {
  test("build files and compiled sources do, whatever else is there does not", () => {
    const files = {
      ...app,
      "views/a.ejs": "",
      "eslint.config.js": "",
      Dockerfile: "",
      "README.md": "",
      ".env": "",
      "test/a.test.ts": "",
    };
    expect(dropped(files)).toEqual(["tsconfig.json", "src", "eslint.config.js", "Dockerfile", "README.md", "test"]);
  });
  test.each<[string, Files]>([
    ["a template among the sources", { "src/mail.html": "" }],
    ["code that reads it at run time", { "src/seed.ts": 'readFile(join(root, "src/seed.sql"))' }],
    ["package.json naming it", withManifest({ main: "src/server.js" })],
    ["another file naming it", { "config/default.json": '{ "entities": "src/entities/*.ts" }' }],
    ["imports from the project folder", { "src/b.ts": 'import { a } from "src/a"' }],
  ])("the sources cross for %s", (_, files) => {
    expect(dropped({ ...app, ...files })).not.toContain("src");
  });
  test("a build file that the code reads crosses", () => {
    expect(dropped({ ...app, "src/docs.ts": 'readFileSync("README.md")', "README.md": "" })).not.toContain("README.md");
    const paths = withManifest({ dependencies: { ms: "1", "tsconfig-paths": "4" } });
    expect(
      dropped(paths, file({ start: 'CMD ["node", "-r", "tsconfig-paths/register", "dist/server.js"]' })),
    ).not.toContain("tsconfig.json");
  });
  test("pages of text cross where code looks for their ending", () => {
    const files = { ...app, "README.md": "", "src/pages.ts": 'files.filter((name) => name.endsWith(".md"))' };
    expect(dropped(files)).not.toContain("README.md");
    expect(dropped({ ...app, "README.md": "" })).toContain("README.md");
  });

  test("a later step that names them finds them", () => {
    expect(dropped({ ...app, "tools.md": "" }, file({ tail: "RUN cp tools.md /usr/share/doc/" }))).not.toContain(
      "tools.md",
    );
    expect(dropped(app, file({ tail: "RUN chmod -R go-w src" }))).not.toContain("src");
    expect(split(file({ tail: "RUN rm -r src" })).text).not.toMatch(/FROM base\n[\s\S]*rm -r src/);
    expect(split(file({ tail: "RUN rm -r node_modules" })).code).toBe("removes-outputs");
  });
  test("a variable that the file sets names them", () => {
    for (const setting of ["ENV TEMPLATES=/app/src/mails", "ENV NODE_PATH=src", 'ENV FOLDERS="src lib"'])
      expect(dropped(app, file({ head: setting })), setting).not.toContain("src");
    expect(dropped(app, file({ head: "ENV NODE_ENV=test SRC=1" }))).toContain("src");
  });
  test("the server of a site names what it serves", () => {
    const files = {
      ...withManifest({
        dependencies: { serve: "14" },
        devDependencies: { vite: "5" },
        scripts: { build: "vite build" },
      }),
      "index.html": "",
      "public/robots.txt": "",
    };
    const served = (words: string) => dropped(files, file({ start: `CMD npx serve ${words}` }));
    expect(served("-s dist")).toEqual(["tsconfig.json", "src", "index.html", "public"]);
    expect(served("public")).not.toContain("public");
    expect(split(file({ start: "CMD npx serve -p 80" }), files).code).toBe("lists-project");
    expect(split(file({ start: 'CMD ["npx", "http-server", "."]' }), files).code).toBe("lists-project");
  });
  test("nothing crosses that .dockerignore keeps out", () => {
    expect(split(file(), { ...app, ".dockerignore": "private", "private/key": "" }).text).not.toContain("private");
  });
});

describe("where only an install compiles", () => {
  const addon = file({
    head: "RUN apt-get update && apt-get install -y --no-install-recommends make tini",
    build: "",
  }).replace("dist/server.js", "src/server.ts");
  test("its tools stay behind, and all packages cross", () => {
    const { text } = split(addon);
    expect(text).not.toContain("prune");
    expect(stagesOf(text)[2]).toEqual([
      "FROM base",
      "RUN apt-get update && apt-get install -y --no-install-recommends tini",
      ...["package.json /app/package-lock.json /app/tsconfig.json ./", "node_modules ./node_modules", "src ./src"].map(
        (words) => `COPY --from=builder /app/${words}`,
      ),
      'CMD ["node", "src/server.ts"]',
    ]);
  });
  test("an app without packages has no folder of them", () => {
    const none = withManifest({ dependencies: {}, devDependencies: {} });
    expect(split(addon, none).text).not.toContain("node_modules");
    const only = withManifest({ dependencies: {} });
    expect(split(addon, only).text).toContain("node_modules");
    expect(split(addon.replace("npm ci", "npm ci --omit=dev"), only).text).not.toContain("node_modules");
  });
  test("what downloads to the home folder declines, also for development", () => {
    expect(split(addon, withManifest({ devDependencies: { cypress: "14" } })).code).toBe("writes-outside");
  });
  test("without tools to leave behind it is no place", () => {
    expect(split(addon.replace(" make", " curl").replace(" curl", "")).code).toBe("no-place");
  });
});

describe("development dependencies", () => {
  test.each([
    ["node:20", "npm prune --omit=dev --no-save"],
    ["node:lts-alpine", "npm prune --omit=dev --no-save"],
    ["node:14", "npm prune --production"],
    ["debian:trixie", "npm prune --omit=dev --no-save"],
  ])("%s takes them out with %s", (base, command) => {
    const source = file().replace("node:20", base);
    expect(split(source).text).toContain(command);
  });
  test("a step that installs may clean up behind itself", () => {
    const source = file().replace("npm ci", "npm ci && npm cache clean --force && rm -rf /root/.npm /tmp/*");
    expect(stagesOf(split(source).text)[2]?.join()).not.toContain("RUN");
  });
  test("options that the install needed are given again", () => {
    const source = file().replace("npm ci", "npm ci --legacy-peer-deps");
    expect(split(source).text).toContain("RUN npm prune --omit=dev --no-save --legacy-peer-deps");
  });
  test("pnpm and Yarn 1 have their own commands, and run no scripts", () => {
    const pnpm = file({ build: "RUN pnpm build" }).replace("npm ci", "pnpm install --frozen-lockfile");
    const lock = { ...app, "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" };
    expect(split(pnpm, lock).text).toContain("RUN pnpm prune --prod --ignore-scripts\n");
    expect(split(pnpm, { ...app, "pnpm-lock.yaml": "lockfileVersion: 5.4\n" }).code).toBe("pnpm-version");
    const settings = (text: string) => split(pnpm, { ...lock, "pnpm-workspace.yaml": text }).code;
    expect(settings("onlyBuiltDependencies:\n  - esbuild\n")).toBe("split");
    expect(settings("packages:\n  - packages/*\n")).toBe("split");
    expect(settings("nodeLinker: pnp\n")).toBe("pnpm-settings");
    expect(settings("verifyDepsBeforeRun: install\n")).toBe("pnpm-settings");
    const yarn = file({ build: "RUN yarn build" }).replace("npm ci", "yarn install --frozen-lockfile");
    const yarnApp = { ...app, "yarn.lock": "# yarn lockfile v1\n" };
    expect(split(yarn, yarnApp).text).toContain("RUN yarn install --production --frozen-lockfile --ignore-scripts");
    const berry = { ...app, ".yarnrc.yml": "nodeLinker: node-modules\n", "yarn.lock": "__metadata:\n  version: 6\n" };
    expect(split(yarn, berry).code).toBe("yarn-version");
    expect(split(yarn, { ...berry, ".yarnrc.yml": "" }).code).toBe("yarn-linker");
    const yarn4 = { ...berry, "yarn.lock": "__metadata:\n  version: 8\n" };
    expect(split(yarn, yarn4).text).toContain("RUN yarn workspaces focus --production\n");
    const old = { ...yarn4, ...withManifest({ packageManager: "yarn@3.8.7" }), "yarn.lock": yarn4["yarn.lock"] };
    expect(split(yarn, old).code).toBe("yarn-version");
    expect(split(yarn, { ...withScripts({ postinstall: "patch-package" }), "yarn.lock": "" }).code).toBe(
      "generated-in-packages",
    );
  });
  test("a file that takes them out itself is not told to do so again", () => {
    const { text } = split(file({ tail: "RUN npm prune --production" }));
    expect(text.match(/npm prune/g)).toHaveLength(1);
    expect(stagesOf(text)[1]?.at(-1)).toBe("RUN npm prune --production");
  });
  test("an app that is all bundled needs no node_modules", () => {
    const files = withManifest({
      dependencies: {},
      scripts: { build: "esbuild src/server.ts --bundle --outfile=dist/server.js" },
    });
    const { text } = split(file(), { ...files, "src/server.ts": "" });
    expect(text).not.toContain("/app/node_modules");
    expect(text).not.toContain("prune");
    expect(text).toContain("COPY --from=builder /app/dist ./dist");
  });
});

test("a folder whose name ends in .git is copied with a slash, without which BuildKit takes it for a repository", () => {
  const files = { ...app, ".git/HEAD": "", "words.git/HEAD": "" };
  expect(runtimeOf(file(), files)).toContain("COPY --from=builder /app/.git/ ./.git/");
  expect(runtimeOf(file(), files)).toContain("COPY --from=builder /app/words.git/ ./words.git/");
});

test("of several services, the one that asks for what would be gone is named, and none where the file itself does", () => {
  const server: UseStart = { by: "service web", words: ["node", "dist/server.js"] };
  const toolchain: UseStart = { by: "service worker", script: "ts-node src/server.ts" };
  expect(split(file(), app, {}, [server, { ...server, by: "service api" }]).code).toBe("split");
  expect(split(file(), app, {}, [server, toolchain, { ...toolchain, by: "service cron" }]).text).toBe(
    "the container runs `ts-node src/server.ts`, which needs the toolchain (service worker)",
  );
  expect(split(file({ start: 'CMD ["ts-node", "src/server.ts"]' }), app, {}, [toolchain]).text).toBe(
    "the container runs `ts-node src/server.ts`, which needs the toolchain",
  );
});

describe("what a shell is told to run is followed", () => {
  const goApp = { "go.mod": "module shop\n\ngo 1.24\n", "main.go": "package main\n" };
  const goFile = (start: string) => `FROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN go build -o shop .\n${start}\n`;
  const starts = [
    'CMD ["sh", "start.sh"]',
    'CMD ["/app/start.sh"]',
    'CMD ["bash", "-e", "./start.sh"]',
    'CMD ["bash", "-o", "pipefail", "start.sh", "fast"]',
    'ENTRYPOINT ["sh", "start.sh"]\nCMD ["8080"]',
  ];
  test.each(starts)("%s", (start) => {
    expect(split(file({ start }), { ...app, "start.sh": "exec ts-node src/server.ts\n" }).code).toBe("runs-toolchain");
    expect(split(file({ start }), { ...app, "start.sh": "exec node dist/server.js\n" }).code).toBe("split");
    expect(split(goFile(start), { ...goApp, "start.sh": "go run .\n" }).code).toBe("runs-toolchain");
    expect(split(goFile(start), { ...goApp, "start.sh": "exec ./shop\n" }).code).toBe("split");
  });
  test.each(["-lc", "-euxc", "-e -o pipefail -c"])("%s", (options) => {
    const start = (text: string) => `CMD ${JSON.stringify(["bash", ...options.split(" "), text])}`;
    expect(split(file({ start: start("ts-node src/server.ts") })).code).toBe("runs-toolchain");
    expect(split(file({ start: start("node dist/server.js") })).code).toBe("split");
    expect(split(goFile(start("go run .")), goApp).code).toBe("runs-toolchain");
    expect(split(goFile(start("./shop")), goApp).code).toBe("split");
  });
  test("what it hands on to as well", () => {
    const start = (words: string) => `ENTRYPOINT ["sh", "start.sh"]\nCMD ${words}`;
    const handing = { "start.sh": 'echo starting\nexec "$@"\n' };
    expect(split(file({ start: start('["ts-node", "src/server.ts"]') }), { ...app, ...handing }).code).toBe(
      "runs-toolchain",
    );
    expect(split(goFile(start('["go", "run", "."]')), { ...goApp, ...handing }).code).toBe("runs-toolchain");
    expect(split(goFile(start('["./shop"]')), { ...goApp, ...handing }).code).toBe("split");
  });
  test("in a package of a workspace it is not known which script that is", () => {
    const member = { "api/package.json": '{ "name": "api", "scripts": { "start": "sh start.sh" } }' };
    const files = { ...withManifest({ workspaces: ["api"] }), ...member, "api/start.sh": "ts-node server.ts\n" };
    expect(split(file({ start: 'CMD ["npm", "start", "--workspace=api"]' }), files).code).toBe("unknown-command");
    expect(split(file({ start: 'CMD ["npm", "run", "start", "-w", "api"]' }), files).code).toBe("unknown-command");
  });
  test("behind `--` where words of its own come first", () => {
    const waiting = { "wait.sh": 'shift\nshift\nexec "$@"\n' };
    const start = (words: string) => `CMD ["./wait.sh", "db:5432", "--", ${words}]`;
    expect(split(file({ start: start('"ts-node", "src/server.ts"') }), { ...app, ...waiting }).code).toBe(
      "runs-toolchain",
    );
    expect(split(file({ start: start('"node", "dist/server.js"') }), { ...app, ...waiting }).code).toBe("split");
    expect(split(goFile(start('"go", "run", "."')), { ...goApp, ...waiting }).code).toBe("runs-toolchain");
  });
});

describe("what another program starts is followed, or looked at", () => {
  const goApp = { "go.mod": "module shop\n\ngo 1.24\n", "main.go": "package main\n" };
  const goFile = (start: string) => `FROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN go build -o shop .\n${start}\n`;
  test.each([
    'CMD ["timeout", "-s", "INT", "60", WORDS]',
    'CMD ["nice", "-n", "5", WORDS]',
    'CMD ["nohup", WORDS]',
    'CMD ["runuser", "-u", "node", "--", WORDS]',
    'CMD ["xvfb-run", "-a", WORDS]',
    'CMD ["dockerize", "-wait", "tcp://db:5432", WORDS]',
    'CMD ["doppler", "run", "--", WORDS]',
    'CMD ["su", "node", "-c", TEXT]',
  ])("%s", (start) => {
    const told = (...words: string[]) =>
      start
        .replace("WORDS", words.map((word) => JSON.stringify(word)).join(", "))
        .replace("TEXT", JSON.stringify(words.join(" ")));
    expect(split(file({ start: told("ts-node", "src/server.ts") })).code).toBe("runs-toolchain");
    expect(split(file({ start: told("node", "dist/server.js") })).code).toBe("split");
    expect(split(goFile(told("go", "run", ".")), goApp).code).toBe("runs-toolchain");
    expect(split(goFile(told("./shop")), goApp).code).toBe("split");
  });
  test.each([
    'CMD ["pm2-runtime", "start", "npm", "--", "run", "serve"]',
    'CMD ["dockerize", "-wait", "tcp://db:5432", "npm", "run", "serve"]',
    'CMD ["su", "node", "-c", "npm run serve"]',
    'CMD ["doppler", "run", "--", "./start.sh"]',
  ])("by a script: %s", (start) => {
    const files = (command: string) => ({ ...withScripts({ serve: command }), "start.sh": `exec ${command}\n` });
    expect(split(file({ start }), files("ts-node src/server.ts")).code).toBe("runs-toolchain");
    expect(split(file({ start }), files("node dist/server.js")).code).toBe("split");
    if (!start.includes("start.sh")) return;
    expect(split(goFile(start), { ...goApp, "start.sh": "exec go run .\n" }).code).toBe("runs-toolchain");
    expect(split(goFile(start), { ...goApp, "start.sh": "exec ./shop\n" }).code).toBe("split");
  });
  test("words that are said start nothing", () => {
    const start = 'CMD echo "make it go"; echo go vite && exec APP';
    expect(split(file({ start: start.replace("APP", "node dist/server.js") })).code).toBe("split");
    expect(split(goFile(start.replace("APP", "./shop")), goApp).code).toBe("split");
  });
  test.each([
    ['CMD ["supervisord", "-c", "/app/web.conf"]', "web.conf", "[program:web]\ncommand = COMMAND\n"],
    ["CMD supervisord", "supervisord.conf", "[program:web]\ncommand=COMMAND ; the server\n"],
    ['CMD ["honcho", "start"]', "Procfile", "# what runs\nweb: COMMAND\n"],
    ['CMD ["overmind", "start", "-f", "Procfile.web"]', "Procfile.web", "web: COMMAND\n"],
  ])("%s", (start, path, text) => {
    const files = (command: string) => ({ [path]: text.replace("COMMAND", command) });
    expect(split(file({ start }), { ...app, ...files("ts-node src/server.ts") }).code).toBe("runs-toolchain");
    expect(split(file({ start }), { ...app, ...files("node dist/server.js") }).code).toBe("split");
    expect(split(goFile(start), { ...goApp, ...files("go run .") }).code).toBe("runs-toolchain");
    expect(split(goFile(start), { ...goApp, ...files("./shop") }).code).toBe("split");
  });
});

describe("modes of folders in the build context", () => {
  const withUploads = { ...app, "uploads/": "" };
  test.each([0o777, 0o1777, 0o2775, 0o757])("%o is lost where a COPY names the folder", (mode) => {
    const { code, text } = split(file(), withUploads, { uploads: mode });
    expect(code).toBe("folder-mode");
    expect(text).toBe(`uploads has the mode ${mode.toString(8)}, which a COPY of it would not take along`);
  });
  test.each([0o755, 0o775, 0o700])("%o is one that checkouts have", (mode) => {
    expect(split(file(), withUploads, { uploads: mode }).text).toContain("/app/uploads ./uploads");
  });
  test("a folder inside one that is copied keeps its own", () => {
    const files = { ...app, "data/words": "ms\n", "data/uploads/": "" };
    expect(split(file(), files, { "data/uploads": 0o777 }).code).toBe("split");
    expect(split(file(), files, { data: 0o777 }).code).toBe("folder-mode");
  });
  test("one beside the project crosses by a COPY of its own as well", () => {
    const text =
      'FROM golang:1.24\nWORKDIR /app\nCOPY . .\nWORKDIR /app/server\nRUN go build -o shop .\nCMD ["./shop"]\n';
    const files = {
      "server/go.mod": "module shop\n\ngo 1.24\n",
      "server/main.go": "package main\n",
      "uploads/": "",
      "client/index.html": "",
    };
    expect(split(text, files, { uploads: 0o777 }).text).toBe(
      "uploads has the mode 777, which a COPY of it would not take along",
    );
    expect(split(text, files, { client: 0o2775 }).code).toBe("folder-mode");
    expect(split(text, files).code).toBe("split");
  });
});

describe("declines", () => {
  test.each<[string, string, Files?]>([
    ["no-place", "FROM python:3.13\nCOPY . .\nRUN pip install -r requirements.txt\n"],
    ["no-place", file({ build: "" })],
    [
      "no-place",
      "FROM gcc:14\nCOPY app.conf /etc/\nRUN cd /opt && curl -sSL https://example.org/x.tgz | tar xz && make install\n",
    ],
    ["no-place", "FROM gcc:14\nADD https://example.org/x.tgz /opt/\nWORKDIR /opt\nRUN make install\n"],
    ["base-unknown", file().replace("node:20", "registry.example.org/base:1")],
    ["multi-stage", `FROM node:20 AS first\n\n${file().replace("node:20", "first")}`],
    ["onbuild", file({ tail: "ONBUILD RUN npm run build" })],
    ["outputs-unknown", file({ body: "RUN ./configure" })],
    ["outputs-unknown", file({ tail: "RUN make -C native install" })],
    [
      "several-languages",
      file({ tail: "RUN go build -o server ." }),
      { ...app, "go.mod": "module shop\n", "main.go": "package main\n" },
    ],
    ["unknown-step", file({ body: "RUN ls -a > /list" })],
    ["unknown-step", file({ body: "RUN cat package.json > /etc/manifest" })],
    ["unknown-step", file({ body: "RUN test -f server.js && apt-get update" })],
    ["unknown-step", file({ body: "RUN head -1 package.json > /etc/name" })],
    ["unknown-step", file({ body: "RUN find > /list" })],
    ["unknown-step", file({ body: "RUN cat < package.json > /manifest" })],
    ["unknown-step", file({ body: "RUN tee /manifest < package.json" })],
    ["unknown-step", file({ body: "RUN echo * > /list" })],
    ["unknown-step", file({ body: "RUN echo token > ~/.npmrc" })],
    ["unknown-step", file({ tail: "RUN for name in *; do echo $name >> /list; done" })],
    ["unknown-step", file({ tail: "RUN ls src > /list" })],
    ["unknown-step", file({ body: "RUN wget https://example.org/words.txt" })],
    ["unknown-step", file({ tail: "RUN ls -a > /list" })],
    ["unknown-step", file({ build: "RUN npm run build > /build.log" })],
    ["outputs-unknown", file(), withScripts({ build: "tsc && echo made > /etc/made" })],
    ["outputs-unknown", file(), withScripts({ postbuild: "echo made >> ../made" })],
    ["outputs-unknown", file(), withScripts({ prebuild: 'node -v > "$HOME/version"' })],
    [
      "lists-project",
      file(),
      { ...app, "src/list.ts": 'import { readdirSync } from "node:fs";\nreaddirSync(process.cwd());\n' },
    ],
    ["lists-project", file(), { ...app, "src/list.ts": 'fs.readdirSync(path.join(__dirname, ".."));\n' }],
    [
      "generated-in-packages",
      file().replace("npm ci", "yarn --frozen-lockfile").replace("npm run", "yarn"),
      { ...withScripts({ build: "tsc && mkdir -p node_modules/.cache/pages" }), "yarn.lock": "# yarn lockfile v1\n" },
    ],
    ["unusual-name", file(), { ...app, "words.git": "" }],
    ["made-before", file({ head: "RUN mkdir -p uploads && chown node uploads" }), { ...app, "uploads/.keep": "" }],
    ["workdir-owner", file().replace("WORKDIR /app\nCOPY . .\n", "COPY . /app\nUSER node\nWORKDIR /app\nUSER root\n")],
    ["mixed-step", file({ build: "RUN apt-get update; npm run build" })],
    ["conditional-step", file({ build: "RUN npm run build || true" })],
    ["unreadable-step", file({ body: 'RUN ["npm", "rebuild"]' })],
    ["no-copy", "FROM node:20\nWORKDIR /app\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD node dist/server.js\n"],
    ["project-unknown", "FROM node:20\nCOPY . .\nRUN yarn install\nRUN yarn build\nCMD node dist/server.js\n"],
    ["computed-path", file().replace("WORKDIR /app", "ARG HOME_DIR=/app\nWORKDIR $HOME_DIR")],
    ["copy-from-stage", `FROM busybox AS tools\n\n${file({ head: "COPY --from=tools /bin/tool ./tool" })}`],
    ["copy-chmod", file().replace("COPY . .", "COPY --chmod=700 . .")],
    ["add-archive", file({ body: "ADD assets.tar.gz ." }), { ...app, "assets.tar.gz": "" }],
    ["copied-packages", file(), { ...app, "node_modules/ms/index.js": "" }],
    ["no-manifest", file(), { "src/server.ts": "" }],
    ["outputs-unknown", file(), withScripts({ build: "node scripts/build.js" })],
    ["outputs-unknown", file(), { ...app, "tsconfig.json": "{}" }],
    ["no-development", file({ head: "ENV NODE_ENV=production" })],
    ["no-development", file().replace("npm ci", "npm ci --omit=dev")],
    ["install-unknown", file({ body: "RUN npm install left-pad" })],
    ["install-unknown", file(), withScripts({ postinstall: "node scripts/generate.js" })],
    ["mount-in-project", file({ build: "RUN --mount=type=cache,target=/app/dist npm run build" })],
    ["removes-outputs", file({ tail: "RUN rm -rf dist" })],
    [
      "outputs-unknown",
      file({ build: "RUN npm run build && cp -r public .next/standalone/" }),
      { ...app, "public/a": "" },
    ],
    ["start-unknown", file({ start: 'CMD ["node", "build/server.js"]' })],
    ["no-command", file({ start: "" })],
    ["no-command", file({ start: 'CMD ["/bin/bash"]' })],
    ["imports-development", file(), { ...app, "src/log.ts": 'import ts from "typescript"' }],
    ["names-development", file(), { ...app, "src/log.ts": 'const transport = { target: "typescript" }' }],
    ["names-development", file({ tail: "ENV COMPILER=typescript" })],
    [
      "names-development",
      file(),
      { ...app, "src/log.ts": 'import config from "config"', "config/default.json": '{ "target": "typescript" }' },
    ],
    ["lists-project", file(), { ...app, "src/list.ts": 'globSync("**/*.schema.json");\n' }],
    ["lists-project", file(), { ...app, "src/pages.ts": 'app.use(serve("."));\n' }],
    [
      "imports-undeclared",
      file().replace("npm ci", "npm install"),
      { ...withoutLock, "src/log.ts": 'import chalk from "chalk"' },
    ],
    ["writes-outside", file(), withManifest({ dependencies: { puppeteer: "22" } })],
    ["unusual-name", file(), { ...app, "prices[1].csv": "" }],
  ])("%s", (code, source, files = app) => {
    expect(split(source, files).code).toBe(code);
  });

  test.each([
    'spawn("npm", ["run", "watch"]);',
    'spawn("npx", ["tsc", "--version"]);',
    'execSync("npx tsc --noEmit", { stdio: "inherit" });',
    'exec("./node_modules/.bin/tsc --version");',
    'const command = "typescript --version"; exec(command);',
  ])("M4: code starts a program of a development dependency: %s", (code) => {
    const files = {
      ...withScripts({ watch: "tsc -w" }),
      "src/start.ts": `import { spawn } from "node:child_process";\n${code}\n`,
    };
    expect(split(file(), files).code).toBe("runs-toolchain");
  });
  test("what code starts through npm is looked for in the project", () => {
    const start = 'import { spawn } from "node:child_process";\nspawn("npm", ["run", "seed"]);\n';
    const files = {
      ...withScripts({ seed: "node dist/seed.js tests/words.json" }),
      "src/start.ts": start,
      "tests/words.json": "[]",
    };
    expect(dropped(files)).not.toContain("tests");
    expect(dropped({ ...files, "src/start.ts": "" })).toContain("tests");
  });

  test.each([
    'createServer((question, answer) => createReadStream("." + question.url).pipe(answer));',
    'const page = path.join(__dirname, "..", name);',
    'const ROOT = path.resolve(__dirname, "..");\nconst page = path.join(ROOT, `${name}.md`);',
    "const page = `${process.cwd()}/${name}`;",
    'const page = join(import.meta.dirname, "..", name);',
    'const page = new URL("../" + name, import.meta.url);',
    "answer.sendFile(name, { root: process.cwd() });",
    'const typePaths = ["./**/*.graphql"];',
  ])("files whose names code computes cross: %s", (code) => {
    expect(dropped({ ...app, LICENSE: "", "src/pages.ts": `${code}\n` })).toEqual([]);
  });
  test.each([
    'const page = path.join(__dirname, "..", "pages", name);',
    'const uploads = path.join(process.cwd(), process.env.UPLOADS ?? "uploads");',
    'const page = path.join(process.cwd(), "pages", `${name}.html`);',
    'const page = process.cwd() + "/pages/" + name;',
  ])("a computed name in a folder that is named is no reason: %s", (code) => {
    expect(dropped({ ...app, LICENSE: "", "src/pages.ts": `${code}\n` })).toContain("LICENSE");
  });

  test.each([
    ["npx knex migrate:latest", "knexfile.js", "imports-development"],
    ["npx drizzle-kit migrate", "drizzle.config.ts", "imports-development"],
    ["npx sequelize-cli db:migrate", ".sequelizerc", "names-development"],
  ])("%s loads %s, which needs a development dependency", (command, settings, code) => {
    const files = {
      ...withManifest({
        dependencies: { ms: "2", knex: "3", "drizzle-kit": "0.20", "sequelize-cli": "6" },
        devDependencies: { typescript: "5", dotenv: "16" },
      }),
      [settings]: 'require("dotenv").config();\n',
    };
    const start = `CMD ${command} && node dist/server.js`;
    expect(split(file({ start }), files).code).toBe(code);
    expect(split(file({ start }), { ...files, [settings]: "" }).code).toBe("split");
  });

  test("settings of tools may name development dependencies", () => {
    const files = {
      ...app,
      "tsconfig.json": '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }',
      "renovate.json": '{ "matchPackageNames": ["typescript"] }',
      "deploy/job.json": '{ "command": ["typescript"] }',
    };
    expect(split(file(), files).code).toBe("split");
  });

  test("an output lies in a folder of the context that has another owner", () => {
    const text = `FROM gradle:8-jdk17
WORKDIR /home/gradle/shop
COPY --chown=gradle:gradle . .
RUN gradle :server:installDist
CMD ["server/build/install/server/bin/server"]
`;
    const files = {
      "settings.gradle": "include 'server'\n",
      "server/build.gradle": "plugins { id 'application' }\n",
      "server/src/main/java/Shop.java": "public class Shop {}\n",
    };
    expect(split(text, files)).toMatchObject({ code: "mixed-owners" });
    expect(split(text.replace("--chown=gradle:gradle ", ""), files).code).toBe("split");
  });

  test("code puts the path of a project of .NET together", () => {
    const text = `FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY . .
RUN dotnet publish Shop -c Release -o /app
WORKDIR /app
ENTRYPOINT ["dotnet", "Shop.dll"]
`;
    const files = {
      "Shop/Shop.csproj":
        '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>',
      "Shop/Program.cs": 'File.ReadAllText(Path.Combine(root, "src", "data", "words.txt"));\n',
      "data/words.txt": "ms\n",
    };
    expect(split(text, files).text).toContain("/src/data ./data");
    expect(split(text, { ...files, "Shop/Program.cs": "" }).text).not.toContain("/src/data");
  });

  test("no-context", () => {
    expect(split(file(), undefined)).toMatchObject({ code: "split" });
    const dockerfile = parseDockerfile(file());
    const facts = factsOf(dockerfile);
    const [place] = [...splitBuilder.find(facts, undefined)];
    expect(splitBuilder.rewrite(place!, facts, undefined)).toMatchObject({ code: "no-context" });
  });

  test.each<[string, string, Files?]>([
    ["ts-node", 'CMD ["npx", "ts-node", "src/server.ts"]'],
    [
      "a program whose settings are in TypeScript",
      "CMD npx knex migrate:latest && node dist/server.js",
      { ...withManifest({ dependencies: { ms: "2", knex: "3" } }), "knexfile.ts": "export default {}" },
    ],
    ...[
      "module.exports = { apps: [{ name: 'web', script: 'dist/server.js' }, { script: 'npm', args: 'run watch', env: { A: 1 } }] };",
      "module.exports = { apps: [{ args: ['run', 'watch'], env: { A: 1 }, script: 'yarn' }] };",
      '{ "apps": [{ "script": "dist/server.js", "interpreter_args": "-r ts-node/register" }] }',
      "module.exports = { apps: [{ script: 'src/server.ts' }] };",
      "apps:\n  - name: web\n    script: src/server.js\n    interpreter: ts-node\n",
    ].map((text): [string, string, Files] => {
      const name = text.startsWith("{") ? "pm2.json" : text.startsWith("apps") ? "pm2.yml" : "ecosystem.config.js";
      const files = { ...withScripts({ watch: "nodemon dist/server.js" }), [name]: text };
      return [text, `CMD ["pm2-runtime", "start", "${name}"]`, files];
    }),
    ["a watcher", 'CMD ["npm", "run", "dev"]', withScripts({ dev: "nodemon src/server.ts" })],
    ["start with a compiler", "CMD npm start", withScripts({ start: "tsc && node dist/server.js" })],
    [
      "a program of a development dependency",
      "CMD npm run migrate",
      { ...withScripts({ migrate: "knex migrate:latest" }) },
    ],
    ["a loader of a development dependency", "CMD node --import tsx dist/server.js"],
    ["a health check with it", 'HEALTHCHECK CMD npx tsc --version\nCMD ["node", "dist/server.js"]'],
    [
      "a start script with it",
      'ENTRYPOINT ["./start.sh"]',
      { ...app, "start.sh": '#!/bin/sh\nnpx prisma migrate deploy\nexec "$@"\n' },
    ],
    [
      "a script beside the project with it",
      'COPY start.sh /usr/local/bin/\nENTRYPOINT ["start.sh"]',
      { ...app, "start.sh": "#!/bin/sh\nnpx tsc\n" },
    ],
    ["PATH with node_modules/.bin", "ENV PATH=/app/node_modules/.bin:$PATH\nCMD tsc-alias && node dist/server.js"],
    ...(
      [
        ["cross-env", "cross-env", "cross-env LOG=all node dist/server.js"],
        ["npm-run-all", "npm-run-all", "run-s serve"],
        ["shx", "shx", "shx mkdir -p logs && node dist/server.js"],
        ["dotenv-cli", "dotenv-cli", "dotenv -e .env -- node dist/server.js"],
        ["a module that NODE_OPTIONS loads", "dotenv", "NODE_OPTIONS='-r dotenv/config' node dist/server.js"],
        ["such an option behind export", "dotenv", 'export NODE_OPTIONS="--import=dotenv" && node dist/server.js'],
      ] as const
    ).map(([name, dependency, start]): [string, string, Files] => [
      `${name} of a development dependency`,
      "CMD npm start",
      withManifest({
        scripts: { ...manifest.scripts, start, serve: "node dist/server.js" },
        devDependencies: { typescript: "5", [dependency]: "1" },
      }),
    ]),
  ])("M4: the container runs %s", (_, start, files = app) => {
    expect(split(file({ start }), files).code).toBe("runs-toolchain");
  });

  test.each<[string, string, Files?]>([
    ["npm start", 'CMD ["npm", "start"]'],
    ["tini", 'ENTRYPOINT ["/usr/bin/tini", "--"]\nCMD ["npm", "start"]'],
    ["dumb-init", 'ENTRYPOINT ["dumb-init", "node", "dist/server.js"]'],
    [
      "a start script",
      'ENTRYPOINT ["./start.sh"]\nCMD ["node", "dist/server.js"]',
      { ...app, "start.sh": '#!/bin/sh\nset -e\nexec "$@"\n' },
    ],
    ...['exec "${@}"', "exec $@", '"${@}"'].map((handing): [string, string, Files] => [
      `a start script with ${handing}`,
      'ENTRYPOINT ["./start.sh"]\nCMD ["node", "dist/server.js"]',
      { ...app, "start.sh": `#!/bin/bash -e\n${handing}\n` },
    ]),
    ["a program of a dependency", "CMD npx ms 2d", withManifest({})],
    [
      "PM2",
      'CMD ["pm2-runtime", "ecosystem.config.js"]',
      {
        ...app,
        "ecosystem.config.js":
          "module.exports = { apps: [{ name: 'web', script: './dist/server.js', cwd: '/app', env: { A: 1 } }] };",
      },
    ],
    ["PM2 with npm", 'CMD ["pm2-runtime", "npm", "--", "start"]'],
    ["PM2 with a script", 'CMD ["pm2-runtime", "dist/server.js"]'],
    ["a health check", "HEALTHCHECK CMD curl -f http://localhost:3000 || exit 1\nCMD npm start"],
  ])("M4: %s is followed", (_, start, files = app) => {
    expect(split(file({ start }), files).code).toBe("split");
  });
});
