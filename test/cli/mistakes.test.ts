import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defineTransform } from "../../src/transform/index.ts";
import { transforms } from "../../transforms/index.ts";
import { shoutNote } from "../harness/samples.ts";
import { world } from "../harness/world.ts";

const good = "FROM scratch\n# note: a name\n";

/** The line that is told, beside a good file that must be done all the same. */
async function complaint(files: Record<string, string | Uint8Array>, path: string, prepare?: (folder: string) => void) {
  const here = world({ ...files, "good/Dockerfile": good });
  prepare?.(here.folder);
  const { code, out, err } = await here.refit([path, "good"]);
  expect(code).toBe(2);
  expect(out).toContain("+# NOTE: a name");
  expect(err).not.toMatch(/^\s+at /m);
  const lines = err.split("\n").filter((line) => line.includes("error"));
  expect(lines).toHaveLength(1);
  return lines[0];
}

describe("a file that can't be done is one line, exit code 2, and the others are done", () => {
  test("a missing file", async () => {
    expect(await complaint({}, "nowhere/Dockerfile")).toBe("nowhere/Dockerfile: error: no such file or folder");
  });

  test("a folder without Dockerfiles", async () => {
    expect(await complaint({ "docs/page.md": "" }, "docs")).toBe("docs: error: no Dockerfiles in this folder");
  });

  test("a folder named Dockerfile", async () => {
    expect(await complaint({ "Dockerfile/page.md": "" }, "Dockerfile")).toBe(
      "Dockerfile: error: no Dockerfiles in this folder",
    );
  });

  test("a binary file", async () => {
    expect(await complaint({ Dockerfile: new Uint8Array([127, 69, 76, 70, 0, 0]) }, "Dockerfile")).toBe(
      "Dockerfile: error: is a binary file",
    );
  });

  test("a file of 50 MB", async () => {
    const line = await complaint({ Dockerfile: new Uint8Array(50 * 1024 * 1024).fill(65) }, "Dockerfile");
    expect(line).toBe("Dockerfile: error: is 50 MB large; refit reads Dockerfiles up to 4 MB");
  });

  test("a link to nothing", async () => {
    const line = await complaint({}, "Dockerfile", (folder) => symlinkSync("gone", join(folder, "Dockerfile")));
    expect(line).toBe("Dockerfile: error: is a symbolic link to nothing");
  });

  test("a link to itself", async () => {
    const line = await complaint({}, "Dockerfile", (folder) => symlinkSync("Dockerfile", join(folder, "Dockerfile")));
    expect(line).toBe("Dockerfile: error: a loop of symbolic links");
  });

  test("a syntax error, with line and column", async () => {
    const line = await complaint({ Dockerfile: "FROM scratch\nRUNN make\n" }, "Dockerfile");
    expect(line).toMatch(/^Dockerfile:2:1: error: .*RUNN/);
  });

  test("a config file that is wrong", async () => {
    const line = await complaint({ "api/Dockerfile": good, "api/refit.config.json": "{" }, "api");
    expect(line).toMatch(/^api\/Dockerfile: error: .*refit\.config\.json:1:2: is not JSON/);
  });
});

test("a template is skipped with a note, exit code 0", async () => {
  const { code, out, err } = await world({ Dockerfile: "FROM {{ base }}\n# note\n" }).refit([]);
  expect({ code, out }).toEqual({ code: 0, out: "" });
  expect(err).toMatch(/^Dockerfile:1:\d+: skipped: /);
});

