import { describe, expect, test } from "vitest";
import { choices, UsageError } from "../../src/transform/index.ts";

describe("options that are choices", () => {
  const spec = choices({ join: { values: ["careful", "all"], describe: "Which steps may become one" } });

  test("have the first value as default, and their values in the description", () => {
    expect(spec.defaults).toEqual({ join: "careful" });
    expect(spec.describe).toEqual({ join: "Which steps may become one (careful, all)" });
  });

  test("are completed from the defaults", () => {
    expect(spec.parse({})).toEqual({ join: "careful" });
    expect(spec.parse({ join: "all" })).toEqual({ join: "all" });
  });

  const wrong: readonly { readonly raw: unknown; readonly says: string }[] = [
    { raw: { jion: "all" }, says: "unknown option jion, known: join" },
    { raw: { join: "some" }, says: "join must be one of careful, all" },
    { raw: { constructor: "all" }, says: "unknown option constructor" },
    { raw: [], says: "options must be an object" },
    { raw: "all", says: "options must be an object" },
  ];
  test.each(wrong)("refuse $raw", ({ raw, says }) => {
    expect(() => spec.parse(raw)).toThrow(UsageError);
    expect(() => spec.parse(raw)).toThrow(says);
  });
});

describe("options that are lists", () => {
  const spec = choices({ jlink: { each: /^\w+(\.\w+)*$/, of: "names of modules", describe: "what Java is made of" } });

  test("are empty by default, and say what they hold", () => {
    expect(spec.defaults).toEqual({ jlink: [] });
    expect(spec.describe).toEqual({ jlink: "what Java is made of (a list of names of modules)" });
    expect(spec.parse({ jlink: ["java.base", "java.sql"] })).toEqual({ jlink: ["java.base", "java.sql"] });
  });

  test.each([[["java.base", "--output /"]], ["java.base"], [[1]]])("refuse %j", (jlink) => {
    expect(() => spec.parse({ jlink })).toThrow("jlink must be a list of names of modules");
  });
});
