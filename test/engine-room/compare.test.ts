/** Comparing images under each promise, on trees of folders on disk. */
import { describe, expect, test } from "vitest";
import { openContextWith } from "../../src/context/index.ts";
import { type CompareOptions, compareImages, type OpenImage, settle } from "../../src/engine/compare/index.ts";
import type { ImageInfo } from "../../src/engine/types.ts";
import type { PromiseName } from "../../src/promises/types.ts";
import { type Content, diskTree, foldersHere } from "./disk-tree.ts";

const folderOf = foldersHere();

type Files = Readonly<Record<string, Content>>;

function imageOf(files: Files, config: ImageInfo["config"] = {}): OpenImage {
  const info = { config, platform: "linux/amd64", size: 0, layers: 1, diffIds: [] };
  return { info, tree: diskTree(folderOf(files)) };
}

function compared(before: Files, after: Files, promise: PromiseName, options?: CompareOptions) {
  return compareImages(imageOf(before), imageOf(after), promise, options);
}

describe("configurations", () => {
  const differences = (before: ImageInfo["config"], after: ImageInfo["config"]) =>
    compareImages(imageOf({}, before), imageOf({}, after), "same-image").differences.map(
      ({ at, what }) => `${at}: ${what}`,
    );

  test("that are null, absent or empty are alike, and labels of refit are none", () => {
    const after = { Env: [], Cmd: null, User: "", Labels: { "dev.refit.run": "1" }, WorkingDir: "/", OnBuild: [] };
    expect(differences({}, after)).toEqual([]);
  });

  test("differ by a label that only looks like refit's own", () => {
    expect(differences({ Labels: { "dev.refit.mine": "1" } }, {})).toEqual(['Labels: dev.refit.mine: "1" is gone']);
  });

  test("differ by variable, label and key", () => {
    expect(
      differences(
        { Env: ["A=1", "B=2"], Labels: { a: "x" }, Cmd: ["sh"], Healthcheck: { Test: ["CMD", "x"], Retries: 0 } },
        { Env: ["A=1", "B=3", "C="], Labels: {}, Cmd: ["sh", "-c"], Healthcheck: { Test: ["CMD", "x"] } },
      ),
    ).toEqual(['Env: B: "2" → "3"', 'Env: C: "" is new', 'Labels: a: "x" is gone', 'Cmd: ["sh"] → ["sh","-c"]']);
  });
});

describe("file trees", () => {
  test("differ by path, and a folder is told once", () => {
    const { differences } = compared(
      { "app/src/a": "a", "app/src/b/c": "c", "app/text": "one\ntwo\n" },
      { "app/text": "one\nthree\n", "app/new": "" },
      "same-image",
    );
    expect(differences).toEqual([
      { at: "/app/new", kind: "added", what: "file is new" },
      { at: "/app/src", kind: "gone", what: "folder is gone, with 3 paths in it" },
      { at: "/app/text", kind: "content", what: "content 8 → 10 bytes", diff: "@@ -1,2 +1,2 @@\n one\n-two\n+three" },
    ]);
  });

  test("show nothing that a terminal would obey", () => {
    const [difference] = compared({ a: "x" }, { a: "\u001b[2J" }, "same-image").differences;
    expect(difference!.diff).not.toContain("\u001b");
  });
});

describe("same-image-less-caches", () => {
  const cache = { "root/.npm/_cacache/x": "12345" };

  test("explains what is gone from caches, with the folders that held nothing else", () => {
    const rest = { "root/.profile": "" };
    expect(compared({ ...cache, ...rest }, rest, "same-image-less-caches")).toEqual({
      differences: [],
      explained: [{ rule: "caches of npm", paths: 3, bytes: 5 }],
      added: [],
      unsteady: [],
      ofBases: new Set(),
    });
  });

  test("explains what is new in caches, with the folders that hold nothing else", () => {
    const rest = { "root/.profile": "" };
    const more = { "root/.m2/repository/words/words.jar": "12345", "go/pkg/mod/words/go.mod": "1", ...cache, ...rest };
    expect(compared(rest, more, "same-image-less-caches")).toEqual({
      differences: [],
      explained: [],
      added: [
        { rule: "caches of npm", paths: 3, bytes: 5 },
        { rule: "caches of maven", paths: 4, bytes: 5 },
        { rule: "caches of go", paths: 5, bytes: 1 },
      ].sort((a, b) => b.paths - a.paths),
      unsteady: [],
      ofBases: new Set(),
    });
    expect(compared(rest, more, "same-image").differences).not.toEqual([]);
  });

  test.each([
    ["lost", { "go/pkg/mod/words/words.go": "1", "go/a": "" }, { "go/a": "" }],
    ["other than before", { "go/pkg/mod/words/words.go": "1" }, { "go/pkg/mod/words/words.go": "2" }],
    ["new beside them", { "root/.profile": "" }, { "root/.profile": "", "root/.m2x/a": "" }],
  ])("does not explain what is %s", (_, before, after) => {
    expect(compared(before, after, "same-image-less-caches").differences).not.toEqual([]);
  });

  test("does not explain what was beside a cache", () => {
    const { differences } = compared(
      { ...cache, "root/.profile": "", "root/x": "" },
      { "root/x": "" },
      "same-image-less-caches",
    );
    expect(differences.map(({ at }) => at)).toEqual(["/root/.profile"]);
  });
});

