import type { Files, Project, Tool } from "./project.ts";
import { copyWheel, wheel } from "./wheel.ts";

const manifest = (more = "", settings = "") => `[tool.poetry]
name = "app"
version = "1.0"
description = "Words"
authors = ["Somebody <somebody@example.com>"]
readme = "README.md"
${settings}
[tool.poetry.dependencies]
python = "^3.11"
speller = { path = "${wheel}" }
${more}
[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
`;
const plain: Files = { "pyproject.toml": manifest(), "app/__init__.py": "" };
const prepare = `${copyWheel} && poetry lock`;

const projects: readonly Project[] = [
  { says: "installs what the lock has", files: plain, prepare, command: "poetry install --no-root" },
  {
    says: "installs into the system",
    files: plain,
    prepare: `${prepare} && poetry config virtualenvs.create false`,
    command: "poetry install --no-root --no-interaction --no-ansi --compile",
  },
  {
    says: "reads settings of the project",
    files: { ...plain, "poetry.toml": "[virtualenvs]\nin-project = true\n" },
    prepare: `${prepare} && rm -r .venv`,
    command: "poetry sync --no-root --only main",
  },
  {
    says: "installs for an application that is no package",
    files: { ...plain, "pyproject.toml": manifest("", "package-mode = false") },
    prepare,
    command: "poetry install",
  },
  { says: "makes a lock", files: plain, prepare: copyWheel, command: "poetry install --no-root" },
  {
    says: "builds the project",
    files: plain,
    prepare,
    command: "poetry install",
    blocked: /builds the project from its sources/,
    reads: "README.md",
  },
  {
    says: "changes settings",
    files: plain,
    prepare,
    command: "poetry config virtualenvs.create false",
    idle: [[/^vendor\//, "whether packages are there is looked after, and nothing made of it"]],
  },
];

export const poetry: Tool = {
  name: "Poetry",
  base: "python:3.13-trixie",
  projects,
  idle: [[/^vendor$/, "the folder of an archive"]],
};
