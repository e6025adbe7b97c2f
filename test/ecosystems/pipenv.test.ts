import { describe, expect, test } from "vitest";
import { pipfileHash } from "../../src/ecosystems/python/pipenv-project.ts";
import { readToml } from "../../src/ecosystems/toml.ts";
import { inputsOf } from "./calls.ts";

const base = "python:3.13";
const pipfile = (packages = 'flask = "*"', more = "") =>
  `[[source]]\nurl = "https://packages.example/simple"\nverify_ssl = true\nname = "index"\n\n[packages]\n${packages}\n\n[dev-packages]\n${more}`;

function lockFor(text: string, packages: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ _meta: { hash: { sha256: pipfileHash(readToml(text)!) } }, default: packages, develop: {} });
}

const plain = { Pipfile: pipfile(), "Pipfile.lock": lockFor(pipfile()), "app.py": "" };

test("the hash of a Pipfile is the one that Pipenv writes", () => {
  // By Pipenv 2024.0.1.
  const text = pipfile('letters = {file = "vendor/letters-1.0-py3-none-any.whl"}');
  expect(pipfileHash(readToml(text)!)).toBe("026ea745a31ea0841092244a9c969821de05b06cf99907b650ffe45bf9a1d5fa");
});

describe("pipenv install", () => {
  test.each([
    "pipenv install --system --deploy",
    "pipenv install --deploy --ignore-pipfile --dev --verbose",
    "pipenv install",
    "pipenv sync --system",
    "PIPENV_VENV_IN_PROJECT=1 pipenv sync",
  ])("%s reads Pipfile and its lock", (script) => {
    expect(inputsOf(script, plain, { base })).toEqual({ files: ["Pipfile", "Pipfile.lock"], writes: [".venv"] });
  });

  test("reads variables from .env", () => {
    const files = { ...plain, ".env": "SECRET=1\n" };
    expect(inputsOf("pipenv install --deploy", files, { base })).toMatchObject({
      files: ["Pipfile", "Pipfile.lock", ".env"],
    });
    const env = { PIPENV_DONT_LOAD_ENV: "1" };
    expect(inputsOf("pipenv install --deploy", files, { base, env })).toMatchObject({
      files: ["Pipfile", "Pipfile.lock"],
    });
    expect(inputsOf("pipenv install", { ...plain, ".env": "export PIP_INDEX_URL=x\n" }, { base })).toEqual({
      blocked: ".env sets PIP_INDEX_URL",
    });
  });

  test("makes a lock where there is none", () => {
    const { "Pipfile.lock": _, ...without } = plain;
    expect(inputsOf("pipenv install", without, { base })).toEqual({
      files: ["Pipfile"],
      writes: [".venv", "Pipfile.lock"],
    });
  });

  test("takes archives along, and says where checkouts go", () => {
    const text = pipfile(
      'letters = {file = "vendor/letters.whl"}\nink = {git = "https://git.example/ink", editable = true}',
    );
    const files = { Pipfile: text, "Pipfile.lock": lockFor(text), "vendor/letters.whl": "" };
    expect(inputsOf("pipenv install --system", files, { base })).toEqual({
      files: ["Pipfile", "Pipfile.lock", "vendor/letters.whl"],
      writes: [".venv", "src/ink"],
    });
  });

  test("writes a lock anew that is out of step, unless it counts alone", () => {
    const files = { ...plain, "Pipfile.lock": lockFor(pipfile('django = "*"')) };
    expect(inputsOf("pipenv install --system", files, { base })).toEqual({
      blocked: "pipenv install may write Pipfile.lock anew, since it is out of step with Pipfile",
    });
    expect(inputsOf("pipenv install --system --deploy", files, { base })).toHaveProperty("files");
    expect(inputsOf("pipenv sync", files, { base })).toHaveProperty("files");
  });

  test("calls an environment as the folder, and spells that out where a file has that name", () => {
    const files = { ...plain, "app/main.py": "" };
    expect(inputsOf("pipenv install", files, { base })).toEqual({
      blocked: "the project has app, so virtualenv would write a path for that name into pyvenv.cfg",
    });
    expect(inputsOf("pipenv install --system", files, { base })).toHaveProperty("files");
    expect(inputsOf("pipenv sync", { ...plain, CPython: "" }, { base })).toHaveProperty("blocked");
  });

  test("corrects names in an environment", () => {
    const text = pipfile('Flask = "*"');
    const files = { Pipfile: text, "Pipfile.lock": lockFor(text) };
    expect(inputsOf("pipenv install --deploy", files, { base })).toEqual({
      blocked: "pipenv may correct the name Flask in Pipfile",
    });
    expect(inputsOf("pipenv install --deploy --system", files, { base })).toHaveProperty("files");
  });

  test.each([
    ["the project itself", { Pipfile: pipfile('letters = {path = ".", editable = true}') }, /letters is built from \./],
    [
      "a folder in the lock",
      { "Pipfile.lock": lockFor(pipfile(), { letters: { path: "./lib" } }) },
      /letters is built from \.\/lib/,
    ],
    ["an environment in the context", { ".venv/pyvenv.cfg": "" }, /virtual environment/],
    ["a broken lock", { "Pipfile.lock": "{" }, /can't be read/],
  ])("%s blocks", (_, files, blocked) => {
    expect(inputsOf("pipenv install --system --deploy", { ...plain, ...files }, { base })).toMatchObject({
      blocked: expect.stringMatching(blocked),
    });
  });

  test.each([
    ["pipenv install flask", {}],
    ["pipenv install -r requirements.txt", {}],
    ["pipenv install --pre", {}],
    ["pipenv lock", {}],
    ["pipenv requirements", {}],
    ["pipenv install --deploy", { PIPENV_PIPFILE: "/app/other/Pipfile" }],
    ["pipenv install --deploy", { WORKON_HOME: "/app/venvs" }],
  ])("%s is blocked with %o", (script, env) => {
    expect(inputsOf(script, plain, { base, env })).toHaveProperty("blocked");
  });
});