describe("same-runtime", () => {
  const inventory = (packages: object) => JSON.stringify({ packages });
  const dockerfile = "FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n";
  const sources = { "src/main.ts": "let a;\n", "views/page.html": "<p>\n", "notes.txt": "notes\n" };
  const options = () => ({ context: openContextWith(folderOf(sources), undefined), dockerfile });
  const copied = Object.fromEntries(Object.entries(sources).map(([path, text]) => [`app/${path}`, text]));

  test("lets development packages go, and no others", () => {
    const marks = { "node_modules/run": {}, "node_modules/build": { dev: true } };
    const run = { "app/node_modules/run/index.js": "", "app/node_modules/.package-lock.json": inventory(marks) };
    const both = { ...run, "app/node_modules/build/index.js": "" };
    const rest = inventory({ "node_modules/run": {} });
    expect(compared(both, { ...run, "app/node_modules/.package-lock.json": rest }, "same-runtime").differences).toEqual(
      [],
    );
    const lost = { "app/node_modules/build/index.js": "" };
    expect(compared(both, lost, "same-runtime").differences.map(({ at }) => at)).toEqual(["/app/node_modules/run"]);
  });

  test("lets links to what stays go with the development package that they belong to", () => {
    const at = (store: string, path: string) => `app/node_modules/${store}/${path}`;
    for (const store of [".pnpm", ".bun"]) {
      const run = {
        "app/package.json": '{"dependencies":{"run":"1"},"devDependencies":{"build":"1"}}',
        "app/node_modules/run": { link: `${store}/run@1/node_modules/run` },
        [at(store, "run@1/node_modules/run/package.json")]: '{"name":"run"}',
      };
      const both = {
        ...run,
        "app/node_modules/build": { link: `${store}/build@1/node_modules/build` },
        [at(store, "build@1/node_modules/build/package.json")]: '{"name":"build","dependencies":{"run":"1"}}',
        [at(store, "build@1/node_modules/run")]: { link: "../../run@1/node_modules/run" },
      };
      expect(compared(both, run, "same-runtime").differences, store).toEqual([]);
    }
  });

  test("lets Yarn's map of packages say what lies there", () => {
    const map = (packages: object) => ({ "app/node_modules/.package-map.json": JSON.stringify({ packages }) });
    const before = map({ ".": { dependencies: { typescript: "typescript" } }, typescript: {} });
    expect(compared(before, map({ ".": { dependencies: {} } }), "same-runtime").differences).toEqual([]);
  });

  test("lets packages move where each of them finds what it found", () => {
    const ms = (version: string) => `{"name":"ms","version":"${version}","bin":"ms.js"}`;
    const project = {
      "app/package.json": '{"dependencies":{"debug":"2"},"devDependencies":{"ms":"2"}}',
      "app/node_modules/debug/package.json": '{"name":"debug","dependencies":{"ms":"1"}}',
    };
    const before = {
      ...project,
      "app/node_modules/ms/package.json": ms("2"),
      "app/node_modules/ms/index.js": "two",
      "app/node_modules/.bin/ms": { link: "../ms/ms.js" },
      "app/node_modules/debug/node_modules/ms/package.json": ms("1"),
      "app/node_modules/debug/node_modules/ms/index.js": "one",
      "app/node_modules/debug/node_modules/.bin/ms": { link: "../ms/ms.js" },
    };
    const moved = (text: string) => ({
      ...project,
      "app/node_modules/ms/package.json": ms("1"),
      "app/node_modules/ms/index.js": text,
      "app/node_modules/.bin/ms": { link: "../ms/ms.js" },
    });
    expect(compared(before, moved("one"), "same-runtime").differences).toEqual([]);
    expect(compared(before, moved("two"), "same-runtime").differences).not.toEqual([]);
  });

  test("keeps what npm installs for production as well, or knows nothing of", () => {
    const marks = { "node_modules/both": { devOptional: true }, "node_modules/byhand": { extraneous: true } };
    const run = { "app/index.js": "", "app/node_modules/.package-lock.json": inventory(marks) };
    const both = { "app/node_modules/both/index.js": "", "app/node_modules/byhand/index.js": "" };
    expect(compared({ ...run, ...both }, run, "same-runtime").differences.map(({ at }) => at)).toEqual([
      "/app/node_modules/both",
      "/app/node_modules/byhand",
    ]);
  });

  test("lets what is in temporary folders go, and not the folders nor what was put into a home", () => {
    const before = { "tmp/x": "", "var/tmp/y/z": "", "root/.cache/ms-playwright/chromium/chrome": "", a: "" };
    const { differences, explained } = compared(before, { a: "" }, "same-runtime");
    expect(differences.map(({ at }) => at)).toEqual(["/root", "/tmp", "/var"]);
    expect(explained).toEqual([{ rule: "temporary files", paths: 3, bytes: 0 }]);
  });

  test("lets intermediate outputs go only beside the project that makes them", () => {
    const page = "app/build/reports/page.html";
    const gone = (beside: Files) => {
      const { differences } = compared({ ...beside, [page]: "" }, beside, "same-runtime");
      return differences.map(({ at }) => at);
    };
    expect(gone({ "app/package.json": "{}" })).toEqual(["/app/build"]);
    expect(gone({ "app/build.gradle.kts": "" })).toEqual([]);
  });

  test("knows them by what production asks for where no inventory says so", () => {
    const needs = (dependencies: object, devDependencies: object) => JSON.stringify({ dependencies, devDependencies });
    const run = {
      "app/package.json": needs({ run: "1" }, { build: "1" }),
      "app/node_modules/run/package.json": needs({ deep: "1" }, {}),
      "app/node_modules/deep/package.json": "{}",
    };
    const all = { ...run, "app/node_modules/build/package.json": "{}" };
    expect(compared(all, run, "same-runtime").differences).toEqual([]);
    const { "app/node_modules/deep/package.json": _, ...lost } = all;
    expect(compared(all, lost, "same-runtime").differences.map(({ at }) => at)).toEqual(["/app/node_modules/deep"]);
  });

  describe("of a server and pages in a folder of their own", () => {
    const manifest = '{"dependencies":{"ms":"2"}}';
    const sources = {
      "client/index.html": "<p>",
      "client/package.json": manifest,
      "client/src/main.js": "let page;\n",
    };
    const file = "FROM node\nWORKDIR /app/server\nCOPY . /app\nRUN build\n";
    const settings = () => ({ context: openContextWith(folderOf(sources), undefined), dockerfile: file });
    const kept = { "app/client/package.json": manifest, "app/client/dist/index.html": "<p>" };
    const before = {
      ...kept,
      "app/client/index.html": "<p>",
      "app/client/src/main.js": "let page;\n",
      "app/client/node_modules/ms/index.js": "",
    };
    const gone = (server: string) =>
      compareImages(
        imageOf({ ...before, "app/client/server.js": server }, { WorkingDir: "/app/server" }),
        imageOf({ ...kept, "app/client/server.js": server }, { WorkingDir: "/app/server" }),
        "same-runtime",
        settings(),
      ).differences.map(({ at }) => at);

    test("lets sources and packages of the pages go where what is left names no more than what was built", () => {
      expect(gone('const page = join(__dirname, "client/dist", "index.html");')).toEqual([]);
      expect(gone('const page = join(__dirname, "client", "dist", "index.html");')).toEqual([]);
    });

    test("keeps what a computed path may lead to", () => {
      const computed = ["/app/client/index.html", "/app/client/node_modules", "/app/client/src"];
      expect(gone('const page = join(__dirname, "client", folder);')).toEqual(computed);
      expect(gone('require("../client/node_modules/ms")')).toContain("/app/client/node_modules");
    });
  });

  test("lets build inputs go that nothing names", () => {
    const dist = { "app/dist/main.js": "let a;" };
    const { differences, explained } = compared({ ...copied, ...dist }, dist, "same-runtime", options());
    expect(differences).toEqual([]);
    expect(explained).toEqual([{ rule: "build inputs", paths: 5, bytes: 17 }]);
  });

  test("keeps what the rest of the app names, and what a build made or changed", () => {
    const dist = { "app/dist/main.js": 'render("views/" + name)' };
    const before = { ...copied, ...dist, "app/notes.txt": "changed\n", "app/out/page.html": "<p>\n" };
    const { differences } = compared(before, dist, "same-runtime", options());
    expect(differences.map(({ at }) => at)).toEqual(["/app/notes.txt", "/app/out", "/app/views"]);
  });

  test("asks nothing of what a build left beside its outputs", () => {
    const left = { "app/api/obj/project.assets.json": '{ "sources": "/app/views/page.html" }' };
    expect(compared({ ...copied, ...left }, left, "same-runtime", options()).differences).toEqual([]);
  });

  test.each([
    [
      "a page beside one that is left",
      "app",
      { "index.html": "", "about.html": "" },
      ["index.html"],
      "/app/about.html",
    ],
    ["what a server looks for", "var/www/html", { "a.css": "", "x/tsconfig.json": "" }, [], "/var/www"],
    [
      "a folder that the app may write to",
      "app",
      { "run.py": 'open("logs/x")', "logs/.gitignore": "*" },
      ["run.py"],
      "/app/logs",
    ],
  ] as [string, string, Files, string[], string][])("keeps %s", (_, folder, files, left, lost) => {
    const placed = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [`${folder}/${name}`, files[name]!]));
    const [before, after] = [imageOf(placed(Object.keys(files))), imageOf({ ...placed(left), "var/x": "" })];
    const context = openContextWith(folderOf(files), undefined);
    const { differences } = compareImages(before, after, "same-runtime", {
      context,
      dockerfile: `FROM node\nWORKDIR /${folder}\nCOPY . .\n`,
    });
    expect(differences.filter(({ kind }) => kind === "gone").map(({ at }) => at)).toEqual([lost]);
  });

  test.each([
    ["a script", "main.py", 'open("views/page.html")', ["/app/views"]],
    ["machine code", "server", "\x7fELF\0open config: notes.txtcontext", ["/app/notes.txt"]],
  ])("keeps what %s names", (_, program, text, named) => {
    const app = { [`app/${program}`]: text };
    const { differences } = compared({ ...copied, ...app }, app, "same-runtime", options());
    expect(differences.map(({ at }) => at)).toEqual(named);
  });

  test("keeps what the command names", () => {
    const config = { Cmd: ["ts-node", "src/main.ts"], WorkingDir: "/app" };
    const [before, after] = [imageOf(copied, config), imageOf({ "app/x.html": "" }, config)];
    const { differences } = compareImages(before, after, "same-runtime", options());
    expect(differences.map(({ at }) => at)).toContain("/app/src");
  });

  test("lets the links go by which services of such a package are started", () => {
    const status = (...names: string[]) =>
      names.map((name) => `Package: ${name}\nStatus: install ok installed\n`).join("\n");
    const before = imageOf({
      "var/lib/dpkg/status": status("bash", "gcc"),
      "var/lib/dpkg/info/gcc.list": "/etc/init.d\n/etc/init.d/compile\n",
      "etc/init.d/compile": "",
      "etc/rcS.d/README": "",
      "etc/rcS.d/S01compile": { link: "../init.d/compile" },
      "etc/rcS.d/S01other": { link: "../init.d/other" },
    });
    const after = imageOf({ "var/lib/dpkg/status": status("bash"), "etc/rcS.d/README": "" });
    const { differences } = compareImages(before, after, "same-runtime");
    expect(differences.map(({ at }) => at)).toEqual(["/etc/rcS.d/S01other"]);
  });

  test("lets what apk was asked for follow its packages, and the time go that it gives to those it made up", () => {
    const installed = (virtual: string, ...names: string[]) =>
      [`P:.build\nV:${virtual}\nT:virtual meta package`, ...names.map((name) => `P:${name}\nV:1`)].join("\n\n");
    const world = (...names: string[]) => `${names.join("\n")}\n`;
    const files = { "usr/include/glyph.h": "", "usr/lib/libglyph.so.2": "" };
    const dev = "glyph-dev\nD:glyph-libs\nF:usr/include\nR:glyph.h";
    const before = {
      ...files,
      "lib/apk/db/installed": installed("20260101.000000", dev, "glyph-libs", "musl"),
      "etc/apk/world": world(".build=20260101.000000", "glyph-dev", "musl"),
    };
    const later = (...asked: string[]) => ({
      "usr/lib/libglyph.so.2": "",
      "lib/apk/db/installed": installed("20260101.000007", "glyph-libs", "musl"),
      "etc/apk/world": world(".build=20260101.000007", ...asked),
    });
    expect(compared(before, later("glyph-libs", "musl"), "same-runtime").differences).toEqual([]);
    for (const asked of [["glyph-libs"], ["glyph-libs", "musl", "openssl"]])
      expect(compared(before, later(...asked), "same-runtime").differences.map(({ at }) => at)).toEqual([
        "/etc/apk/world",
      ]);
  });

  test("lets a program go that make installed elsewhere, where the command names it without a path", () => {
    const bin = { "usr/local/bin/tides": "program" };
    const before = { "src/configure.ac": "", "src/tides": "program", ...bin };
    const after = { "src/configure.ac": "", ...bin };
    const goneWith = (Cmd: readonly string[]) => {
      const config = { WorkingDir: "/src", Cmd };
      const { differences } = compareImages(imageOf(before, config), imageOf(after, config), "same-runtime");
      return differences.map(({ at }) => at);
    };
    expect(goneWith(["tides"])).toEqual([]);
    expect(goneWith(["./tides"])).toContain("/src/tides");
  });

  test("lets a program go that is installed elsewhere, and no other one", () => {
    const before = { "app/target/release/tides": "program", "app/target/release/storm": "another" };
    const bin = { "usr/local/bin/tides": "program", "usr/local/bin/storm": "changed" };
    const { differences } = compared({ ...before, ...bin }, bin, "same-runtime");
    expect(differences.map(({ at }) => at)).toEqual(["/app/target/release/storm"]);
  });

  test("lets packages of the toolchain go as a whole", () => {
    const status = (...names: string[]) =>
      names.map((name) => `Package: ${name}\nStatus: install ok installed\n`).join("\n");
    const info = (name: string) => ({
      [`var/lib/dpkg/info/${name}.list`]: `/usr\n/usr/bin/${name}\n`,
      [`usr/bin/${name}`]: "",
    });
    const before = { "var/lib/dpkg/status": status("bash", "gcc"), ...info("bash"), ...info("gcc") };
    const after = { "var/lib/dpkg/status": status("bash"), ...info("bash") };
    const { differences, explained } = compared(before, after, "same-runtime");
    expect(differences).toEqual([]);
    expect(explained).toContainEqual({ rule: "build toolchain", paths: 2, bytes: expect.any(Number) });
    const other = { "var/lib/dpkg/status": status("gcc"), ...info("gcc") };
    expect(compared(before, other, "same-runtime").differences).not.toEqual([]);
  });

  test("lets the list of a package that stays name a folder that one of them had taken over, and no file", () => {
    const status = (...names: string[]) =>
      names.map((name) => `Package: ${name}\nStatus: install ok installed\n`).join("\n");
    const listed = (more: string) => ({ "var/lib/dpkg/info/base.list": `/usr\n${more}/usr/bin/base\n` });
    const files = { "usr/bin/base": "", "usr/share/doc/perl/changes": "" };
    const before = { ...files, ...listed(""), "var/lib/dpkg/status": status("base", "gcc") };
    const now = (more: string) => ({ ...files, ...listed(more), "var/lib/dpkg/status": status("base") });
    expect(compared(before, now("/usr/share/doc/perl\n"), "same-runtime").differences).toEqual([]);
    expect(compared(before, now("/usr/share/doc/perl/changes\n"), "same-runtime").differences).not.toEqual([]);
  });

  test("lets go what came along with them, by whatever chain", () => {
    const block = (name: string, ...fields: string[]) => [`Package: ${name}`, ...fields, ""].join("\n");
    const status = [
      block("git", "Depends: perl, libcurl3t64-gnutls (>= 7.56.1)", "Recommends: ca-certificates"),
      block("perl", "Depends: perl-modules"),
      block("tini", "Depends: jq"),
      // It came along with cmake, which has been taken out.
      block("procps", "Depends: libproc2-0"),
      ...["perl-modules", "libcurl3t64-gnutls", "ca-certificates", "jq", "libproc2-0"].map((name) => block(name)),
    ];
    const names = [
      ...["git", "perl", "perl-modules", "libcurl3t64-gnutls", "ca-certificates", "jq", "procps", "libproc2-0"],
      "tini",
    ];
    const states = names.slice(1, 8).map((name) => block(name, "Architecture: amd64", "Auto-Installed: 1"));
    const files = Object.fromEntries(
      names.flatMap((name) => [
        [`var/lib/dpkg/info/${name}.list`, `/.\n/usr/bin/${name}\n/etc/${name}/settings\n`],
        [`usr/bin/${name}`, name],
        [`etc/${name}/settings`, ""],
      ]),
    );
    const before = {
      ...files,
      "var/lib/dpkg/status": status.join("\n"),
      "var/lib/dpkg/triggers/File": "/usr/lib base-files\n/usr/share/perl perl\n",
      "var/lib/apt/extended_states": states.join("\n"),
    };
    const after = {
      "var/lib/dpkg/status": block("tini", "Depends: jq"),
      "var/lib/dpkg/triggers/File": "/usr/lib base-files\n",
      "var/lib/apt/extended_states": "",
      ...Object.fromEntries(Object.entries(files).filter(([path]) => path.includes("tini"))),
    };
    const left = compared(before, after, "same-runtime").differences.map(({ at }) => at);
    // What stays asks for jq, and others need certificates.
    expect(left.filter((path) => path.startsWith("/usr/bin"))).toEqual(["/usr/bin/ca-certificates", "/usr/bin/jq"]);
    expect(left.some((path) => /perl|git|curl|proc|triggers|extended/.test(path))).toBe(false);
  });

  test("lets go a folder in /home with the inputs in it, unless it is somebody's", () => {
    const context = folderOf({ "pom.xml": "<project/>" });
    const dockerfile = "FROM maven:3.9\nCOPY pom.xml /home/app/\n";
    const left = (passwd: string) =>
      compareImages(
        imageOf({ "etc/passwd": passwd, "home/me/.profile": "", "home/app/pom.xml": "<project/>" }),
        imageOf({ "etc/passwd": passwd, "home/me/.profile": "" }),
        "same-runtime",
        { context: openContextWith(context, undefined), dockerfile },
      ).differences.map(({ at }) => at);
    expect(left("root:x:0:0:root:/root:/bin/sh\n")).toEqual([]);
    expect(left("app:x:9:9::/home/app:/bin/sh\n")).toEqual(["/home/app"]);
  });

  test("lets go the group of what came along, and no other", () => {
    const status = "Package: git\nRecommends: openssh-client\n\nPackage: openssh-client\n\nPackage: tini\n";
    const states = "Package: openssh-client\nAuto-Installed: 1\n";
    const before = {
      "var/lib/dpkg/status": status,
      "var/lib/apt/extended_states": states,
      "etc/group": "root:x:0:\n_ssh:x:101:\nweb:x:999:\n",
    };
    const after = (group: string) => ({
      "var/lib/dpkg/status": "Package: tini\n",
      "var/lib/apt/extended_states": "",
      "etc/group": group,
    });
    const left = (group: string) => compared(before, after(group), "same-runtime").differences.map(({ at }) => at);
    expect(left("root:x:0:\nweb:x:999:\n")).toEqual([]);
    expect(left("root:x:0:\nweb:x:998:\n")).toEqual(["/etc/group"]);
    expect(left("root:x:0:\n")).toEqual(["/etc/group"]);
  });

  test("Node that made assets is gone with its repository and with what npm installed for everyone", () => {
    const block = (name: string, depends = "") => `Package: ${name}\nDepends: ${depends}\n`;
    const files = (...names: string[]) =>
      Object.fromEntries(names.map((name) => [`var/lib/dpkg/info/${name}.list`, `/usr/bin/${name}\n`]));
    const kept = { ...files("ruby"), "usr/bin/ruby": "" };
    const brought = {
      ...files("nodejs", "gnupg"),
      ...{ "usr/bin/nodejs": "", "usr/bin/gnupg": "", "etc/apt/sources.list.d/nodesource.list": "deb" },
      ...{ "usr/share/keyrings/nodesource.gpg": "", "usr/lib/node_modules/yarn/bin/yarn.js": "" },
    };
    const before = {
      ...kept,
      ...brought,
      "var/lib/dpkg/status": [block("ruby"), block("nodejs"), block("gnupg")].join("\n"),
    };
    const after = { ...kept, "var/lib/dpkg/status": block("ruby") };
    const image = imageOf({ ...before, "usr/bin/yarn": { link: "../lib/node_modules/yarn/bin/yarn.js" } });
    expect(compareImages(image, imageOf(after), "same-runtime").differences).toEqual([]);
    const diversions = { "var/lib/dpkg/diversions": "/libx32\n/.libx32\nruby\n/lib/a.so\n/lib/a.so.usr\ngnupg\n" };
    const diverted = compared(
      { ...before, ...diversions },
      { ...after, "var/lib/dpkg/diversions": "/libx32\n/.libx32\nruby\n" },
      "same-runtime",
    );
    expect(diverted.differences).toEqual([]);
    // Where Node stays, so does all that goes with it.
    const { "usr/lib/node_modules/yarn/bin/yarn.js": _, ...lost } = before;
    expect(compared(before, lost, "same-runtime").differences.map(({ at }) => at)).toEqual(["/usr/lib"]);
  });
});

