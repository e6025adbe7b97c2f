/** What an engine tells of base images: the libraries behind headers that no list names, and whose image one of somebody else is. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docker } from "../../scripts/engine/docker.ts";
import { questionText } from "../../src/ecosystems/index.ts";
import { askImages, askPackages } from "../../src/engine/index.ts";
import { transforms } from "../../transforms/index.ts";
import { SETTINGS } from "../harness/build-settings.ts";
import { world } from "../harness/world.ts";
import { build } from "./image.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();
const env = process.env as Readonly<Record<string, string>>;

test("apt of the base image says what is behind headers", async () => {
  const ask = (base: string, name: string) => questionText({ manager: "apt", base, name, recommends: false });
  const questions = [
    ...["libcmark-dev", "no-such-dev"].map((name) => ask("debian:trixie", name)),
    ask("busybox", "libcmark-dev"),
  ];
  const answers = await askPackages(session(), { ...SETTINGS, timeout: 500 }, questions);
  expect(questions.map((question) => answers.get(question))).toEqual([
    { names: ["libcmark0.30.2"] },
    { unresolved: "debian:trixie has no package no-such-dev" },
    { unresolved: "busybox has no package libcmark-dev" },
  ]);
});

/** An app that prints the number of its user, and what a function of the library says. */
function filesFor(library: string, said: string): Readonly<Record<string, string>> {
  const program = [
    ...[`#include <${library}.h>`, "#include <stdio.h>", "#include <unistd.h>", "int main(void) {"],
    ...[`  printf("%d %s", getuid(), ${said});`, "  return 0;", "}", ""],
  ];
  return { "app/main.c": program.join("\n"), "app/Makefile": `page: main.c\n\tcc -o page main.c -l${library}\n` };
}

const CMARK = filesFor("cmark", 'cmark_markdown_to_html("# It *runs*", 11, CMARK_OPT_DEFAULT)');

/** The file as refit writes it after a proof, and what was proved. */
async function split(dockerfile: string, files = CMARK) {
  const { refit, read } = world({ ...files, Dockerfile: dockerfile });
  const flags = ["--only", "split-builder", "--offline", "--prove", "--write", "--format", "json"];
  const { out, err } = await refit([...flags, "Dockerfile"], { env, transforms });
  const [{ proof }] = JSON.parse(out).files;
  expect(proof?.verdict, err + out).toBe("kept");
  return { after: read("Dockerfile"), same: proof.targets.at(-1).behaviour.same };
}

const install =
  "RUN apt-get update && apt-get install -y --no-install-recommends libcmark-dev && rm -rf /var/lib/apt/lists/*";

test("headers that no list names stay behind, and their library is installed by its name", async () => {
  const lines = ["FROM buildpack-deps:trixie", install, "WORKDIR /app", "COPY app .", "RUN make", 'CMD ["./page"]'];
  const { after, same } = await split(`${lines.join("\n")}\n`);
  expect(after.split("FROM base\n")[1]).toBe(
    `${install.replace("libcmark-dev", "libcmark0.30.2")}\nWORKDIR /app\nCOPY --from=builder /app/page ./page\nCMD ["./page"]\n`,
  );
  expect(same).toContain("standard output: 0 <h1>It <em>runs</em></h1>");
});

describe("DNF of the base image", () => {
  const name = "fedora:41";
  const recipe = join(import.meta.dirname, "../fixtures/dnf");
  beforeAll(() => {
    const { id, log } = build(readFileSync(join(recipe, "Dockerfile"), "utf8"), recipe, ["--tag", name]);
    expect(id, log).toBeDefined();
  });
  afterAll(() => void docker(["rmi", "--force", name]));

  test("says what is behind headers, with or without what is recommended", async () => {
    const ask = (name: string, recommends: boolean) =>
      questionText({ manager: "rpm", base: "fedora:41", name, recommends });
    const questions = [ask("glyph-devel", true), ask("tincture-devel", false), ask("no-such-devel", true)];
    const answers = await askPackages(session(), { ...SETTINGS, timeout: 500 }, questions);
    expect(questions.map((question) => answers.get(question))).toEqual([
      { names: ["glyph-libs"] },
      { names: ["tincture"] },
      { unresolved: "fedora:41 has no package no-such-devel" },
    ]);
  });

  test("headers that no list names stay behind, and their library is installed by its name", async () => {
    const install = "RUN dnf install -y --setopt=install_weak_deps=False glyph-devel && dnf clean all";
    const lines = [`FROM ${name}`, install, "WORKDIR /app", "COPY app .", "RUN make", 'CMD ["./page"]'];
    const { after, same } = await split(`${lines.join("\n")}\n`, filesFor("glyph", "glyph()"));
    expect(after.split("FROM base\n")[1]).toBe(
      `${install.replace("glyph-devel", "glyph-libs")}\nWORKDIR /app\nCOPY --from=builder /app/page ./page\nCMD ["./page"]\n`,
    );
    expect(same).toContain("standard output: 0 blue");
  });
});

describe("an image of somebody else", () => {
  const name = "registry.example.com/team/tools:1";
  const folder = mkdtempSync(join(tmpdir(), "refit-base-"));
  beforeAll(() => {
    const lines = ["FROM buildpack-deps:trixie", install, "RUN useradd --create-home app", "ENV LEVEL=1", "USER app"];
    const { id, log } = build(`${lines.join("\n")}\n`, folder, ["--tag", name]);
    expect(id, log).toBeDefined();
  });
  afterAll(() => {
    docker(["rmi", "--force", name]);
    rmSync(folder, { recursive: true, force: true });
  });

  test("is known by its configuration", async () => {
    const answers = await askImages(session(), SETTINGS, [name, "registry.example.com/absent"]);
    expect([...answers.keys()]).toEqual([name]);
    expect(answers.get(name)).toMatchObject({ config: { user: "app", cwd: "/", triggers: [] } });
    expect(answers.get(name)).toHaveProperty(
      "config.env",
      new Map(Object.entries({ PATH: expect.anything(), LEVEL: "1" })),
    );
    expect(answers.get(name)).toHaveProperty(
      "config.histories.0",
      expect.arrayContaining([
        expect.stringContaining("useradd --create-home app"),
        expect.stringContaining("USER app"),
      ]),
    );
  });

  test("is split on, and its user stays whose files these are", async () => {
    const lines = [`FROM ${name}`, "WORKDIR /app", "COPY --chown=app app .", "RUN make", 'CMD ["./page"]'];
    const { after, same } = await split(`${lines.join("\n")}\n`);
    expect(after.split("FROM base\n")[1]).toBe('COPY --from=builder --chown=app /app/page ./page\nCMD ["./page"]\n');
    expect(same).toContain("standard output: 1000 <h1>It <em>runs</em></h1>");
  });
});
