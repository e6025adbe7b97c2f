import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError, configSource } from "../../src/config/index.ts";
import { world } from "../harness/world.ts";

describe("the config of a Dockerfile", () => {
  test("is all defaults without a file or flags", () => {
    expect(configSource({})(world().folder)).toEqual({
      level: "standard",
      only: undefined,
      skip: [],
      also: [],
      options: {},
      context: undefined,
      offline: false,
    });
  });

  test("comes from the nearest file upwards, of any of the three names", () => {
    const { folder } = world({
      "refit.config.json": '{"level":"safe"}',
      "api/.refitrc.json": '{"skip":["pin-images"]}',
      "web/package.json": '{"name":"web","refit":{"offline":true}}',
      "jobs/package.json": '{"name":"jobs"}',
    });
    const configOf = configSource({});
    expect(configOf(join(folder, "jobs/nightly"))).toMatchObject({ level: "safe", skip: [] });
    expect(configOf(join(folder, "api"))).toMatchObject({ level: "standard", skip: ["pin-images"] });
    expect(configOf(join(folder, "web"))).toMatchObject({ level: "standard", offline: true });
  });

  test("asks for further transforms, which --only leaves out", () => {
    const { folder } = world({ "refit.config.json": '{"also":["cook-dependencies"]}' });
    expect(configSource({})(folder).also).toEqual(["cook-dependencies"]);
    expect(configSource({ only: ["merge-runs"] })(folder).also).toEqual([]);
    expect(configSource({ also: [], slim: true })(folder).also).toEqual(["slim-base"]);
  });

  test("takes a flag over the file", () => {
    const { folder } = world({ "refit.config.json": '{"level":"safe","offline":true}' });
    expect(configSource({ level: "standard" })(folder)).toMatchObject({ level: "standard", offline: true });
  });

  test("reads a context relative to the file that names it", () => {
    const { folder } = world({ "refit.config.json": '{"context":"build"}', "api/Dockerfile": "" });
    expect(configSource({})(join(folder, "api")).context).toBe(join(folder, "build"));
  });

  test("can be a file that the user names, package.json too", () => {
    const { folder } = world({ "ci.json": '{"level":"safe"}', "package.json": '{"refit":{"offline":true}}' });
    expect(configSource({ config: join(folder, "ci.json") })("/").level).toBe("safe");
    expect(configSource({ config: join(folder, "package.json") })("/").offline).toBe(true);
  });

  test("ignores a package.json that is no JSON object", () => {
    for (const content of ["{", "null", "3"]) {
      const { folder } = world({ "package.json": content });
      expect(configSource({})(folder).level).toBe("standard");
    }
  });
});

describe("a config file that is wrong is an error that names it", () => {
  const errors = [
    {
      content: '{"levle":"safe"}',
      place: "1:2",
      says: "unknown key levle, known: level, only, skip, also, options, context, offline",
    },
    { content: '{"level":"brave"}', place: "1:2", says: 'level must be "safe" or "standard"' },
    { content: '{"skip":"pin-images"}', place: "1:2", says: "skip must be an array of transform names" },
    { content: '{"offline":"yes"}', place: "1:2", says: "offline must be true or false" },
    { content: "[]", says: "must be an object" },
    { content: "{", place: "1:2", says: "is not JSON" },
    { content: '{\n  "level": "safe",\n  "only": ["merge-runs", 3]\n}', place: "3:26", says: "only.1 must be" },
    { content: '{\n  "level": }\n', place: "2:12", says: "is not JSON" },
  ];
  test.each(errors)("$content", ({ content, place, says }) => {
    const { folder } = world({ "refit.config.json": content });
    const read = () => configSource({})(folder);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`${join(folder, "refit.config.json")}:${place ? `${place}:` : ""} ${says}`);
  });

  test("in a package.json too", () => {
    const { folder } = world({ "package.json": '{\n  "refit": {\n    "level": "brave"\n  }\n}' });
    expect(() => configSource({})(folder)).toThrow(`${join(folder, "package.json")}:3:5: level must be`);
  });

  test("but no byte order mark", () => {
    const { folder } = world({ "refit.config.json": '\uFEFF{"level":"safe"}' });
    expect(configSource({})(folder).level).toBe("safe");
  });

  test("and so is one that is not there", () => {
    expect(() => configSource({ config: "/nowhere/refit.json" })).toThrow(
      "/nowhere/refit.json: the config file cannot be read",
    );
  });
});