describe("what two builds of the original leave different", () => {
  function settled(before: Files, after: Files, again: Files) {
    const [old, now, second] = [before, after, again].map((files) => imageOf({ "tmp/keep": "", ...files }));
    return settle(compareImages(old!, now!, "same-image"), old!, now!, second!);
  }
  const paths = ({ differences, unsteady }: ReturnType<typeof settled>) => ({
    differences: differences.map(({ at }) => at),
    unsteady: unsteady.map(({ at, rule }) => (rule === undefined ? at : `${at}: ${rule}`)),
  });

  test.each([
    ["content", { x: "1" }, { x: "2" }, { x: "3" }, ["/x"]],
    ["presence", { x: "1" }, {}, {}, ["/x"]],
    ["names", { "tmp/tmp.ab1": "" }, { "tmp/tmp.c2d": "" }, { "tmp/tmp.3ef": "" }, ["/tmp/tmp.ab1", "/tmp/tmp.c2d"]],
    ["times in names", { "log-09:59": "" }, { "log-10:00": "" }, { "log-10:01": "" }, ["/log-09:59", "/log-10:00"]],
  ] as [string, Files, Files, Files, string[]][])("is unsteady: %s", (_, before, after, again, unsteady) => {
    expect(paths(settled(before, after, again))).toEqual({ differences: [], unsteady });
  });

  test("does not hide what the rewrite alone makes different", () => {
    const found = settled({ x: "1", y: "1" }, { x: "2", y: "2", "tmp/new": "" }, { x: "3", y: "1" });
    expect(paths(found)).toEqual({ differences: ["/tmp/new", "/y"], unsteady: ["/x"] });
    expect(paths(settled({ x: "1" }, {}, { x: "3" }))).toEqual({ differences: ["/x"], unsteady: [] });
  });

  test("may differ by a rule, which is named", () => {
    const log = (time: string) => ({ [`root/.npm/_logs/2026-01-31T09_30_00_${time}Z-debug-0.log`]: time });
    const rule = "npm's logs, named for the moment";
    const { differences, unsteady } = compared(log("001"), log("002"), "same-image");
    expect(differences).toEqual([]);
    expect(unsteady.map((path) => path.rule)).toEqual([rule, rule]);
    expect(paths(settled(log("001"), {}, log("003"))).differences).toEqual(["/root"]);
  });

  test("of a build by Mix is what it remembers of times, and the ports of its sockets", () => {
    const build = (moment: string, beam: string) => ({
      "app/_build/prod/lib/words/.mix/compile.elixir": moment,
      "app/_build/prod/lib/words/ebin/words.beam": beam,
      "app/deps/words/.git/index": moment,
      [`tmp/mix_lock_a/b/port_${moment}`]: "",
    });
    expect(compared(build("1", "x"), build("2", "x"), "same-image").differences).toEqual([]);
    expect(paths(compared(build("1", "x"), build("2", "y"), "same-image")).differences).toEqual([
      "/app/_build/prod/lib/words/ebin/words.beam",
    ]);
  });

  test("of a build by .NET is what its servers leave, and the times of references", () => {
    const build = (process: string, id: string, assembly: string) => ({
      "app/obj/Release/net8.0/Tides.csproj.AssemblyReference.cache": process,
      "app/bin/Release/net8.0/Tides.dll": assembly,
      [`root/.dotnet/pids/build/rzc-${process}`]: "",
      [`tmp/clr-debug-pipe-${process}-4163346-in`]: "",
      [`tmp/dotnet-diagnostic-${process}-4163346-socket`]: "",
      [`tmp/VBCSCompiler/AnalyzerAssemblyLoader/${id.repeat(32)}/1/Words.dll`]: "",
      [`tmp/.dotnet/shm/session1/${id.repeat(32)}`]: "",
      "tmp/.dotnet/shm/session1/compiler.server": process,
    });
    expect(compared(build("47", "a", "x"), build("8", "b", "x"), "same-image").differences).toEqual([]);
    expect(paths(compared(build("47", "a", "x"), build("8", "b", "y"), "same-image")).differences).toEqual([
      "/app/bin/Release/net8.0/Tides.dll",
    ]);
  });

  test("of Maven's repository is when something was downloaded, not from where", () => {
    const path = "root/.m2/repository/org/words/1.0/_remote.repositories";
    const notes = (time: string, from: string) => ({
      [path]: `#NOTE: This is a file of Maven\n#${time}\nwords-1.0.pom>${from}=\n`,
    });
    expect(compared(notes("Mon", "central"), notes("Tue", "central"), "same-image").differences).toEqual([]);
    expect(paths(compared(notes("Mon", "central"), notes("Tue", "other"), "same-image")).differences).toEqual([
      `/${path}`,
    ]);
  });

  test("of a gem with an extension is the log of its compiler, not what was compiled", () => {
    const folder = "usr/local/bundle/extensions/x86_64-linux/3.3.0/sums-1.0.0";
    const gem = (moment: string, code: string) => ({
      [`${folder}/gem_make.out`]: `make sitearchdir=./.gem.${moment}\n`,
      [`${folder}/sums.so`]: code,
    });
    expect(compared(gem("1", "x"), gem("2", "x"), "same-image").differences).toEqual([]);
    expect(paths(compared(gem("1", "x"), gem("2", "y"), "same-image")).differences).toEqual([`/${folder}/sums.so`]);
  });

  test("of what Cargo remembers of the compiler is the order alone", () => {
    const told = (text: string) => ({ "app/target/.rustc_info.json": text });
    const [one, other] = ['{"a":1,"b":{"c":2}}', '{"b":{"c":2},"a":1}'];
    expect(compared(told(one), told(other), "same-image").differences).toEqual([]);
    expect(compared(told(one), told('{"a":1,"b":{"c":3}}'), "same-image").differences).toHaveLength(1);
    expect(compared(told(one), told("{"), "same-image").differences).toHaveLength(1);
  });

  test("of a release of Mix is the secret that was made up for it", () => {
    const release = (cookie: string) => ({ "app/_build/prod/rel/words/releases/COOKIE": cookie });
    const [one, other] = ["A", "B"].map((letter) => `${letter.repeat(52)}====`);
    expect(compared(release(one!), release(other!), "same-image").differences).toEqual([]);
    expect(compared(release(one!), release("told by mix.exs"), "same-image").differences).toHaveLength(1);
  });

  test("of a password file is the day alone", () => {
    const shadow = (user: string, day: number) => ({ "etc/shadow": `${user}:!:${day}:0:99999:7:::\n` });
    expect(compared(shadow("app", 1), shadow("app", 2), "same-image").differences).toEqual([]);
    expect(compared(shadow("app", 1), shadow("web", 2), "same-image").differences).toHaveLength(1);
    const other = settled(shadow("app", 1), shadow("web", 1), shadow("app", 2));
    expect(paths(other)).toEqual({ differences: ["/etc/shadow"], unsteady: [] });
  });

  test("by a rule hides no more of a file than the rule says", () => {
    const modules = (hoist: string, time: string) => ({
      "app/node_modules/.modules.yaml": `hoist: ${hoist}\nprunedAt: ${time}\n`,
    });
    const found = settled(modules("true", "Mon"), modules("false", "Tue"), modules("true", "Wed"));
    expect(paths(found)).toEqual({ differences: ["/app/node_modules/.modules.yaml"], unsteady: [] });
  });
});
