import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commentTransform, shoutNote } from "../harness/samples.ts";
import { world } from "../harness/world.ts";

const before = "FROM scratch\n# note: a name\nLABEL a=1\n";
const after = "FROM scratch\n# NOTE: a name\nLABEL a=1\n";
const done = "FROM scratch\nLABEL a=1\n";

describe("showing", () => {
  test("prints a diff that git applies, and the reason on standard error", async () => {
    const { folder, read, refit } = world({ "api/Dockerfile": before });
    execFileSync("git", ["init", "--quiet"], { cwd: folder });
    const { code, out, err } = await refit(["api/Dockerfile"]);
    expect(code).toBe(0);
    expect(err).toContain("api/Dockerfile:2:1: shout-note: loud comments are read\n");
    expect(err).toContain("1 file: 1 would change, 1 rewrite, 0 places left alone\n");
    expect(read("api/Dockerfile")).toBe(before);
    execFileSync("git", ["apply"], { cwd: folder, input: out });
    expect(read("api/Dockerfile")).toBe(after);
  });

  test("tells what was left alone, and why", async () => {
    const { refit } = world({ Dockerfile: "FROM scratch\n# note: keep\n" });
    const { code, out, err } = await refit([]);
    expect(code).toBe(0);
    expect(out).toBe("");
    expect(err).toContain("Dockerfile:2:1: shout-note left this alone: the comment says keep\n");
  });

  test("is quiet when asked, and tells more when asked", async () => {
    const { refit } = world({ Dockerfile: before, "other.Dockerfile": done });
    expect(await refit(["--quiet"])).toMatchObject({ err: "", out: expect.stringContaining("+# NOTE") });
    expect((await refit(["--verbose"])).err).toContain("other.Dockerfile: no change\n");
  });

  test("--format diff prints the diff alone", async () => {
    const { refit } = world({ Dockerfile: before });
    const shown = await refit([]);
    expect(await refit(["--format", "diff"])).toEqual({ code: 0, out: shown.out, err: "" });
  });

  test("colours on a terminal only, and not under NO_COLOR", async () => {
    const { refit } = world({ Dockerfile: before });
    const coloured = (outcome: { out: string; err: string }) => /\x1b\[/.test(outcome.out + outcome.err);
    expect(coloured(await refit([]))).toBe(false);
    expect(coloured(await refit([], { tty: true }))).toBe(true);
    expect(coloured(await refit([], { tty: true, env: { NO_COLOR: "1" } }))).toBe(false);
  });

  test("shows progress over many files on a terminal, and takes it back", async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`app${index}/Dockerfile`, done]));
    const { refit } = world(files);
    expect((await refit([], { tty: true })).err).toMatch(/\r\x1b\[K\d+\/20 Dockerfile.*\r\x1b\[K/);
    expect((await refit([])).err).not.toContain("\r");
  });
});

describe("--check", () => {
  test("answers 1 when something would change, and writes nothing", async () => {
    const { read, refit } = world({ Dockerfile: before, "done.Dockerfile": done });
    expect((await refit(["--check"])).code).toBe(1);
    expect(read("Dockerfile")).toBe(before);
    expect((await refit(["--check", "done.Dockerfile"])).code).toBe(0);
  });
});

