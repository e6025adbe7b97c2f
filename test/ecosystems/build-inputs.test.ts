/** Files of a build context that no running app reads, whatever names them: a compiled program may hold the names of its sources. */
import { expect, test } from "vitest";
import { isBuildInput } from "../../src/ecosystems/index.ts";

test.each([
  "main.go",
  "lib/server.ex",
  "src/letters.erl",
  "src/letters.hrl",
  "spec/tides_spec.rb",
  "app/styles.scss",
  "app/build.gradle",
])("%s is one", (path) => {
  expect(isBuildInput(path)).toBe(true);
});

test.each(["config/runtime.exs", "app.rb", "priv/pages/index.html"])("%s is none", (path) => {
  expect(isBuildInput(path)).toBe(false);
});
