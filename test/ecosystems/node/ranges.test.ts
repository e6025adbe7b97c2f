import { expect, test } from "vitest";
import { isInRange } from "../../../src/ecosystems/node/ranges.ts";

test.each<[string, readonly string[], readonly string[]]>([
  ["1.2.3", ["1.2.3"], ["1.2.4", "1.2.2"]],
  ["^1.2.3", ["1.2.3", "1.9.0"], ["1.2.2", "2.0.0"]],
  ["^0.2.3", ["0.2.3", "0.2.9"], ["0.3.0", "1.0.0"]],
  ["^0.0.3", ["0.0.3"], ["0.0.4"]],
  ["^0.0", ["0.0.5"], ["0.1.0"]],
  ["^0", ["0.5.0"], ["1.0.0"]],
  ["~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0"]],
  ["~1", ["1.9.0"], ["2.0.0"]],
  ["1.x", ["1.0.0", "1.9.9"], ["2.0.0"]],
  ["*", ["0.0.1"], []],
  [">=1.2 <2", ["1.2.0", "1.9.9"], ["1.1.9", "2.0.0"]],
  ["> 1.2", ["1.3.0"], ["1.2.9"]],
  ["<=1.2", ["1.2.9"], ["1.3.0"]],
  ["1.0.0 || ^3.0.0", ["1.0.0", "3.1.0"], ["2.0.0"]],
])("%s", (range, inside, outside) => {
  expect(inside.map((version) => isInRange(version, range))).toEqual(inside.map(() => true));
  expect(outside.map((version) => isInRange(version, range))).toEqual(outside.map(() => false));
});

test.each(["latest", "git+https://example.com/a.git", "1.0.0-rc.1", "npm:other@1.0.0"])("%s is not known", (range) => {
  expect(isInRange("1.0.0", range)).toBeUndefined();
});
