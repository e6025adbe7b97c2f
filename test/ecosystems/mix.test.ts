import { describe, expect, test } from "vitest";
import { cacheOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf, type Place } from "./calls.ts";

const base = "elixir:1.18";
const sum = "a".repeat(64);
const exs = (deps: string, more = "") => `defmodule Letters.MixProject do
  use Mix.Project

  def project do
    [
      app: :letters,
      version: "0.1.0",
      start_permanent: Mix.env() == :prod,
      ${more}
      aliases: aliases(),
      deps: deps()
    ]
  end

  defp deps do
    [
      # {:old, "~> 1.0"},
      ${deps}
    ]
  end

  defp aliases do
    [setup: ["deps.get", "ecto.setup"]]
  end
end
`;
const locked = (name: string, version: string) =>
  `  "${name}": {:hex, :${name}, "${version}", "${sum}", [:mix], [{:telemetry, "~> 0.4 or ~> 1.0", [hex: :telemetry, repo: "hexpm", optional: false]}], "hexpm", "${sum}"},\n`;
const lock = `%{\n${locked("jason", "1.4.1")}${locked("plug", "1.16.0")}}\n`;
const deps = `{:jason, "~> 1.2"}, {:plug, ">= 1.14.0 and < 2.0.0", only: [:dev, :prod]}`;
const plain = { "mix.exs": exs(deps), "mix.lock": lock, "lib/letters.ex": "" };

const of = (script: string, files: Readonly<Record<string, string>>, place: Place = {}) =>
  inputsOf(script, files, { base, ...place });

describe("mix deps.get", () => {
  test("needs mix.exs and mix.lock", () => {
    expect(of("mix deps.get --only prod", plain)).toEqual({
      files: ["mix.exs", "mix.lock"],
      writes: ["deps", "_build"],
    });
    const { "mix.lock": _, ...rest } = plain;
    expect(of("mix deps.get", rest)).toEqual({ files: ["mix.exs"], writes: ["deps", "_build", "mix.lock"] });
  });

  test("needs the configuration that every task loads", () => {
    const files = {
      ...plain,
      "config/config.exs": 'import Config\nimport_config "#{config_env()}.exs"\n',
      "config/prod.exs": "import Config\n",
      "config/runtime.exs": 'import Config\nFile.read!("/run/secrets/key")\n',
    };
    expect(of("mix deps.get", files)).toMatchObject({
      files: ["mix.exs", "config/config.exs", "config/prod.exs", "mix.lock"],
    });
  });

  test("needs a file that mix.exs reads", () => {
    const files = { ...plain, "mix.exs": exs(deps, 'version: File.read!("VERSION"),'), VERSION: "1" };
    expect(of("mix deps.get", files)).toMatchObject({ files: ["mix.exs", "VERSION", "mix.lock"] });
  });

  test("needs the mix.exs of apps and of packages by their path", () => {
    const files = {
      "mix.exs": exs('{:words, path: "words"}', 'apps_path: "apps",'),
      "mix.lock": lock,
      "apps/web/mix.exs": exs('{:core, in_umbrella: true}, {:jason, "~> 1.0"}'),
      "apps/core/mix.exs": exs(""),
      "words/mix.exs": exs(""),
      "apps/README.md": "",
    };
    expect(of("mix deps.get", files)).toMatchObject({
      files: ["mix.exs", "apps/core/mix.exs", "apps/web/mix.exs", "words/mix.exs", "mix.lock"],
    });
    expect(of("mix deps.compile", files)).toEqual({
      blocked: expect.stringMatching(/reads the sources in apps\/core/),
    });
  });

  test.each([
    ["a program", { "mix.exs": exs(deps, 'version: System.cmd("git", ["describe"]),') }],
    ["files by a pattern", { "mix.exs": exs(deps, 'files: Path.wildcard("lib/*"),') }],
    ["another folder for packages", { "mix.exs": exs(deps, 'deps_path: "packages",') }],
    ["an alias", { "mix.exs": exs(deps).replace("[setup:", '["deps.get": ["say"], setup:') }],
    ["a package that is not locked", { "mix.exs": exs('{:bandit, "~> 1.0"}') }],
    ["a locked version that is not asked for", { "mix.exs": exs('{:jason, "~> 2.0"}') }],
    [
      "a lock of an older Hex",
      {
        "mix.lock": `%{\n  "jason": {:hex, :jason, "1.4.1", "${sum}", [:mix], [], "hexpm"},\n  "plug": {:hex, :plug, "1.16.0", "${sum}", [:mix], [], "hexpm"},\n}\n`,
      },
    ],
    [
      "a configuration that reads files",
      { "config/config.exs": 'import Config\nconfig :letters, key: File.read!("/key")\n' },
    ],
    ["a configuration elsewhere", { "config/config.exs": 'import Config\nimport_config "../shared/config.exs"\n' }],
    ["a package outside", { "mix.exs": exs('{:words, path: "../words"}') }],
  ])("is blocked by %s", (_, files) => {
    expect(of("mix deps.get", { ...plain, ...files })).toHaveProperty("blocked");
  });

  test.each(["mix deps.get --no-deps-check", "mix deps.compile jason", "mix compile", "mix do deps.get, compile"])(
    "%s is blocked",
    (script) => {
      expect(of(script, plain)).toHaveProperty("blocked");
    },
  );
});

test.each([
  ["mix do local.hex --force, local.rebar --force, deps.get --only prod", "dependencies"],
  ["mix do deps.get + deps.compile", "dependencies"],
  ["mix do local.hex --force, local.rebar --force", "system"],
  ["mix do deps.get, compile", "build"],
  ["mix deps.compile", "dependencies"],
])("%s is for %s", (script, purpose) => {
  expect(invocationOf(script)?.purpose).toBe(purpose);
});

test("mix do reads what each of its tasks reads", () => {
  expect(of("mix do local.hex --force, deps.get + deps.compile", plain)).toEqual({
    files: ["mix.exs", "mix.lock"],
    writes: ["deps", "_build"],
  });
});

test("what it leaves behind is declared", () => {
  expect(cacheOf("/root/.hex/packages/hexpm/jason-1.4.1.tar")).toBe("mix");
});
