import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { StepTimes } from "../../src/image/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import orderManifests from "../../transforms/order-manifests/index.ts";
import { packageJson, packageLock } from "../ecosystems/calls.ts";

const ms = { ms: "2.1.3" };
const app = { "package.json": packageJson({ dependencies: ms }), "package-lock.json": packageLock(ms), "src/a.js": "" };

function rewritten(
  file: string,
  files: Readonly<Record<string, string>> | undefined,
  modes: Readonly<Record<string, number>> = {},
) {
  const context = files && memoryContext(files, "context", "Dockerfile", modes);
  const { after, outcomes } = refit(file, { transforms: [orderManifests], context, strict: true });
  return { after, codes: outcomes.map(({ code }) => code) };
}

const naive = "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
const ordered = "FROM node:20\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n";

function declines(code: string, file: string, files: Readonly<Record<string, string>> = {}) {
  expect(rewritten(file, { ...app, ...files })).toEqual({ after: file, codes: [code] });
}

describe("measured step times", () => {
  const both = naive.replace("RUN npm ci", "RUN npm ci && npm run build");
  const files = { ...app, "package.json": packageJson({ dependencies: ms, scripts: { build: "tsc" } }) };

  function measured(file: string, instruction: string, seconds: number) {
    const times = new StepTimes([{ instruction, seconds }]);
    const context = memoryContext(files);
    const { after, outcomes } = refit(file, { transforms: [orderManifests], context, times, strict: true });
    return { after, said: outcomes.map(({ kind, message }) => `${kind}: ${message}`) };
  }

  test("install and build are cut apart where the install is worth it", () => {
    const apart = ordered.replace("COPY . .\n", "COPY . .\nRUN npm run build\n");
    expect(rewritten(both, files).after).toBe(apart);
    expect(measured(both, "RUN npm ci && npm run build", 20).after).toBe(apart);
    expect(measured(both, "RUN npm ci && npm run build", 0.4)).toEqual({
      after: both,
      said: ["declined: the step of `npm ci` takes 0.4 s, too little to gain from it"],
    });
  });

  test("an install moves before the sources where it is worth it", () => {
    expect(measured(naive, "RUN npm ci", 3).after).toBe(ordered);
    expect(measured(naive, "RUN npm ci", 0.4).after).toBe(naive);
    expect(measured(naive, "RUN npm test", 0.4).after).toBe(ordered);
  });
});

