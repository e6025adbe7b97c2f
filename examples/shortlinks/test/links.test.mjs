import assert from "node:assert/strict";
import { test } from "node:test";
import { Links } from "../dist/links.js";

test("a link is found until its lifetime is over", () => {
  const links = new Links();
  const { id } = links.add("https://example.org/a", "1m", 0);
  assert.equal(links.find(id, 59_999)?.target, "https://example.org/a");
  assert.equal(links.find(id, 60_000), undefined);
});

test("a target that is no web address is refused", () => {
  assert.throws(() => new Links().add("javascript:alert(1)", "1m"), RangeError);
});
