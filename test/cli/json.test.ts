import { expect, test } from "vitest";
import { world } from "../harness/world.ts";

const files = {
  "a.Dockerfile": "FROM scratch\n# note: name\n# note: keep\n",
  "b.Dockerfile": "FROM scratch\nRUNN make\n",
  "c.Dockerfile": "FROM scratch\n",
};

test("the JSON form says all that there is to say, in the documented shape", async () => {
  const { code, out, err } = await world(files).refit([".", "gone", "--format", "json"]);
  expect({ code, err }).toEqual({ code: 2, err: "" });
  const shoutNote = { transform: "shout-note", column: 1 };
  const nothing = { changed: false, problems: [], applied: [], declined: [], broken: [], diff: "" };
  expect(JSON.parse(out)).toEqual({
    version: 1,
    files: [
      {
        ...nothing,
        path: "gone",
        problems: [{ code: "unreadable", message: "no such file or folder", line: null, column: null }],
      },
      {
        ...nothing,
        path: "a.Dockerfile",
        changed: true,
        applied: [{ ...shoutNote, line: 2, code: "applied", message: "loud comments are read" }],
        declined: [{ ...shoutNote, line: 3, code: "says-keep", message: "the comment says keep" }],
        diff: expect.stringContaining("+# NOTE: name\n"),
      },
      {
        ...nothing,
        path: "b.Dockerfile",
        problems: [{ code: "syntax", message: expect.stringContaining("RUNN"), line: 2, column: 1 }],
      },
      { ...nothing, path: "c.Dockerfile" },
    ],
    totals: { files: 4, changed: 1, applied: 1, declined: 1, problems: 2 },
  });
});

test("the JSON form of no files is a document too", async () => {
  const { out } = await world().refit(["--format", "json"]);
  expect(JSON.parse(out).totals).toEqual({ files: 1, changed: 0, applied: 0, declined: 0, problems: 1 });
});

test("bytes that are not UTF-8 are escaped", async () => {
  const { refit } = world({ Dockerfile: Buffer.from("FROM scratch\n# note \xff\n", "latin1") });
  expect((await refit(["--format", "json"])).out).toContain("\\udcff");
});
