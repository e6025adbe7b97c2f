/** What a rewritten image has lost: whole images as folders, before and after. */
import { describe, expect, test } from "vitest";
import { closureDifferences } from "../../src/engine/closure/index.ts";
import { type Content, diskTree, foldersHere } from "./disk-tree.ts";
import { writeElf } from "./elf-writer.ts";

const folderOf = foldersHere();

type Files = Readonly<Record<string, Content>>;

const elf = (...parts: Parameters<typeof writeElf>): Content => ({ bytes: writeElf(...parts) });
const loader = "/lib64/ld-linux-x86-64.so.2";

const base: Files = {
  "lib64/ld-linux-x86-64.so.2": elf({}),
  "usr/lib/libc.so.6": elf({ soname: "libc.so.6" }),
  "bin/sh": elf({ interpreter: loader, needed: ["libc.so.6"] }),
  "usr/bin/env": elf({ interpreter: loader, needed: ["libc.so.6"] }),
  "usr/local/bin/node": elf({ interpreter: loader, needed: ["libc.so.6"] }),
  "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1000::/home/web:/bin/sh\n",
  "etc/group": "root:x:0:\nweb:x:1000:\n",
};

/** Differences in words, between `files` and the same without `gone` and with `more`, both on the base. */
function lost(files: Files, config: Record<string, unknown>, gone: readonly string[], more: Files = {}): string[] {
  const all = { ...base, ...files };
  const kept = Object.entries({ ...all, ...more }).filter(
    ([path]) => !gone.some((name) => path === name || path.startsWith(`${name}/`)),
  );
  const [before, after] = [all, Object.fromEntries(kept)].map((written) => diskTree(folderOf(written)));
  return closureDifferences(before!, after!, config).map(({ at, kind, what }) => `${kind} ${at}: ${what}`);
}

describe("libraries and interpreters", () => {
  test("a library that is gone is named with who needs it", () => {
    const files = {
      "usr/lib/libssl.so.3": elf({ needed: ["libc.so.6"] }),
      "usr/bin/app": elf({ interpreter: loader, needed: ["libssl.so.3", "libc.so.6"] }),
      "usr/bin/other": elf({ interpreter: loader, needed: ["libssl.so.3"] }),
    };
    expect(lost(files, {}, ["usr/lib/libssl.so.3"])).toEqual([
      "gone /usr/lib/libssl.so.3: libssl.so.3, which /usr/bin/app needs, is missing; so it is for /usr/bin/other",
    ]);
    expect(lost(files, {}, ["usr/bin/app"])).toEqual([]);
  });

  test("a library that was missing before says nothing", () => {
    const files = { "usr/bin/app": elf({ interpreter: loader, needed: ["libgone.so"] }) };
    expect(lost(files, {}, [])).toEqual([]);
  });

  test("the loader of programs is needed", () => {
    expect(lost({}, {}, ["lib64/ld-linux-x86-64.so.2"])[0]).toMatch(
      /^gone \/lib64\/ld-linux-x86-64.so.2: \/lib64\/ld-linux-x86-64.so.2, which \/bin\/sh needs, is missing/,
    );
  });

  test("interpreters of scripts, by path and by env", () => {
    const files = {
      "usr/bin/perl": elf({}),
      "opt/tools/ruby": elf({}),
      "usr/bin/one": "#!/usr/bin/perl -w\n",
      "usr/bin/two": "#! /usr/bin/env -S ruby --jit\n",
    };
    const config = { Env: ["PATH=/opt/tools:/usr/bin"] };
    expect(lost(files, config, ["usr/bin/perl"])).toEqual([
      "gone /usr/bin/perl: /usr/bin/perl, which runs /usr/bin/one, is missing",
    ]);
    expect(lost(files, config, ["opt/tools/ruby"])).toEqual([
      "gone /opt/tools/ruby: ruby, which runs /usr/bin/two, is missing",
    ]);
  });
});

describe("links and accounts", () => {
  test("a link that leads nowhere now, or to something of another kind", () => {
    const files = { "srv/data/file": "text", "srv/current": { link: "data" }, "srv/nowhere": { link: "/none" } };
    expect(lost(files, {}, ["srv/data"])).toEqual(["gone /srv/data: data, which /srv/current links to, is missing"]);
    expect(lost(files, {}, ["srv/data"], { "srv/data": "" })).toHaveLength(1);
    expect(lost(files, {}, [])).toEqual([]);
  });

  test("the user of the config and the owners of files keep their names", () => {
    const only = { "etc/passwd": "root:x:0:0:root:/root:/bin/sh\n" };
    expect(lost({}, { User: "web" }, [], only)).toEqual([
      "gone /etc/passwd: the user web, which User names, is missing",
    ]);
    expect(lost({}, { User: "1000:web" }, [], { "etc/group": "" })).toContainEqual(
      expect.stringContaining("gone /etc/group: the group web, which User names, is missing"),
    );
    expect(lost({}, { User: "4711" }, [], only)).toEqual([]);
  });
});