describe("a wrong flag is one line and exit code 2", () => {
  test.each([
    { args: ["--chek"], says: /chek/ },
    { args: ["--format", "xml"], says: /format.*xml/ },
    { args: ["--level", "safe", "--level", "safe"], says: /--level is given more than once/ },
    { args: ["--only", "merge-rnus"], says: /unknown transform merge-rnus, known: shout-note/ },
    { args: ["--skip", "merge-rnus"], says: /unknown transform merge-rnus/ },
    { args: ["--context", "nowhere"], says: /--context nowhere is not a folder/ },
    { args: ["--config", "nowhere.json"], says: /nowhere\.json: the config file cannot be read/ },
    { args: ["--quiet", "--verbose"], says: /quiet.*verbose/ },
    { args: ["--write", "--check"], says: /write.*check/ },
  ])("$args", async ({ args, says }) => {
    const { code, out, err } = await world({ Dockerfile: good }).refit(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(says);
    expect(err).toMatch(/^refit: [^\n]*\n$/);
  });
});

describe("finding files", () => {
  const found = async (files: Record<string, string>, prepare?: (folder: string) => void) => {
    const here = world(files);
    prepare?.(here.folder);
    const { out } = await here.refit(["--format", "json"]);
    return JSON.parse(out).files.map(({ path }: { path: string }) => path);
  };

  test("takes the usual names in any case, and no others", async () => {
    const names = [
      "Dockerfile",
      "dockerfile",
      "api/Dockerfile.dev",
      "api/web.Dockerfile",
      "Containerfile",
      "x/CONTAINERFILE.ci",
      "y/dev.dockerfile",
    ];
    const companions = [
      "Dockerfile.dockerignore",
      "Dockerfile.test.mjs",
      "Containerfile.test.ts",
      "dockerfile.yml",
      "dockerfile.js",
      "Dockerfile.md",
    ];
    const others = [...companions, "MyDockerfile", "Dockerfiles", "docker-compose.yml", "Makefile"];
    const files = Object.fromEntries([...names, ...others].map((name) => [name, good]));
    expect(await found(files)).toEqual([...names].sort());
  });

  test("honours .gitignore where there is no repository, nested ones too", async () => {
    const files = {
      ".gitignore": "build/\n*.tmp\n",
      Dockerfile: good,
      "build/Dockerfile": good,
      "api/.gitignore": "/generated\n!Dockerfile.tmp\n",
      "api/generated/Dockerfile": good,
      "api/Dockerfile.tmp": good,
      "web/Dockerfile.tmp": good,
      "node_modules/left/Dockerfile": good,
    };
    expect(await found(files)).toEqual(["Dockerfile", "api/Dockerfile.tmp"]);
  });

  test("asks git where there is a repository: tracked, untracked, not ignored, not deleted", async () => {
    const files = {
      ".gitignore": "build/\n",
      Dockerfile: good,
      "build/Dockerfile": good,
      "gone/Dockerfile": good,
      "new/Dockerfile": good,
    };
    expect(
      await found(files, (folder) => {
        const git = (...args: string[]) => execFileSync("git", args, { cwd: folder });
        git("init", "--quiet");
        git("add", "Dockerfile", "gone/Dockerfile");
        rmSync(join(folder, "gone/Dockerfile"));
      }),
    ).toEqual(["Dockerfile", "new/Dockerfile"]);
  });

  test("does not follow links to folders, so a loop ends", async () => {
    expect(
      await found({ "api/Dockerfile": good }, (folder) => {
        symlinkSync("..", join(folder, "api/up"));
        mkdirSync(join(folder, "other"));
        symlinkSync("../api", join(folder, "other/Dockerfile"));
      }),
    ).toEqual(["api/Dockerfile"]);
  });

  test("names each file once", async () => {
    const { refit } = world({ "api/Dockerfile": good });
    const { out } = await refit(["api", ".", "api/Dockerfile", "--format", "json"]);
    expect(JSON.parse(out).totals.files).toBe(1);
  });

  test("names a file rather than a link to it", async () => {
    expect(
      await found({ "base/Dockerfile": good }, (folder) => symlinkSync("base/Dockerfile", join(folder, "Dockerfile"))),
    ).toEqual(["base/Dockerfile"]);
  });
});

test("a bug of ours keeps its stack, says that it is ours, and the other files are done", async () => {
  const broken = defineTransform<undefined>({
    ...shoutNote,
    name: "broken",
    find({ dockerfile }) {
      if (dockerfile.source.includes("trip")) throw new Error("tripped");
      return [];
    },
  });
  const { read, refit } = world({ "a/Dockerfile": `${good}# trip\n`, "b/Dockerfile": good });
  const { code, err } = await refit(["--write"], { transforms: [broken, shoutNote] });
  expect(code).toBe(2);
  expect(err).toContain("this is a bug of refit while it read a/Dockerfile");
  expect(err).toMatch(/Error: tripped\n\s+at /);
  expect(read("a/Dockerfile")).toContain("# note");
  expect(read("b/Dockerfile")).toContain("# NOTE");
});

test.each([[["--also", "slim-base"]], [["--only", "slim-base"]]])(
  "a smaller base is not written without a proof: %j",
  async (flags) => {
    const dockerfile =
      'FROM golang:1.24 AS builder\nWORKDIR /src\nCOPY . .\nRUN go build -o /shop .\n\nFROM golang:1.24\nWORKDIR /srv\nCOPY --from=builder /shop /usr/local/bin/shop\nCMD ["shop"]\n';
    const files = {
      Dockerfile: dockerfile,
      "go.mod": "module shop\n\ngo 1.24\n",
      "main.go": "package main\n\nfunc main() {}\n",
    };
    const { refit, read } = world(files);
    const { code, err } = await refit([...flags, "--write", "--offline"], { transforms });
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("Dockerfile: error: slim-base goes with --write --prove: only a build"),
    ]);
    expect(read("Dockerfile")).toBe(dockerfile);
  },
);
