/** What the command line makes of a rewrite that edits a second file. */
import { chmodSync, chownSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replaceFiles } from "../../src/cli/write.ts";
import { shoutInNotes } from "../harness/samples.ts";
import { world } from "../harness/world.ts";

const dockerfile = "FROM scratch\n# note: name\n";
const transforms = [shoutInNotes];
const files = { "api/Dockerfile": dockerfile, "api/notes.txt": "note: tea\n" };

describe("a second file", () => {
  test("is in the diff, by its path from here", async () => {
    const { code, out } = await world(files).refit(["--check", "--format", "diff"], { transforms });
    expect(code).toBe(1);
    expect(out).toContain("-# note: name\n+# NOTE: name\n");
    expect(out).toContain("--- a/api/notes.txt\n+++ b/api/notes.txt\n@@ -1 +1 @@\n-note: tea\n+NOTE: tea\n");
  });

  test("is in JSON", async () => {
    const { out } = await world(files).refit(["--format", "json"], { transforms });
    const [file] = JSON.parse(out).files;
    expect(file.files).toEqual([{ path: "api/notes.txt", diff: expect.stringContaining("+NOTE: tea") }]);
  });

  test("is written with the first", async () => {
    const { refit, read, folder } = world(files);
    expect(await refit(["--write"], { transforms })).toMatchObject({ code: 0 });
    expect([read("api/Dockerfile"), read("api/notes.txt")]).toEqual(["FROM scratch\n# NOTE: name\n", "NOTE: tea\n"]);
    expect(readdirSync(join(folder, "api")).sort()).toEqual(["Dockerfile", "notes.txt"]);
  });

  test("is not written where the first can't be", async () => {
    const { read, folder } = world({ Dockerfile: dockerfile });
    const [file, missing] = [join(folder, "Dockerfile"), join(folder, "notes.txt")];
    const bytes = Buffer.from("FROM scratch\n");
    const both = replaceFiles([
      { file, path: "Dockerfile", bytes },
      { file: missing, path: "notes.txt", bytes },
    ]);
    await expect(both).rejects.toThrow("no such file or folder");
    expect([read("Dockerfile"), readdirSync(folder)]).toEqual([dockerfile, ["Dockerfile"]]);
  });

  test("is not written in a folder that can't be read, nor tried for ever", async () => {
    const { read, folder } = world({ "closed/Dockerfile": dockerfile });
    const file = join(folder, "closed/Dockerfile");
    const written = withoutRights(folder, () =>
      replaceFiles([{ file, path: "closed/Dockerfile", bytes: Buffer.from("FROM scratch\n") }]),
    );
    await expect(written).rejects.toThrow("permission denied");
    expect(read("closed/Dockerfile")).toBe(dockerfile);
  });

  test("can't be written with what comes on standard input", async () => {
    const { refit, read } = world({ "notes.txt": "note: tea\n" });
    const { code, err } = await refit(["-", "--write", "--context", "."], { stdin: dockerfile, transforms });
    expect(code).toBe(2);
    expect(err).toContain("notes.txt is edited together with it: name the file instead of -");
    expect(read("notes.txt")).toBe("note: tea\n");
  });
});

/** Calls `use` as a user who may write to the folder `closed` in `folder`, but not read it. */
async function withoutRights(folder: string, use: () => Promise<void>): Promise<void> {
  const [user, closed] = [process.geteuid!(), join(folder, "closed")];
  const other = user === 0 ? 65534 : user;
  chmodSync(folder, 0o755);
  chownSync(closed, other, -1);
  chmodSync(closed, 0o300);
  process.seteuid!(other);
  try {
    await use();
  } finally {
    process.seteuid!(user);
    chmodSync(closed, 0o700);
  }
}