describe("what a naive reorder breaks", () => {
  test("two apps of one image install one after the other", () => {
    const apps = Object.fromEntries(
      ["web", "api"].flatMap((name) => Object.entries(app).map(([path, text]) => [`${name}/${path}`, text])),
    );
    const file = "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN cd web && npm ci\nRUN cd api && npm ci\n";
    const installs = ["web", "api"].map(
      (name) => `COPY ${name}/package.json ${name}/package-lock.json ./${name}/\nRUN cd ${name} && npm ci\n`,
    );
    expect(rewritten(file, apps).after).toBe(`FROM node:20\nWORKDIR /app\n${installs.join("")}COPY . .\n`);
  });

  test("R3: an archive in a folder is all that the install needs", () => {
    const files = { "wheels/six-1.16.0-py3-none-any.whl": "", "wheels/NOTICE": "", "app.py": "" };
    const { codes } = rewritten(
      "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install ./wheels/six-1.16.0-py3-none-any.whl\n",
      files,
    );
    expect(codes).toEqual(["applied"]);
  });

  test("a folder that is there before the COPY", () => {
    declines("made-before", naive.replace("COPY", "RUN mkdir -p uploads && chown node uploads\nCOPY"), {
      "uploads/.keep": "",
    });
    declines("made-before", naive.replace("COPY", "RUN mkdir -p uploads\nCOPY"), { "uploads/.keep": "" });
    expect(rewritten(naive.replace("COPY", "RUN mkdir -p logs\nCOPY"), app).codes).toEqual(["applied"]);
  });

  describe("folders of manifests, which a file alone makes as 0755", () => {
    const web = Object.fromEntries(Object.entries(app).map(([path, text]) => [`web/${path}`, text]));
    const file = (user: string, copy = "COPY . .") =>
      `FROM node:20\nWORKDIR /app\n${copy}\n${user}RUN cd web && npm ci\n`;
    const codes = (text: string, mode: number) => rewritten(text, web, { web: mode }).codes;

    test("count for users that are not root", () => {
      expect(codes(file("USER node\n"), 0o777)).toEqual(["folder-permissions"]);
      expect(codes(file("USER 1001\n"), 0o775)).toEqual(["folder-permissions"]);
      expect(codes(file("USER node\n"), 0o755)).toEqual(["applied"]);
      expect(codes(file(""), 0o777)).toEqual(["applied"]);
      expect(codes(file("").replace("node:20", "example.com/node"), 0o775)).toEqual(["applied"]);
    });

    test("count as their owner sees them", () => {
      expect(codes(file("USER node\n", "COPY --chown=node:node . ."), 0o775)).toEqual(["applied"]);
      expect(codes(file("USER node\n", "COPY --chown=node:node . ."), 0o500)).toEqual(["folder-permissions"]);
      expect(codes(file("USER node\n", "COPY --chmod=777 . ."), 0o755)).toEqual(["folder-permissions"]);
    });

    test("give their group to what is made in them", () => {
      expect(codes(file(""), 0o2775)).toEqual(["folder-permissions"]);
    });

    test("keep the owner that WORKDIR gave them", () => {
      const text = "FROM node:20\nWORKDIR /srv/web\nCOPY --chown=node . /srv\nUSER node\nRUN npm ci\n";
      expect(codes(text, 0o755)).toEqual(["folder-permissions"]);
      expect(codes(text.replace("--chown=node ", "").replace("USER node\n", ""), 0o755)).toEqual(["applied"]);
    });
  });

  test("a shell that goes through a folder of the sources", () => {
    declines("run-between", naive.replace("npm ci", "cd src/.. && npm ci"));
    declines("run-between", naive.replace("npm ci", "cd ../app/src/../ && npm ci"));
    expect(rewritten(naive.replace("npm ci", "cd ../app && npm ci"), app).codes).toEqual(["applied"]);
  });

  test("R5: an empty folder of the context would give its permissions to the installed one", () => {
    declines("overwrites", naive, { "node_modules/ms/index.js": "", ".dockerignore": "node_modules/*\n" });
  });

  test("what leads the install to programs and settings among the sources", () => {
    const files = { ...app, "certs/ca.pem": "", "bin/npm": "", "bin/start.sh": "", "scripts/sh": "" };
    const said = (text: string, mode = 0o755) =>
      rewritten(text, files, { "bin/npm": mode, "bin/start.sh": 0o755 }).codes;
    const env = (setting: string) => naive.replace("WORKDIR", `ENV ${setting}\nWORKDIR`);
    for (const setting of ["NODE_EXTRA_CA_CERTS=/app/certs/ca.pem", "SSL_CERT_DIR=certs", "PATH=/app/bin:$PATH"])
      expect(said(env(setting)), setting).toEqual(["leads-to-sources"]);
    expect(said(env("PATH=/app/bin:$PATH"), 0o644)).toEqual(["applied"]);
    const shell = (words: string) => naive.replace("WORKDIR", `SHELL ${words}\nWORKDIR`);
    expect(said(shell('["/app/scripts/sh", "-c"]'))).toEqual(["leads-to-sources"]);
    expect(said(shell('["/bin/bash", "-o", "pipefail", "-c"]'))).toEqual(["applied"]);
    for (const setting of [
      "PATH=/app/node_modules/.bin:$PATH",
      "CERTIFICATES=/app/certs",
      "SSL_CERT_DIR=/etc/ssl/certs",
    ])
      expect(said(env(setting)), setting).toEqual(["applied"]);
    expect(said(naive.replace("npm ci", "export NODE_EXTRA_CA_CERTS=certs/ca.pem && npm ci"))).toEqual([
      "leads-to-sources",
    ]);
    const above = (command: string) => naive.replace("WORKDIR", `RUN ${command}\nWORKDIR`);
    expect(said(above("npm config set cafile /app/certs/ca.pem"))).toEqual(["leads-to-sources"]);
    expect(said(above("ln -sf /app/bin/npm /usr/local/bin/npm"))).toEqual(["leads-to-sources"]);
    expect(said(above("npm config set cafile /etc/ssl/ca.pem"))).toEqual(["applied"]);
  });

  test("an npm that a step before installs is taken for what it is", () => {
    const file = naive
      .replace("node:20", "example.com/words")
      .replace("RUN npm ci", "RUN npm install -g npm\nRUN npm install");
    const { "package-lock.json": _, ...withoutLock } = app;
    expect(rewritten(file, { ...withoutLock, "package.json": '{"name":"words"}' }).codes).toEqual(["applied"]);
  });

  test("a program of the project's own that bears the name of a package manager", () => {
    const files = { ...app, "bin/npm": "#!/bin/sh\n. ./config/env.sh\n" };
    for (const call of ["bin/npm ci", "/app/bin/npm ci", "PATH=bin:$PATH npm ci"])
      expect(rewritten(naive.replace("npm ci", call), files, { "bin/npm": 0o755 }).codes, call).toEqual([
        "leads-to-sources",
      ]);
    expect(rewritten(naive.replace("npm ci", "/usr/local/bin/npm ci"), files).codes).toEqual(["applied"]);
  });

  test("bin/bundle comes along where it does nothing but start Bundler", () => {
    const gems = {
      Gemfile: 'source "https://gems.example"\ngem "rake"\n',
      "Gemfile.lock":
        "GEM\n  remote: https://gems.example/\n  specs:\n    rake (13.2.1)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  rake\n\nBUNDLED WITH\n   2.5.22\n",
      "app.rb": "",
    };
    const file = "FROM ruby:3.3\nENV BUNDLE_FROZEN=1\nWORKDIR /app\nCOPY . .\nRUN bin/bundle install\n";
    const codes = (text: string) => rewritten(file, { ...gems, "bin/bundle": text }).codes;
    expect(codes('#!/usr/bin/env ruby\nload Gem.bin_path("bundler", "bundle")\n')).toEqual(["applied"]);
    expect(
      codes('#!/usr/bin/env ruby\nrequire_relative "../config/boot"\nload Gem.bin_path("bundler", "bundle")\n'),
    ).toEqual(["reads-more"]);
  });

  test("paragraphs stay paragraphs", () => {
    const file = "FROM node:20\nWORKDIR /app\n\n# Sources\nCOPY . .\n\n# Packages\nRUN npm ci\n\nEXPOSE 3000\n";
    expect(rewritten(file, app).after).toBe(
      "FROM node:20\nWORKDIR /app\n\nCOPY package.json package-lock.json ./\n\n# Packages\nRUN npm ci\n\n# Sources\nCOPY . .\n\nEXPOSE 3000\n",
    );
    const entered = "FROM node:20\n\n# Sources\nCOPY . /app\n\n# Packages\nWORKDIR /app\nRUN npm ci\n";
    expect(rewritten(entered, app).after).toContain("WORKDIR /app\nRUN npm ci\n\n# Sources\nCOPY . /app\n");
    const one = "FROM node:20\n\nCOPY . /app\nWORKDIR /app\nRUN npm ci\n";
    expect(rewritten(one, app).after).toContain("RUN npm ci\nCOPY . /app\n");
  });

  test("what cleans the project stays behind the sources", () => {
    const cleans = naive.replace("npm ci", "npm ci && make clean all");
    expect(rewritten(cleans, app).after).toBe(`${ordered}RUN make clean all\n`);
  });

  test("R1: a lifecycle script is not there yet", () => {
    for (const scripts of [
      { postinstall: "node scripts/p.js" },
      { prepare: "npm run build" },
      { preinstall: "npx only-allow npm && node check.js" },
      { dependencies: "node scripts/p.js" },
    ])
      declines("reads-more", naive, { "package.json": packageJson({ dependencies: ms, scripts }) });
    const harmless = { prepare: "husky", postinstall: "npx prisma generate" };
    const files = { ...app, "package.json": packageJson({ dependencies: ms, scripts: harmless }) };
    expect(rewritten(naive, files).after).toBe(ordered);
  });

  test("R1: scripts that an option switches on again", () => {
    const scripts = { prepare: "npm run build" };
    const files = { "package.json": packageJson({ dependencies: ms, scripts }), ".npmrc": "ignore-scripts=true\n" };
    declines("reads-more", naive.replace("npm ci", "npm ci --no-ignore-scripts"), files);
    expect(rewritten(naive, { ...app, ...files }).codes).toEqual(["applied"]);
  });

  test("R2: members of a workspace come along", () => {
    const files = { ...app, "package.json": packageJson({ dependencies: ms, workspaces: ["packages/*"] }) };
    const { after } = rewritten(naive, { ...files, "packages/a/package.json": packageJson({ name: "a" }) });
    expect(after).toContain("COPY packages/a/package.json ./packages/a/\nRUN npm ci\nCOPY . .\n");
  });

  test("R3: local dependencies and nested requirements", () => {
    declines("reads-more", naive, { "package.json": packageJson({ dependencies: { a: "file:./a" } }) });
    const pip = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n";
    const requirements = { "requirements.txt": "-r requirements/base.txt\n", "requirements/base.txt": "flask\n" };
    expect(rewritten(pip, { ...requirements, "app.py": "" }).after).toContain(
      "COPY requirements.txt ./\nCOPY requirements/base.txt ./requirements/\nRUN pip",
    );
    declines("reads-more", pip, { "requirements.txt": "-e .\n" });
  });

  test("R4: settings, releases, hooks and patches come along", () => {
    expect(rewritten(naive, { ...app, ".npmrc": "fund=false\n" }).after).toContain(
      "COPY package.json package-lock.json .npmrc ./\n",
    );
  });

  test("R5: a node_modules of the context would overwrite the installed one", () => {
    declines("overwrites", naive, { "node_modules/ms/index.js": "" });
    const ignored = { ...app, "node_modules/ms/index.js": "", ".dockerignore": "**/node_modules\n" };
    expect(rewritten(naive, ignored).after).toBe(ordered);
  });

  test("R6: a lock that .dockerignore keeps out is not copied", () => {
    const install = naive.replace("npm ci", "npm install");
    expect(rewritten(install, { ...app, ".dockerignore": "package-lock.json" }).after).toContain(
      "COPY package.json ./\n",
    );
    declines("reads-more", naive, { ".dockerignore": "package-lock.json" });
  });

  test("R7: what is copied is there: files are named, not guessed by wildcard", () => {
    const { "package-lock.json": _, ...withoutLock } = app;
    const { after } = rewritten(naive.replace("npm ci", "npm install"), withoutLock);
    expect(after).toContain("COPY package.json ./\n");
    expect(after).not.toMatch(/[*?]/);
    const already = "FROM node:20\nWORKDIR /app\nCOPY package.json yarn.lock* ./\nRUN npm install\nCOPY . .\n";
    expect(rewritten(already, withoutLock)).toEqual({ after: already, codes: [] });
  });

  test("R8: a RUN between makes the manifest", () => {
    for (const run of [
      "node scripts/versions.js",
      "sed -i s/a/b/ package.json",
      "cp docker/package.json .",
      "echo x > .npmrc",
      "chmod 600 package.json",
    ])
      declines("run-between", `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN ${run}\nRUN npm ci\n`);
    declines("run-between", naive.replace("npm ci", "npm version patch && npm ci"));
  });

  test("R9: WORKDIR, USER, ARG and ENV between keep their place before the install", () => {
    const between = "WORKDIR /app\nUSER node\nARG TOKEN\nENV NODE_ENV=production\n";
    const file = `FROM node:20\nCOPY . /app\n${between}RUN npm ci\n`;
    expect(rewritten(file, app).after).toBe(
      `FROM node:20\nCOPY package.json package-lock.json /app/\n${between}RUN npm ci\nCOPY . /app\n`,
    );
    declines("variable-between", "FROM node:20\nENV D=/app\nCOPY . $D\nENV D=/srv\nWORKDIR /app\nRUN npm ci\n");
    declines("copy-flag", "FROM node:20\nWORKDIR /app\nCOPY --parents . .\nRUN npm ci\n");
  });

  test("R10: an install that reads the sources", () => {
    const file = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install .\n";
    declines("reads-more", file, { "setup.py": "" });
  });

  test("R11: COPY of a folder copies what is in it", () => {
    const files = Object.fromEntries(Object.entries(app).map(([path, text]) => [`web/${path}`, text]));
    const file = "FROM node:20\nCOPY web /srv/site\nWORKDIR /srv/site\nRUN npm ci\n";
    expect(rewritten(file, files).after).toBe(
      "FROM node:20\nCOPY web/package.json web/package-lock.json /srv/site/\nWORKDIR /srv/site\nRUN npm ci\nCOPY web /srv/site\n",
    );
  });

  test("R12: the context of another build lacks the manifest", () => {
    expect(rewritten(naive, { "main.go": "" })).toEqual({ after: naive, codes: ["reads-more"] });
    expect(rewritten(naive, undefined)).toEqual({ after: naive, codes: ["no-context"] });
    const use = { name: "service web in compose.yaml", args: new Map<string, string>(), contexts: [] };
    const codesWith = (files: Readonly<Record<string, string>>) =>
      refit(naive, {
        transforms: [orderManifests],
        context: memoryContext(app),
        uses: [{ ...use, context: memoryContext(files) }],
        strict: true,
      }).outcomes.map(({ code }) => code);
    expect(codesWith(app)).toEqual(["applied"]);
    expect(codesWith({ "main.go": "" })).toEqual(["other-build"]);
  });

  test("R13: a lock that the install would write anew", () => {
    const install = naive.replace("npm ci", "npm install");
    declines("reads-more", install, { "package.json": packageJson({ dependencies: { ms: "^2.1.3" } }) });
    expect(rewritten(install, app).after).toBe(ordered.replace("npm ci", "npm install"));
  });

  test("R14: ONBUILD triggers of the base copy the sources", () => {
    declines("onbuild-base", naive.replace("node:20", "node:8-onbuild"));
  });
});