describe("--write", () => {
  test("writes what changes, keeps its mode, and leaves no other file behind", async () => {
    const { folder, read, refit } = world({ Dockerfile: before });
    chmodSync(join(folder, "Dockerfile"), 0o640);
    const { code, err } = await refit(["--write"]);
    expect(code).toBe(0);
    expect(err).toContain("1 rewritten");
    expect(read("Dockerfile")).toBe(after);
    expect(statSync(join(folder, "Dockerfile")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["Dockerfile"]);
  });

  test("follows a symbolic link to its target", async () => {
    const { folder, read, refit } = world({ "shared/base.docker": before });
    symlinkSync("shared/base.docker", join(folder, "Dockerfile"));
    await refit(["--write"]);
    expect(read("shared/base.docker")).toBe(after);
    expect(readlinkSync(join(folder, "Dockerfile"))).toBe("shared/base.docker");
  });

  test("does not touch a file that stays the same", async () => {
    const { folder, refit } = world({ Dockerfile: done });
    const inode = lstatSync(join(folder, "Dockerfile")).ino;
    await refit(["--write"]);
    expect(lstatSync(join(folder, "Dockerfile")).ino).toBe(inode);
  });

  test("keeps bytes that are not UTF-8, line ends and a BOM", async () => {
    const odd = (word: string) =>
      Buffer.concat([
        Buffer.from("\ufeffFROM scratch\r\n"),
        Buffer.from(`# ${word} \xff\xfe`, "latin1"),
        Buffer.from("\r\nLABEL a=1"),
      ]);
    const { folder, refit } = world({ Dockerfile: odd("note") });
    expect((await refit(["--write"])).code).toBe(0);
    const written = execFileSync("cat", ["Dockerfile"], { cwd: folder });
    expect(written.equals(odd("NOTE"))).toBe(true);
  });

  test("and --check together are refused", async () => {
    expect(await world({ Dockerfile: before }).refit(["--write", "--check"])).toMatchObject({ code: 2, out: "" });
  });
});

describe("standard input", () => {
  test("is shown as a diff under its name", async () => {
    const { code, out } = await world().refit(["-", "--stdin-filename", "api/Dockerfile"], { stdin: before });
    expect(code).toBe(0);
    expect(out).toContain("--- a/api/Dockerfile\n");
  });

  test("with --write comes out rewritten, or as it was", async () => {
    expect((await world().refit(["-", "--write"], { stdin: before })).out).toBe(after);
    expect((await world().refit(["-", "--write"], { stdin: done })).out).toBe(done);
    expect(await world().refit(["-", "--write"], { stdin: "FORM scratch\n" })).toMatchObject({
      code: 2,
      out: "FORM scratch\n",
    });
  });

  test("uses the config file of its name's folder", async () => {
    const { refit } = world({ "api/refit.config.json": '{"skip":["shout-note"]}' });
    expect((await refit(["-", "--stdin-filename", "api/Dockerfile"], { stdin: before })).out).toBe("");
  });
});

describe("which transforms run", () => {
  const loud = commentTransform("loud", (comment) => comment.replace("name", "NAME"), "merge");
  const transforms = [loud, shoutNote];

  test("all of them, or those of --only, or all but --skip", async () => {
    const { refit } = world({ Dockerfile: before });
    expect((await refit([], { transforms })).out).toContain("+# NOTE: a NAME");
    expect((await refit(["--only", "loud"], { transforms })).out).toContain("+# note: a NAME");
    expect((await refit(["--skip", "loud"], { transforms })).out).toContain("+# NOTE: a name");
    expect((await refit(["--skip", "loud,shout-note"], { transforms })).out).toBe("");
  });

  test("an option never swallows the file behind it", async () => {
    const { refit } = world({ Dockerfile: before });
    expect((await refit(["--only", "shout-note", "Dockerfile"])).out).toContain("+# NOTE");
  });

  test("a config file says so for the files below it", async () => {
    const { refit } = world({
      Dockerfile: before,
      "api/Dockerfile": before,
      "api/.refitrc.json": '{"skip":["shout-note"]}',
    });
    const { out } = await refit(["."]);
    expect(out).toContain("a/Dockerfile");
    expect(out).not.toContain("a/api/Dockerfile");
  });
});

describe("refit transforms", () => {
  test("lists them", async () => {
    expect((await world().refit(["transforms"])).out).toBe(
      "shout-note  Rewrite comments, for tests of everything but transforms\n",
    );
  });

  test("explains one", async () => {
    expect((await world().refit(["transforms", "shout-note"])).out).toContain("promise  same-image");
    expect(await world().refit(["transforms", "shuot"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("unknown transform shuot"),
    });
  });
});
