import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { fetchFor } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf } from "./calls.ts";

const base = "python:3.13";
const project = (more = "") =>
  `[project]\nname = "letters"\nversion = "1.0"\nrequires-python = ">=3.12"\ndependencies = ["flask >=3.0, <4", "uvloop>=0.20; sys_platform == \\"linux\\""]\n${more}`;
const BUILT = '\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
const GROUPS =
  '\n[project.optional-dependencies]\nweb = ["gunicorn[gevent]"]\n\n[dependency-groups]\ndev = ["pytest>=8"]\n';
const lock = (source: string, more = "") => `version = 1
revision = 3
requires-python = ">=3.12"

[[package]]
name = "flask"
version = "3.0.0"
source = { registry = "https://packages.example/simple" }

[[package]]
name = "letters"
version = "1.0"
source = { ${source} = "." }
dependencies = [{ name = "flask" }]

[package.metadata]
requires-dist = [
    { name = "flask", specifier = ">=3.0,<4" },
    { name = "uvloop", marker = "sys_platform == 'linux'", specifier = ">=0.20" },
${more}`;
const grouped = `    { name = "gunicorn", extras = ["gevent"], marker = "extra == 'web'" },
]
provides-extras = ["web"]

[package.metadata.requires-dev]
dev = [{ name = "pytest", specifier = ">=8" }]
`;

const application = { "pyproject.toml": project(), "uv.lock": lock("virtual", "]\n"), "main.py": "" };
const built = {
  "pyproject.toml": project(GROUPS + BUILT),
  "uv.lock": lock("editable", grouped),
  "src/letters/__init__.py": "",
};
const workspace = {
  "pyproject.toml": project('[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/old"]\n'),
  "packages/words/pyproject.toml": `[project]\nname = "words"\nversion = "1.0"\n${BUILT}`,
  "packages/old/pyproject.toml": "",
  "packages/notes/README.md": "",
  "uv.lock": `${lock("virtual", "]\n")}\n[[package]]\nname = "words"\nversion = "1.0"\nsource = { editable = "packages/words" }\n`,
};
const beside = {
  ...built,
  "uv.lock": `${lock("editable", grouped)}\n[[package]]\nname = "ink"\nversion = "1.0"\nsource = { directory = "libs/ink" }\n`,
};

const manifests = ["pyproject.toml", "uv.lock"];

function fetched(script: string, files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const surroundings = { cwd: "/app", env: new Map(Object.entries(env)), base };
  return fetchFor(invocationOf(script)!, memoryContext(files), "", surroundings);
}

describe("uv sync", () => {
  test.each([
    "uv sync",
    "uv sync --frozen --no-dev --no-cache",
    "uv sync --locked --extra web --compile-bytecode --link-mode=copy",
    "UV_LINK_MODE=copy /bin/uv sync --frozen",
  ])("%s of an application reads the manifest and the lock", (script) => {
    expect(inputsOf(script, application, { base })).toMatchObject({ files: manifests, writes: [] });
  });

  test("also reads settings and the version of Python", () => {
    const files = { ...application, "uv.toml": "native-tls = true\n", ".python-version": "3.12\n" };
    expect(inputsOf("uv sync --frozen", files, { base })).toMatchObject({
      files: [...manifests, "uv.toml", ".python-version"],
    });
  });

  test("builds a project, unless it is left out", () => {
    expect(inputsOf("uv sync --frozen", built, { base })).toEqual({
      blocked: "uv sync builds the project from its sources",
    });
    expect(inputsOf("uv sync --frozen --no-install-project", built, { base })).toMatchObject({
      files: manifests,
      fetched: [".venv", "~/.cache/uv", "~/.local"],
    });
    expect(inputsOf("uv sync --no-install-project", built, { base })).toHaveProperty("files");
  });

  test("reads the manifests of a workspace's members", () => {
    expect(inputsOf("uv sync --frozen", workspace, { base })).toEqual({
      blocked: "uv sync builds packages/words from its sources",
    });
    expect(inputsOf("uv sync --frozen --no-install-workspace", workspace, { base })).toMatchObject({
      files: [...manifests, "packages/words/pyproject.toml"],
    });
  });

  test.each([
    ["another version", project().replace(">=3.0", ">=3.1"), /out of step with pyproject\.toml/],
    ["another marker", project().replace("linux", "darwin"), /out of step/],
    ["one more", project().replace('"flask', '"django", "flask'), /out of step/],
    ["a group", `${project()}[dependency-groups]\nlint = ["ruff"]\n`, /out of step/],
    ["a package of its own", project(BUILT), /out of step/],
    ["another Python", project().replace("3.12", "3.13"), /requires-python/],
    ["dynamic metadata", project().replace('version = "1.0"', 'dynamic = ["version"]'), /dynamic metadata/],
    ["settings of the resolution", `${project()}[tool.uv]\nprerelease = "allow"\n`, /prerelease is set/],
  ])("may write a lock anew that is out of step: %s", (_, manifest, blocked) => {
    const files = { ...application, "pyproject.toml": manifest };
    expect(inputsOf("uv sync", files, { base })).toMatchObject({ blocked: expect.stringMatching(blocked) });
    expect(inputsOf("uv sync --locked", files, { base })).toHaveProperty("files");
    expect(inputsOf("uv sync", files, { base, env: { UV_FROZEN: "1" } })).toHaveProperty("files");
  });

  test.each([
    ["no lock", { "pyproject.toml": project() }, {}, /no uv\.lock/],
    [
      "an index on disk",
      { ...application, "uv.toml": 'find-links = ["./wheels"]\n' },
      {},
      /looks for packages in \.\/wheels/,
    ],
    ["an environment in the context", { ...application, ".venv/pyvenv.cfg": "" }, {}, /virtual environment/],
    [
      "another place for it that is there",
      { ...application, "env/keep": "" },
      { UV_PROJECT_ENVIRONMENT: "env" },
      /virtual environment env/,
    ],
    ["a file that the environment names", application, { UV_CONSTRAINT: "c.txt" }, /UV_CONSTRAINT/],
    ["a cache in the project", application, { UV_CACHE_DIR: "/app/cache" }, /UV_CACHE_DIR/],
  ])("%s blocks", (_, files, env, blocked) => {
    expect(inputsOf("uv sync --frozen", files, { base, env })).toMatchObject({
      blocked: expect.stringMatching(blocked),
    });
  });

  test("is part of a workspace above", () => {
    const files = {
      "pyproject.toml": "[tool.uv.workspace]\nmembers = ['web']\n",
      "web/pyproject.toml": project(),
      "web/uv.lock": "",
    };
    expect(inputsOf("uv sync --frozen", files, { base, folder: "web", cwd: "/app/web" })).toEqual({
      blocked: "pyproject.toml may make web a part of its workspace",
    });
  });

  test.each(["uv sync --upgrade --frozen", "uv lock", "uv add flask", "uv sync --frozen --frobnicate"])(
    "%s is blocked",
    (script) => {
      expect(inputsOf(script, application, { base })).toHaveProperty("blocked");
    },
  );
});

