import type { Files, Project, Tool } from "./project.ts";

const lib: Files = {
  "lib/pyproject.toml":
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "letters"\nversion = "1.0"\n',
  "lib/letters/__init__.py": "",
};
const requirements: Files = { "requirements.txt": "wheel\n", "main.py": "" };

const projects: readonly Project[] = [
  { says: "reads its requirements", files: requirements, command: "pip install -r requirements.txt" },
  {
    says: "reads requirements that lead to others",
    files: {
      "requirements.txt": "-r requirements/base.txt\n-c requirements/constraints.txt\n",
      "requirements/base.txt": "-r more.txt\n",
      "requirements/more.txt": "wheel\n",
      "requirements/constraints.txt": "wheel<2\n",
    },
    command: "pip install --no-cache-dir -r requirements.txt",
  },
  {
    says: "runs as a module",
    files: requirements,
    command: "python -m pip install -r requirements.txt",
  },
  {
    says: "works in a folder",
    files: { "service/requirements.txt": "wheel\n" },
    from: "service",
    command: "pip install -r requirements.txt",
  },
  {
    says: "reads a file elsewhere",
    files: { "service/requirements.txt": "wheel\n" },
    command: "pip install -r /app/service/requirements.txt",
  },
  {
    says: "installs from an archive",
    files: { "requirements.txt": "./wheels/letters-1.0-py3-none-any.whl\n", ...lib },
    prepare: "pip wheel --wheel-dir wheels ./lib && rm -r lib",
    command: "pip install -r requirements.txt",
  },
  {
    says: "looks through a folder of archives",
    files: { "requirements.txt": "letters\n", ...lib },
    prepare: "pip wheel --wheel-dir wheels ./lib && rm -r lib",
    command: "pip install --no-index --find-links wheels -r requirements.txt",
  },
  {
    says: "builds the project",
    files: { "pyproject.toml": lib["lib/pyproject.toml"]!, "src/letters/__init__.py": "" },
    command: "pip install .",
    blocked: /builds \. from its sources/,
    reads: "src/letters/__init__.py",
  },
  {
    says: "installs a folder of the project",
    files: { "requirements.txt": "-e ./lib\n", ...lib },
    command: "pip install -r requirements.txt",
    blocked: /`-e \.\/lib` in requirements.txt builds from the sources/,
    reads: "lib/pyproject.toml",
  },
  {
    says: "links the project",
    files: {
      "setup.py": "from setuptools import setup\nsetup(name='letters', py_modules=['letters'])\n",
      "letters.py": "",
    },
    command: "pip install -e .",
    blocked: /-e \. builds from the sources/,
    reads: "setup.py",
  },
  {
    says: "installs into an environment",
    files: requirements,
    prepare: "python -m venv /opt/venv",
    command: "pip install -r requirements.txt",
    env: { VIRTUAL_ENV: "/opt/venv", PATH: "/opt/venv/bin:/usr/bin:/bin" },
  },
  {
    says: "has its home in the project",
    files: requirements,
    command: "pip install -r requirements.txt",
    env: { HOME: "/app" },
  },
  {
    says: "runs with a path for modules",
    files: requirements,
    command: "pip install -r requirements.txt",
    env: { PYTHONPATH: "/app" },
  },
  {
    says: "reads lines in other spellings",
    files: {
      "requirements.txt": "\uFEFF# -*- coding: utf-8 -*-\r\n-r \\\r\n  'more requirements.txt' # nested\r\n",
      "more requirements.txt":
        "--no-index --find-links links # beside\n--prefer-binary -c lock.txt\nletters ; python_version > '3'\n",
      "lock.txt": "letters==1.0\n",
      ...lib,
    },
    prepare: "pip wheel --wheel-dir links ./lib && rm -r lib",
    command: "pip install -Uqr requirements.txt",
  },
  {
    says: "reads constraints by variable",
    files: { ...requirements, "constraints.txt": "wheel<2\n" },
    command: "pip install -r requirements.txt",
    env: { PIP_CONSTRAINT: "/app/constraints.txt" },
  },
  {
    says: "installs beside the sources",
    files: requirements,
    command: "pip install --target lib -r requirements.txt",
  },
  { says: "makes archives", files: requirements, command: "pip wheel --no-deps -w wheels -r requirements.txt" },
  { says: "downloads archives", files: requirements, command: "pip download --no-deps -d wheels -r requirements.txt" },
  {
    says: "installs itself as a module",
    files: requirements,
    command: "python -m pip install --upgrade wheel",
  },
  { says: "installs by name", files: requirements, command: "pip install wheel" },
  { says: "makes an environment", files: requirements, command: "python -m venv /opt/venv" },
];

export const pip: Tool = { name: "pip", base: "python:3.13", projects, idle: [] };