describe("a RUN that does more than install", () => {
  const run = (script: string) => naive.replace("npm ci", script);

  test("is cut behind the install, and behind the deletion of caches", () => {
    const { after } = rewritten(run("npm ci && npm cache clean --force && npm run build && npm test"), app);
    expect(after).toBe(
      `${ordered.replace("npm ci", "npm ci && npm cache clean --force")}RUN npm run build && npm test\n`,
    );
  });

  test("has its flags and its cd twice", () => {
    const files = Object.fromEntries(Object.entries(app).map(([path, text]) => [`web/${path}`, text]));
    const { after } = rewritten(run("cd web && npm ci && npm run build").replace("RUN", "RUN --network=host"), files);
    expect(after).toContain(
      "RUN --network=host cd web && npm ci\nCOPY . .\nRUN --network=host cd web && npm run build\n",
    );
  });

  test.each([
    ["escapes", "export A=1 && npm ci && npm run build"],
    ["escapes", "umask 077 && npm ci && npm run build"],
    ["not-a-chain", "npm ci || npm install"],
    ["not-a-chain", "npm ci && npm run build; npm test"],
    ["not-a-chain", "for folder in . web; do npm ci; done"],
    ["not-a-chain", "if true; then npm ci; fi && npm run build"],
    ["not-a-chain", "npm ci; npm run build"],
    ["not-a-chain", "set -e; npm ci && true; npm run build"],
    ["not-a-chain", "set -e; set +e; npm ci; npm run build"],
    ["run-between", "if [ -d src ]; then npm ci; fi"],
    ["cleans-later", "npm ci && npm run build && rm -rf /root/.npm"],
    ["redirection", "npm ci > log && npm run build"],
  ])("%s: %s", (code, script) => {
    const { after, codes } = rewritten(run(script), app);
    expect(codes).toEqual([code]);
    expect(after).toBe(run(script));
  });
});

