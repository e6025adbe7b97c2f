import type { Files, Project, Tool } from "./project.ts";
import { copyWheel, wheel } from "./wheel.ts";

const pipfile = (packages: string) =>
  `[[source]]\nurl = "https://packages.example/simple"\nverify_ssl = true\nname = "index"\n\n[packages]\n${packages}\n\n[dev-packages]\n`;
const plain: Files = { Pipfile: pipfile(`speller = {file = "${wheel}"}`), "app.py": "", "setup.cfg": "" };
const prepare = `${copyWheel} && pipenv lock && pipenv --rm`;

const projects: readonly Project[] = [
  { says: "installs into the system", files: plain, prepare, command: "pipenv install --system --deploy" },
  { says: "makes an environment", files: plain, prepare, command: "pipenv install --deploy --ignore-pipfile" },
  { says: "installs what the lock has", files: plain, prepare, command: "pipenv sync --system" },
  { says: "looks whether the lock is in step", files: plain, prepare, command: "pipenv install" },
  {
    says: "makes an environment in the project",
    files: plain,
    prepare,
    command: "pipenv sync",
    env: { PIPENV_VENV_IN_PROJECT: "1" },
  },
  {
    says: "takes no variables from .env",
    files: plain,
    prepare,
    command: "pipenv install --system --deploy",
    env: { PIPENV_DONT_LOAD_ENV: "1" },
  },
  {
    says: "builds the project",
    files: {
      Pipfile: pipfile('app = {path = ".", editable = true}'),
      "pyproject.toml": '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
      "setup.py": "from setuptools import setup\nsetup(name='app', py_modules=['app'])\n",
      "app.py": "",
    },
    prepare: "pipenv lock && pipenv --rm",
    command: "pipenv install --system --deploy",
    blocked: /app is built from \./,
    reads: "setup.py",
  },
];

export const pipenv: Tool = {
  name: "Pipenv",
  base: "python:3.13-trixie",
  projects,
  idle: [],
  asks: "it looks for a Pipfile in any spelling",
};