describe("what is installed ahead of the project", () => {
  test.each([
    ["uv sync --frozen --no-dev", built, "uv sync --frozen --no-dev --no-install-project"],
    ["/bin/uv sync --locked", built, "/bin/uv sync --frozen --no-install-project"],
    ["uv sync", built, "uv sync --frozen --no-install-project"],
    ["uv sync --frozen --all-packages", workspace, "uv sync --frozen --all-packages --no-install-workspace"],
    ["uv sync --frozen --package words", workspace, "uv sync --frozen --package words --no-install-workspace"],
    ["uv sync --frozen", beside, "uv sync --frozen --no-install-workspace --no-install-package ink"],
  ])("%s", (script, files, command) => {
    expect(fetched(script, files)).toEqual({ command });
    expect(inputsOf(command, files, { base })).toHaveProperty("fetched");
  });

  test.each([
    ["uv sync --frozen --reinstall", built, {}],
    ["uv sync --frozen $FLAGS", built, {}],
    ["uv sync", { ...built, "pyproject.toml": project(BUILT) }, {}],
    ["uv sync", built, { UV_LOCKED: "1" }],
    ["uv sync", { "pyproject.toml": project(BUILT) }, {}],
  ])("not of %s", (script, files, env) => {
    expect(fetched(script, files, env)).toHaveProperty("blocked");
  });

  test("nothing where nothing is installed", () => {
    expect(fetched("uv build", built)).toBeUndefined();
    expect(fetched("uv pip install -r r.txt", built)).toBeUndefined();
  });
});

describe("uv pip", () => {
  const files = { "requirements.txt": "-c c.txt\nflask\n", "c.txt": "flask<4\n", "app.py": "" };

  test.each([
    "uv pip install --system -r requirements.txt",
    "uv pip install --system --no-cache -rrequirements.txt",
    "uv pip sync requirements.txt --python /opt/venv/bin/python",
  ])("%s reads the requirements", (script) => {
    expect(inputsOf(script, files, { base })).toEqual({ files: ["requirements.txt", "c.txt"], writes: [".venv"] });
  });

  test("reads the manifest that says itself what it asks for", () => {
    const files = {
      "pyproject.toml": project('[tool.uv.sources]\nink = { git = "https://git.example/ink" }\n'),
      "app.py": "",
    };
    expect(inputsOf("uv pip install --system -r pyproject.toml", files, { base })).toMatchObject({
      files: ["pyproject.toml"],
    });
    const local = { ...files, "pyproject.toml": project('[tool.uv.sources]\nink = { path = "ink" }\n') };
    expect(inputsOf("uv pip install --system -r pyproject.toml", local, { base })).toHaveProperty("blocked");
  });

  test.each([
    "uv pip install .",
    "uv pip install -e .",
    "uv pip install -r setup.py",
    "uv pip install -r ../r.txt",
    "uv pip install -t . -r requirements.txt",
    "uv pip compile requirements.in -o requirements.txt",
  ])("%s is blocked", (script) => {
    expect(inputsOf(script, { ...files, "setup.py": "" }, { base })).toHaveProperty("blocked");
  });
});