describe("what the container starts", () => {
  const files = {
    "app/server.js": "",
    "app/config/app.json": "{}",
    "app/start.sh": '#!/bin/sh\nset -e\ncd /app\nexec node server.js "$@"\n',
    "usr/local/bin/docker-entrypoint.sh": '#!/bin/sh\nset -e\nexec "$@"\n',
    "usr/bin/curl": elf({}),
  };

  test.each<[string, Record<string, unknown>, string]>([
    ["the program", { Cmd: ["node", "server.js"], WorkingDir: "/app" }, "usr/local/bin/node"],
    ["its file", { Cmd: ["node", "server.js"], WorkingDir: "/app" }, "app/server.js"],
    ["its file without the ending", { Cmd: ["node", "./server"], WorkingDir: "/app" }, "app/server.js"],
    [
      "a file in an option",
      { Cmd: ["node", "server.js", "--config=config/app.json"], WorkingDir: "/app" },
      "app/config/app.json",
    ],
    ["the shell of a shell form", { Cmd: ["/bin/sh", "-c", "node server.js"] }, "bin/sh"],
    ["the program of a shell form", { Cmd: ["/bin/sh", "-c", "cd /app && node server.js"] }, "app/server.js"],
    [
      "the program of a shell with options",
      { Cmd: ["/bin/sh", "-o", "pipefail", "-ec", "node /app/server.js | cat"] },
      "app/server.js",
    ],
    ["what a script starts", { Entrypoint: ["/app/start.sh"] }, "usr/local/bin/node"],
    ["what a script runs", { Entrypoint: ["/app/start.sh"] }, "app/server.js"],
    ["the entrypoint", { Entrypoint: ["docker-entrypoint.sh"], Cmd: ["node"] }, "usr/local/bin/docker-entrypoint.sh"],
    ["what the entrypoint is given", { Entrypoint: ["docker-entrypoint.sh"], Cmd: ["node"] }, "usr/local/bin/node"],
    [
      "what a script of a shell is given",
      { Entrypoint: ["sh", "-e", "usr/local/bin/docker-entrypoint.sh"], Cmd: ["node"] },
      "usr/local/bin/node",
    ],
    [
      "the health check",
      { Healthcheck: { Test: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"] } },
      "usr/bin/curl",
    ],
    ["the working folder", { WorkingDir: "/app" }, "app"],
  ])("%s", (_, config, gone) => {
    expect(lost(files, config, [gone])).toContainEqual(
      expect.stringMatching(new RegExp(`^gone /${gone}: .* is missing`)),
    );
    expect(lost(files, config, [])).toEqual([]);
  });
});

test("scripts that call each other come to an end", () => {
  const call = "#!/bin/sh\n/app/one.sh\n/app/two.sh\ncd sub\n/app/one.sh 2\n/app/two.sh 2\n";
  const config = { Cmd: ["/app/one.sh"] };
  expect(lost({ "app/one.sh": call, "app/two.sh": call }, config, ["app/two.sh"])).toEqual([
    expect.stringMatching(/^gone \/app\/two.sh: \/app\/two.sh, which \/app\/one.sh starts, is missing/),
  ]);
});

describe("Node", () => {
  const files: Files = {
    "app/package.json": '{ "name": "shop", "scripts": { "start": "node --require ./early.js dist/main" } }',
    "app/early.js": "",
    "app/dist/main.js": 'require("./routes"); require("express"); require("./views.json");',
    "app/dist/views.json": "{}",
    "app/dist/routes/index.js": 'import("../lazy.mjs"); const data = require("path").join(__dirname, "..", "data");',
    "app/dist/lazy.mjs": 'export * from "@scope/tools/text"; new URL("./page.html", import.meta.url);',
    "app/dist/page.html": "<p>",
    "app/dist/data/towns.csv": "",
    "app/dist/unused.js": 'require("chalk")',
    "app/node_modules/chalk/index.js": "",
    "app/node_modules/express/package.json": '{ "name": "express", "main": "lib/express" }',
    "app/node_modules/express/lib/express.js": 'require("debug")',
    "app/node_modules/debug/index.js": "",
    "app/node_modules/@scope/tools/package.json": '{ "exports": { "./text": { "import": "./text.mjs" } } }',
    "app/node_modules/@scope/tools/text.mjs": "",
    "app/node_modules/.bin/serve": { link: "../serve/cli.js" },
    "app/node_modules/serve/cli.js": '#!/usr/bin/env node\nrequire("mime")',
    "app/node_modules/mime/index.js": "",
    "usr/local/bin/npm": "#!/usr/bin/env node\n",
    "usr/local/bin/yarn": "#!/usr/bin/env node\n",
  };
  const started = { Cmd: ["npm", "start"], WorkingDir: "/app" };

  test.each([
    ["app/early.js", "./early.js, which Cmd names"],
    ["app/dist/routes/index.js", "./routes, which /app/dist/main.js imports"],
    ["app/dist/views.json", "./views.json, which /app/dist/main.js imports"],
    ["app/dist/lazy.mjs", "../lazy.mjs, which /app/dist/routes/index.js imports"],
    ["app/dist/data", "./../data, which /app/dist/routes/index.js names"],
    ["app/dist/page.html", "./page.html, which /app/dist/lazy.mjs names"],
    ["app/node_modules/@scope/tools/text.mjs", "@scope/tools/text, which /app/dist/lazy.mjs imports"],
    ["app/node_modules/express/lib/express.js", "express, which /app/dist/main.js imports"],
    ["app/node_modules/debug/index.js", "debug, which /app/node_modules/express/lib/express.js imports"],
  ])("%s is missed", (gone, what) => {
    expect(lost(files, started, [gone])).toContain(`gone /${gone}: ${what}, is missing`);
  });

  test("what nothing imports is not missed", () => {
    expect(lost(files, started, ["app/dist/unused.js", "app/node_modules/chalk"])).toEqual([]);
  });

  test("another version that takes the place of the one that is gone", () => {
    const two = {
      ...files,
      "app/node_modules/express/node_modules/debug/index.js": "exports.version = 2;",
      "app/node_modules/debug/index.js": "exports.version = 1;",
    };
    expect(lost(two, started, ["app/node_modules/express/node_modules"])).toEqual([
      "gone /app/node_modules/express/node_modules/debug/index.js: debug, which /app/node_modules/express/lib/express.js imports, is /app/node_modules/debug/index.js now",
    ]);
    const same = { ...two, "app/node_modules/debug/index.js": "exports.version = 2;" };
    expect(lost(same, started, ["app/node_modules/express/node_modules"])).toEqual([]);
  });

  test("programs of node_modules/.bin are followed", () => {
    const config = { Entrypoint: ["/app/node_modules/.bin/serve"], WorkingDir: "/app" };
    expect(lost(files, config, ["app/node_modules/mime"])).toEqual([
      "gone /app/node_modules/mime/index.js: mime, which /app/node_modules/serve/cli.js imports, is missing",
    ]);
    expect(lost(files, { Cmd: ["yarn", "serve"], WorkingDir: "/app" }, ["app/node_modules/mime"])).toHaveLength(0);
  });
});

describe("Python", () => {
  const python = elf({ interpreter: loader, needed: ["libc.so.6"] });
  const files: Files = {
    "usr/bin/python3.13": python,
    "usr/bin/python3": { link: "python3.13" },
    "usr/lib/python3.13/json/__init__.py": "from .decoder import JSONDecoder",
    "usr/lib/python3.13/json/decoder.py": "import re",
    "venv/bin/python": { link: "/usr/bin/python3" },
    "venv/bin/gunicorn": "#!/venv/bin/python\nfrom gunicorn.app import run\n",
    "venv/pyvenv.cfg": "home = /usr/bin\n",
    "venv/lib/python3.13/site-packages/gunicorn/app.py": "",
    "venv/lib/python3.13/site-packages/flask/__init__.py": "from flask import helpers",
    "venv/lib/python3.13/site-packages/flask/helpers.py": "import _speed",
    "venv/lib/python3.13/site-packages/_speed.cpython-313-x86_64-linux-gnu.so": elf({}),
    "venv/lib/python3.13/site-packages/app.pth": "/srv/src\n",
    "srv/src/shared.py": "",
    "app/main.py": "import json, shared\nfrom flask import Flask\nfrom routes import towns\n",
    "app/routes/__init__.py": "",
    "app/routes/towns.py": "from . import prices",
    "app/routes/prices.py": "",
  };
  const env = { Env: ["PATH=/venv/bin:/usr/bin"], WorkingDir: "/app" };
  const starts: [string, Record<string, unknown>][] = [
    ["a script", { ...env, Cmd: ["python", "main.py"] }],
    ["a module", { ...env, Cmd: ["python", "-u", "-m", "main"] }],
    ["a server that is told the module", { ...env, Cmd: ["gunicorn", "--bind", "0.0.0.0:80", "main:app"] }],
  ];
  const modules = [
    ["app/routes/prices.py", "routes.prices, which /app/routes/towns.py imports"],
    ["usr/lib/python3.13/json/decoder.py", "json.decoder, which /usr/lib/python3.13/json/__init__.py imports"],
    ["srv/src/shared.py", "shared, which /app/main.py imports"],
    [
      "venv/lib/python3.13/site-packages/_speed.cpython-313-x86_64-linux-gnu.so",
      "_speed, which /venv/lib/python3.13/site-packages/flask/helpers.py imports",
    ],
  ];
  test.each(starts.flatMap(([kind, config]) => modules.map(([gone, what]) => [kind, gone!, what!, config] as const)))(
    "started as %s, %s is missed",
    (_, gone, what, config) => {
      expect(lost(files, config, [gone])).toContain(`gone /${gone}: ${what}, is missing`);
    },
  );

  test("the program that a server's script runs with, and its own modules", () => {
    const [, config] = starts[2]!;
    expect(lost(files, config, ["venv/lib/python3.13/site-packages/gunicorn"])).toEqual([
      "gone /venv/lib/python3.13/site-packages/gunicorn: gunicorn, which /venv/bin/gunicorn imports, is missing",
      "gone /venv/lib/python3.13/site-packages/gunicorn/app.py: gunicorn.app, which /venv/bin/gunicorn imports, is missing",
    ]);
    expect(lost(files, config, [])).toEqual([]);
  });
});