describe("a RUN that is moved as a whole", () => {
  test.each([
    "if true; then npm ci; fi",
    "(npm ci)",
    "set -e; npm ci",
    "npm ci; npm cache clean --force",
    "{ npm ci; }",
  ])("is more than a chain: %s", (script) => {
    expect(rewritten(naive.replace("npm ci", script), app).after).toBe(ordered.replace("npm ci", script));
  });
});

describe("sources copied by several COPYs", () => {
  const start = "FROM node:20\nWORKDIR /app\nCOPY package*.json ./\n";

  test("all move, in their order", () => {
    const files = { ...app, "config/a.json": "{}", "server.js": "" };
    expect(rewritten(`${start}COPY src ./src\nCOPY config ./config\nCOPY server.js .\nRUN npm ci\n`, files).after).toBe(
      `${start}RUN npm ci\nCOPY src ./src\nCOPY config ./config\nCOPY server.js .\n`,
    );
  });

  test("stay where they bring nothing that people edit", () => {
    for (const file of [
      `${start}RUN npm ci\nCOPY . .\n`,
      `${start}COPY tsconfig.json babel.config.js ./\nRUN npm ci\n`,
    ]) {
      const files = { ...app, "tsconfig.json": "{}", "babel.config.js": "" };
      expect(rewritten(file, files)).toEqual({ after: file, codes: [] });
    }
  });

  test("stay where a step between reads them", () => {
    const file = `${start}COPY src ./src\nRUN node src/a.js\nRUN npm ci\n`;
    expect(rewritten(file, app)).toEqual({ after: file, codes: ["run-between"] });
  });

  test("keep what goes over them behind them", () => {
    const { after } = rewritten(`${start}COPY src ./src\nCOPY other/a.js ./src/\nRUN npm ci\n`, {
      ...app,
      "other/a.js": "other",
    });
    expect(after).toBe(`${start}RUN npm ci\nCOPY src ./src\nCOPY other/a.js ./src/\n`);
  });

  test("a folder that they would have made is not made by a WORKDIR", () => {
    declines("workdir-between", "FROM node:20\nCOPY src /app/src\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n");
  });
});

