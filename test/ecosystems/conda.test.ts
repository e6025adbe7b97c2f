import { describe, expect, test } from "vitest";
import { footprintOf, workingFolderOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf } from "./calls.ts";

const base = "continuumio/miniconda3";
const environment = (more = "") =>
  `name: letters\nchannels:\n  - conda-forge\n  - https://channel.example/words\ndependencies: # all\n  - python=3.12\n  - numpy >=1.26,<2\n  - conda-forge::scipy\n${more}`;
const plain = { "environment.yml": environment(), "app.py": "" };

describe("conda env create", () => {
  test.each([
    "conda env create -f environment.yml",
    "conda env create",
    "mamba env update -n base --file=environment.yml --prune",
    "micromamba create -y -n letters -f environment.yml",
    "micromamba install -y -n base -fenvironment.yml",
    "conda env create --quiet --file environment.yml -p /opt/letters",
  ])("%s reads the environment", (script) => {
    expect(inputsOf(script, plain, { base })).toEqual({ files: ["environment.yml"], writes: [] });
  });

  test("follows the section for pip, from the folder of the file", () => {
    const pip = "  - pip:\n      - flask==3.0\n      - -r requirements.txt\n      - ./wheels/ink.whl\n";
    const files = {
      "conda/environment.yml": environment(pip),
      "conda/requirements.txt": "-c lock.txt\n",
      "conda/lock.txt": "",
      "conda/wheels/ink.whl": "",
    };
    expect(inputsOf("conda env create -f conda/environment.yml", files, { base })).toEqual({
      files: ["conda/environment.yml", "conda/wheels/ink.whl", "conda/requirements.txt", "conda/lock.txt"],
      writes: [],
    });
  });

  test("ends the section for pip where its list ends", () => {
    const text = environment(
      "  - pip\n  - pip:\n    - flask\n  - matplotlib\nvariables:\n  MODE: fast\nprefix: /opt/envs/letters\n",
    );
    expect(inputsOf("conda env create", { "environment.yml": text }, { base })).toHaveProperty("files");
  });

  test.each([
    [
      "the project itself",
      environment("  - pip:\n    - -e .\n"),
      /`-e \.` in environment\.yml builds from the sources/,
    ],
    [
      "a channel on disk",
      environment().replace("  - conda-forge\n", "  - ./channel\n"),
      /takes packages from \.\/channel/,
    ],
    ["a package on disk", environment("  - ./words.tar.bz2\n"), /installs \.\/words\.tar\.bz2/],
    ["an anchor", environment("  - &numpy numpy\n"), /has more than/],
    ["a list in brackets", "name: a\ndependencies: [numpy]\n", /has more than/],
    ["other sections", environment("platforms:\n  - linux-64\n"), /has more than/],
    ["a prefix in the project", environment("prefix: ./env\n"), /sets prefix/],
  ])("%s blocks", (_, text, blocked) => {
    expect(inputsOf("conda env create", { "environment.yml": text }, { base })).toMatchObject({
      blocked: expect.stringMatching(blocked),
    });
  });

  test("runs pip where modules of the project come first", () => {
    const files = { "environment.yml": environment("  - pip:\n    - flask\n"), "queue.py": "" };
    expect(inputsOf("conda env create", files, { base })).toEqual({
      blocked: "python -m pip would import queue.py of the project",
    });
    expect(inputsOf("conda env create", { ...plain, "queue.py": "" }, { base })).toHaveProperty("files");
  });

  test.each([
    ["conda env create -f $FILE", {}, {}],
    ["conda env create -f ../environment.yml", {}, {}],
    ["conda env create -f gone.yml", {}, {}],
    ["conda env create -p .", {}, {}],
    ["conda env create --frobnicate", {}, {}],
    ["conda env create", { ".condarc": "" }, {}],
    ["conda env create", {}, { CONDARC: "/app/condarc" }],
  ])("%s is blocked with %o and %o", (script, files, env) => {
    expect(inputsOf(script, { ...plain, ...files }, { base, env })).toHaveProperty("blocked");
  });
});

describe("lists of packages", () => {
  test("are read by install and create", () => {
    const files = {
      "packages.txt": "# words\nnumpy=1.26\nconda-forge::scipy\n",
      "lock.txt": "@EXPLICIT\nhttps://channel.example/a.conda\n",
    };
    expect(inputsOf("conda install -y -c conda-forge --file packages.txt", files, { base })).toEqual({
      files: ["packages.txt"],
      writes: [],
    });
    expect(inputsOf("conda create --yes -p ./env --file lock.txt pip", files, { base })).toEqual({
      files: ["lock.txt"],
      writes: ["env"],
    });
    expect(inputsOf("conda install --file r.txt", { "r.txt": "./a.tar.bz2\n" }, { base })).toHaveProperty("blocked");
  });

  test("packages by name belong to the system", () => {
    expect(invocationOf("conda install -y numpy")).toMatchObject({ purpose: "system" });
    expect(invocationOf("conda install -y --file packages.txt")).toMatchObject({ purpose: "dependencies" });
  });
});

test("works where its file lies", () => {
  const folder = (script: string, cwd: string) => workingFolderOf(invocationOf(script)!, cwd);
  expect(folder("conda env update -n base -f /tmp/conda/environment.yml", "/srv")).toBe("/tmp/conda");
  expect(folder("conda env update -f /srv/conda/environment.yml", "/srv")).toBe("/srv");
  expect(folder("conda env create", "/srv")).toBe("/srv");
});

test("stays in its own folder in an image that is known", () => {
  const footprint = (script: string, base?: string, env = {}) =>
    footprintOf(invocationOf(script)!, { cwd: "/app", env: new Map(Object.entries(env)), base });
  expect(footprint("conda clean -afy", base)?.writes).toContain("/opt/conda");
  expect(footprint("conda install -y numpy", base)?.reads.some((path) => path.startsWith("/app"))).toBe(false);
  expect(footprint("conda config --add channels conda-forge", "condaforge/mambaforge:latest")).toBeDefined();
  expect(footprint("conda clean -afy", "debian")).toBeUndefined();
  expect(footprint("conda install -p ./env numpy", base)).toBeUndefined();
  expect(footprint("conda clean -afy", base, { CONDA_PKGS_DIRS: "/app/pkgs" })).toBeUndefined();
});
