import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { fetchFor, footprintOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf } from "./calls.ts";

const base = "python:3.13";
const manifest = (more = "") =>
  `[tool.poetry]\nname = "letters"\nversion = "1.0.0"\n${more}\n[tool.poetry.dependencies]\npython = "^3.12"\nflask = "^3.0"\n`;
const lock = (packages = '[[package]]\nname = "flask"\nversion = "3.0.0"\n') =>
  `${packages}\n[metadata]\nlock-version = "2.1"\npython-versions = "^3.12"\n`;
const sources = { "letters/__init__.py": "", "README.md": "" };
const plain = { "pyproject.toml": manifest(), "poetry.lock": lock(), ...sources };
const application = { ...plain, "pyproject.toml": manifest("package-mode = false") };

function fetched(script: string, files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const surroundings = { cwd: "/app", env: new Map(Object.entries(env)), base };
  return fetchFor(invocationOf(script)!, memoryContext(files), "", surroundings);
}

describe("poetry install", () => {
  test.each([
    "poetry install --no-root",
    "poetry install --no-root --only main --no-interaction --no-ansi",
    "/opt/poetry/bin/poetry sync -n --no-root --without dev,test -E web --compile",
    "poetry install --no-dev --no-root -vvv --no-cache",
  ])("%s reads the manifest and the lock", (script) => {
    expect(inputsOf(script, plain, { base })).toMatchObject({ files: ["pyproject.toml", "poetry.lock"], writes: [] });
    expect(inputsOf(script, { ...plain, "poetry.toml": "" }, { base })).toMatchObject({
      files: ["pyproject.toml", "poetry.lock", "poetry.toml"],
    });
  });

  test("without a package of its own, all of it is like that", () => {
    expect(inputsOf("poetry install", application, { base })).toEqual({
      files: ["pyproject.toml", "poetry.lock"],
      writes: [".venv"],
    });
    expect(inputsOf("poetry install", plain, { base })).toEqual({
      blocked: "poetry install builds the project from its sources",
    });
  });

  test("calls an environment as its settings say, and spells that out where a file has that name", () => {
    const blocked = (name: string) => ({
      blocked: `the project has ${name}, so virtualenv would write a path for that name into pyvenv.cfg`,
    });
    const command = "poetry install --no-root";
    expect(inputsOf(command, { ...plain, "letters-py3.12": "" }, { base })).toEqual(blocked("letters-py3.12"));
    const settings = { "poetry.toml": '[virtualenvs]\nprompt = "{project_name}"\n' };
    expect(inputsOf(command, { ...plain, ...settings }, { base })).toEqual(blocked("letters"));
    const env = { POETRY_VIRTUALENVS_PROMPT: "words" };
    expect(inputsOf(command, { ...plain, ...settings }, { base, env })).toHaveProperty("files");
  });

  test("makes a lock where there is none", () => {
    const { "poetry.lock": _, ...without } = plain;
    expect(inputsOf("poetry install --no-root", without, { base })).toEqual({
      files: ["pyproject.toml"],
      writes: [".venv", "poetry.lock"],
    });
  });

  test("takes archives along that dependencies name", () => {
    const wheel = "vendor/words.whl";
    const files = {
      ...plain,
      "pyproject.toml": `${manifest()}words = { path = "${wheel}" }\n[project]\ndependencies = ["ink @ file:ink.tar.gz"]\n`,
      "poetry.lock": lock(`[[package]]\nname = "words"\n[package.source]\ntype = "file"\nurl = "${wheel}"\n`),
      [wheel]: "",
      "ink.tar.gz": "",
    };
    expect(inputsOf("poetry install --no-root", files, { base })).toMatchObject({
      files: ["pyproject.toml", "poetry.lock", wheel, "ink.tar.gz"],
    });
  });

  test.each([
    [
      "a folder",
      { "pyproject.toml": `${manifest()}words = { path = "words", develop = true }\n`, "words/setup.py": "" },
      /built from the folder words/,
    ],
    [
      "a folder elsewhere",
      { "pyproject.toml": `${manifest()}words = { path = "../words" }\n` },
      /comes from \.\.\/words, elsewhere/,
    ],
    [
      "an archive that is not there",
      { "pyproject.toml": `${manifest()}words = { path = "words.whl" }\n` },
      /no words\.whl/,
    ],
    [
      "a plugin that the project asks for",
      { "pyproject.toml": manifest("[tool.poetry.requires-plugins]\nx = '*'") },
      /requires-plugins/,
    ],
    [
      "settings of a plugin",
      { "pyproject.toml": `${manifest()}[tool.poetry-dynamic-versioning]\nenable = true\n` },
      /poetry-dynamic-versioning/,
    ],
    ["a manifest that is broken", { "pyproject.toml": "[" }, /can't be read/],
    ["an environment in the context", { ".venv/pyvenv.cfg": "" }, /virtual environment \.venv/],
    ["a folder in its place", { ".venv/keep": "" }, /virtual environment \.venv/],
    ["environments beside the sources", { "poetry.toml": '[virtualenvs]\npath = "."\n' }, /where the sources lie/],
  ])("%s blocks", (_, files, blocked) => {
    expect(inputsOf("poetry install --no-root", { ...plain, ...files }, { base })).toMatchObject({
      blocked: expect.stringMatching(blocked),
    });
  });

  test.each([
    ["poetry install --only-root", /builds the project/],
    ["poetry install --frobnicate --no-root", /--frobnicate/],
    ["poetry lock", /writes poetry\.lock anew/],
    ["poetry update", /writes poetry\.lock anew/],
  ])("%s blocks", (script, blocked) => {
    expect(inputsOf(script, plain, { base })).toMatchObject({ blocked: expect.stringMatching(blocked) });
  });

  test("modules of the project may stand in for its own", () => {
    const files = { ...application, "packaging/__init__.py": "" };
    expect(inputsOf("poetry install", files, { base })).toHaveProperty("files");
    expect(inputsOf("poetry install", files, { base, env: { PYTHONPATH: "/app" } })).toEqual({
      blocked: "PYTHONPATH would import packaging of the project",
    });
  });
});

describe("what is installed ahead of the project", () => {
  test.each([
    ["poetry install", "poetry install --no-root"],
    [
      "/root/.local/bin/poetry install --only main --no-ansi",
      "/root/.local/bin/poetry install --only main --no-ansi --no-root",
    ],
    ["poetry sync --without dev", "poetry sync --without dev --no-root"],
  ])("%s", (script, command) => {
    expect(fetched(script, plain)).toEqual({ command });
    expect(inputsOf(command, plain, { base })).toMatchObject({
      files: ["pyproject.toml", "poetry.lock"],
      fetched: expect.arrayContaining([".venv", "/usr/local", "~/.cache/pypoetry"]),
    });
  });

  test("goes where the environment says", () => {
    const env = { VIRTUAL_ENV: "/opt/venv", POETRY_CACHE_DIR: "/tmp/poetry" };
    expect(inputsOf("poetry install --no-root", plain, { base, env })).toMatchObject({
      fetched: expect.arrayContaining(["/opt/venv", "/tmp/poetry"]),
    });
    const inside = { POETRY_CACHE_DIR: "/app/.cache" };
    expect(inputsOf("poetry install --no-root", plain, { base, env: inside })).toMatchObject({
      files: ["pyproject.toml", "poetry.lock"],
      writes: [".cache"],
      fetched: expect.arrayContaining([".venv", ".cache"]),
    });
  });

  test("is not where a second run would compile what the first installed", () => {
    const files = { ...plain, "poetry.lock": lock('[[package]]\nname = "Requests"\nversion = "2.32.0"\n') };
    expect(fetched("poetry install", files)).toMatchObject({ blocked: expect.stringContaining("has Requests") });
    expect(fetched("poetry install", files, { PYTHONDONTWRITEBYTECODE: "1" })).toHaveProperty("command");
  });

  test.each([
    ["no lock", { "pyproject.toml": manifest() }, "poetry install"],
    ["a lock of old", { ...plain, "poetry.lock": '[metadata]\ncontent-hash = "abc"\n' }, "poetry install"],
    ["words of the shell", plain, "poetry install $FLAGS"],
    ["a plugin", { ...plain, "pyproject.toml": `${manifest()}[tool.poetry-dynamic-versioning]\n` }, "poetry install"],
  ])("is not with %s", (_, files, script) => {
    expect(fetched(script, files)).toHaveProperty("blocked");
  });

  test("is nothing where no dependencies are installed", () => {
    expect(fetched("poetry install --only-root", plain)).toBeUndefined();
    expect(fetched("poetry build", plain)).toBeUndefined();
  });
});

test("poetry export writes one file", () => {
  const script = "poetry export -f requirements.txt --without-hashes -o requirements.txt";
  expect(inputsOf(script, plain, { base })).toMatchObject({ writes: [".venv", "requirements.txt"] });
  expect(inputsOf("poetry export --output /tmp/r.txt --only main", plain, { base })).toMatchObject({
    writes: [".venv"],
  });
});

test("poetry config writes its user's settings, and looks at the project's", () => {
  const footprint = (script: string, env = {}) =>
    footprintOf(invocationOf(script)!, { cwd: "/app", env: new Map(Object.entries(env)), base });
  const known = footprint("poetry config virtualenvs.create false");
  expect(known?.writes).toContain("/root/.config/pypoetry");
  expect(known?.reads).toEqual(expect.arrayContaining(["/app/pyproject.toml", "/app/poetry.toml"]));
  expect(footprint("poetry config virtualenvs.create false --local")).toBeUndefined();
  expect(footprint("poetry config virtualenvs.create false", { HOME: "/app" })).toBeUndefined();
  expect(footprint("poetry install")).toBeUndefined();
});
