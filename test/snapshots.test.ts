/** The golden cases: byte for byte. */
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { transforms } from "../transforms/index.ts";
import { listCases, loadCase, reportOf, runCase } from "./harness/cases.ts";

const snapshots = resolve(import.meta.dirname, "../snapshots");
const folders = listCases(snapshots);

test("every folder is named for a transform, or holds cases of the whole pipeline", () => {
  const groups = readdirSync(snapshots);
  const known = [...transforms.map(({ name }) => name), "pipeline"];
  expect(groups.filter((group) => !known.includes(group))).toEqual([]);
});

describe.each(folders.map((folder) => ({ folder, name: folder.slice(snapshots.length + 1) })))(
  "$name",
  ({ folder }) => {
    const given = loadCase(folder);

    test("comes out as written by hand", () => {
      const result = runCase(given, transforms);
      expect(result.after).toBe(given.after);
      expect(result.settled).toBe(true);
    });

    test("has the report that was accepted (npm run snap -- --accept NAME)", () => {
      expect(reportOf(runCase(given, transforms))).toBe(given.report);
    });
  },
);
