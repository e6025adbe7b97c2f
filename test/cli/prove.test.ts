/** What `refit prove` does before any engine is asked, and without one. The rest is in test/engine/prove.engine.ts. */
import { describe, expect, test } from "vitest";
import { stepProgress } from "../../src/cli/progress.ts";
import { world } from "../harness/world.ts";

const before = "FROM scratch\n# note: a name\nLABEL a=1\n";
const done = "FROM scratch\nLABEL a=1\n";

/** No engine is found there. */
const nowhere = { env: { PATH: "/nowhere" } };

describe("without an engine", () => {
  test("a file that nothing changes in is proved", async () => {
    expect(await world({ Dockerfile: done }).refit(["prove"], nowhere)).toEqual({
      code: 0,
      out: "✔ Dockerfile: nothing changes, so there is nothing to prove\n",
      err: "",
    });
  });

  test("two files of the same text are the same", async () => {
    const { refit } = world({ Dockerfile: done, "other.docker": done });
    expect((await refit(["prove", "Dockerfile", "--against", "other.docker"], nowhere)).code).toBe(0);
  });

  test("a file to compare with that is not there is named", async () => {
    const { code, err } = await world({ Dockerfile: done }).refit(["prove", "--against", "gone"], nowhere);
    expect({ code, err }).toEqual({ code: 2, err: "gone: error: no such file or folder\n" });
  });

  test("a file that changes is one clear line and exit code 2, and the next one is proved", async () => {
    const { code, out, err } = await world({ Dockerfile: before, "other.Dockerfile": done }).refit(["prove"], nowhere);
    expect(code).toBe(2);
    expect(err).toMatch(/^Dockerfile: error: [^\n]+\n2 files: 1 kept, .*1 without a proof because of a problem\n$/);
    expect(out).toContain("other.Dockerfile: nothing changes");
  });

  test("nothing is written by --write --prove", async () => {
    const { read, refit } = world({ Dockerfile: before });
    const { code, out, err } = await refit(["--write", "--prove"], nowhere);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^Dockerfile: error: [^\n]+\n/);
    expect(read("Dockerfile")).toBe(before);
  });

  test.each([
    ["gone/weights.json", "gone/weights.json: no such file or folder"],
    ["api", "api is a folder"],
  ])("step times can't be written to %s, which is told before anything is built", async (path, reason) => {
    const { refit } = world({ Dockerfile: before, "api/Dockerfile": done });
    const outcome = await refit(["prove", "--save-weights", path], nowhere);
    expect(outcome).toMatchObject({ code: 2, out: "" });
    expect(outcome.err).toMatch(/^refit: [^\n]+\n$/);
    expect(outcome.err).toContain(reason);
  });

  test("JSON stays whole", async () => {
    const { out } = await world({ Dockerfile: before, "api/Dockerfile": done }).refit(
      ["prove", "--format", "json"],
      nowhere,
    );
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      proofs: [
        { path: "Dockerfile", verdict: null, problems: [{ code: "engine" }] },
        { path: "api/Dockerfile", verdict: "kept", engine: null, targets: [] },
      ],
      totals: { files: 2, kept: 1, broken: 0, undecided: 0, problems: 1 },
    });
  });
});

describe("a file that is not rewritten has no proof", () => {
  test("with a syntax error: exit code 2", async () => {
    const { code, err } = await world({ Dockerfile: "FROM scratch\nRUNN x\n" }).refit(["prove"], nowhere);
    expect(code).toBe(2);
    expect(err).toMatch(/^Dockerfile:2:1: error: /);
  });

  test("a template: exit code 0", async () => {
    const { code, err } = await world({ Dockerfile: "FROM {{ base }}\n" }).refit(["prove"], nowhere);
    expect(code).toBe(0);
    expect(err).toMatch(/skipped/);
  });

  test("on standard input, where nobody knows the build context", async () => {
    const { code, err } = await world().refit(["prove", "-"], { ...nowhere, stdin: before });
    expect(code).toBe(2);
    expect(err).toContain("say over which folder with --context");
  });
});

describe("a wrong flag is one line and exit code 2", () => {
  test.each([
    { args: ["prove", "--promise", "same-runtime"], says: /--promise goes with --against/ },
    { args: ["prove", ".", "--against", "Dockerfile"], says: /compares with one Dockerfile, and 2 are given/ },
    { args: ["prove", "Dockerfile", "--against", "other", "--level", "safe"], says: /--level is about what refit/ },
    { args: ["prove", "--against"], says: /against/ },
    { args: ["prove", "--promise", "same"], says: /promise.*same-image-less-caches/ },
    { args: ["prove", "--engine", "lxc"], says: /engine.*podman/ },
    { args: ["prove", "--timeout", "0"], says: /--timeout takes a number of seconds/ },
    { args: ["prove", "--timeout", "soon"], says: /--timeout takes a number of seconds/ },
    { args: ["prove", "--probe", "health"], says: /--probe takes a path that begins with \/, and health is none/ },
    { args: ["prove", "--target", "a", "--target", "b"], says: /--target is given more than once/ },
    { args: ["prove", "--write"], says: /write/ },
    { args: ["--prove"], says: /--prove goes with --write/ },
    { args: ["--check", "--prove"], says: /--prove goes with --write/ },
  ])("$args", async ({ args, says }) => {
    const { code, out, err } = await world({ Dockerfile: before, "api/Dockerfile": done }).refit(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(says);
    expect(err).toMatch(/^refit: [^\n]*\n$/);
  });
});

describe("progress", () => {
  const shown = (isTTY: boolean, style: { quiet: boolean; verbose: boolean }) => {
    let text = "";
    const terminal = {
      isTTY,
      write(more: string | Uint8Array) {
        text += more;
      },
    };
    const io = { cwd: "/", env: {}, stdin: process.stdin, stdout: terminal, stderr: terminal };
    const progress = stepProgress(io, style);
    progress.show("building: RUN echo \x1b[2J\n&& make");
    progress.clear();
    return text;
  };
  const normal = { quiet: false, verbose: false };

  test("is one line on a terminal, taken back, without what the step would do to it", () => {
    expect(shown(true, normal)).toBe("\r\x1b[Kbuilding: RUN echo [2J && make\r\x1b[K");
  });

  test("is lines elsewhere, only when asked for", () => {
    expect(shown(false, normal)).toBe("");
    expect(shown(false, { quiet: false, verbose: true })).toBe("building: RUN echo [2J && make\n");
  });

  test("is none when quiet", () => {
    expect(shown(true, { quiet: true, verbose: false })).toBe("");
  });
});