test("a user that --chown names is made before the COPY and not after", () => {
  const file = (owner: string) =>
    `FROM node:20\nWORKDIR /app\nCOPY --chown=${owner} . .\nRUN adduser --system app\nRUN npm ci\n`;
  declines("run-between", file("app"));
  expect(rewritten(file("1000:1000"), app).codes).toEqual(["applied"]);
});

test("Corepack set up before the install may write package.json", () => {
  const file =
    "FROM node:20 AS base\nRUN corepack enable\nFROM base\nWORKDIR /app\nCOPY . .\nRUN yarn --frozen-lockfile\n";
  declines("reads-more", file, { "yarn.lock": "# yarn lockfile v1\n" });
});

test("a requirements file by its absolute path says where the project is", () => {
  const file = "FROM python:3.12\nCOPY . /app\nRUN pip install -r /app/requirements.txt\n";
  const files = { "requirements.txt": "flask\n", "app.py": "" };
  expect(rewritten(file, files).after).toContain("COPY requirements.txt /app/\nRUN pip install");
  expect(rewritten(file, { ...files, "requirements.txt": "./a.whl\n", "a.whl": "" }).codes).toEqual(["reads-more"]);
});

test("a second run changes nothing", () => {
  expect(rewritten(ordered, app)).toEqual({ after: ordered, codes: [] });
});

test("an install in a stage without sources is no place", () => {
  const file = "FROM node:20\nWORKDIR /app\nCOPY --from=deps /app .\nRUN npm ci\n";
  expect(rewritten(file, app)).toEqual({ after: file, codes: [] });
});
