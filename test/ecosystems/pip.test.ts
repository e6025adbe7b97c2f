import { describe, expect, test } from "vitest";
import { footprintOf, workingFolderOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf } from "./calls.ts";

const notAlone = "and pip can't install what a project depends on without the project";

const base = "python:3.13";

describe("requirements files", () => {
  test("lead to nested ones, constraints and local archives", () => {
    const files = {
      "requirements.txt": "-r requirements/base.txt # all\n--constraint=constraints.txt\n./wheels/a-1.0.whl\n",
      "requirements/base.txt": "flask==3.0 \\\n  --hash=sha256:abc\n-r common.txt\n",
      "requirements/common.txt":
        "requests @ https://packages.example/requests.whl\n--index-url https://packages.example\n",
      "constraints.txt": "flask<4\n",
      "wheels/a-1.0.whl": "",
    };
    expect(inputsOf("pip install --no-cache-dir -r requirements.txt", files)).toEqual({
      files: [
        "requirements.txt",
        "wheels/a-1.0.whl",
        "requirements/base.txt",
        "constraints.txt",
        "requirements/common.txt",
      ],
      writes: [],
    });
  });

  test.each([
    ["a name with everything", 'uvicorn[standard]>=0.30,<1; python_version >= "3.8" and sys_platform != "a/b"'],
    ["an address", "letters @ https://packages.example/letters-1.0.tar.gz#sha256=abc"],
    ["an address with a marker", 'https://packages.example/letters.whl ; python_version > "3"'],
    ["a repository", "git+https://git.example/letters.git@v1#egg=letters"],
    ["a repository with a token", "letters @ git+https://${TOKEN}@git.example/letters.git"],
    ["hashes over several lines", "flask==3.0 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def"],
    ["several options in a line", "--extra-index-url https://packages.example --trusted-host packages.example --pre"],
    ["a comment behind", "flask # -e ."],
    ["a comment that ends like a continuation", "# flask \\\nflask"],
    ["another encoding of comments", "# -*- coding: latin-1 -*-\nflask"],
    ["a mark of the byte order", "\uFEFFflask"],
    ["line ends of Windows", "flask\r\nrequests\r\n"],
  ])("%s needs nothing else", (_, text) => {
    expect(inputsOf("pip install -r r.txt", { "r.txt": text }, { base })).toEqual({ files: ["r.txt"], writes: [] });
  });

  test.each([
    ["a requirement that is not there", "-r gone.txt", "the build context has no gone.txt"],
    ["an editable", "-e .", `\`-e .\` in r.txt builds from the sources, ${notAlone}`],
    ["an editable behind a continuation", "-e \\\n.", `\`-e .\` in r.txt builds from the sources, ${notAlone}`],
    ["a local folder", "./lib", `r.txt builds ./lib from its sources, ${notAlone}`],
    [
      "a local folder with extras and a marker",
      './lib[all] ; python_version > "3"',
      `r.txt builds ./lib[all] from its sources, ${notAlone}`,
    ],
    ["a local folder by address", "letters @ file:///app/lib", "r.txt installs from file:///app/lib"],
    ["a repository on disk", "git+file:///app/.git", "r.txt installs from git+file:///app/.git"],
    ["a file elsewhere", "-r ../base.txt", "the requirements file ../base.txt lies elsewhere"],
    ["a file that a variable names", "-r ${STAGE}.txt", "the requirements file ${STAGE}.txt lies elsewhere"],
    ["a folder of packages elsewhere", "--find-links /wheels", "the install looks for packages in /wheels"],
    ["a folder of packages behind another option", "--no-index -f gone", "the install looks for packages in gone"],
    ["an option that nobody knows", "--frobnicate x", "refit does not follow `--frobnicate x` of r.txt"],
    ["a quote that is left open", "--index-url 'x", "refit does not follow `--index-url 'x` of r.txt"],
    [
      "an editable checkout without a name",
      "-e git+https://git.example/a.git",
      "`-e git+https://git.example/a.git` in r.txt does not say how the package is called",
    ],
    ["UTF-16", "f\0l\0", "r.txt is in another encoding than UTF-8"],
    ["an encoding that is said", "# coding: utf-16\nflask", "r.txt is in another encoding than UTF-8"],
  ])("%s blocks", (_, line, blocked) => {
    const files = { "r.txt": `${line}\n`, "lib/setup.py": "" };
    expect(inputsOf("pip install -r r.txt", files, { base })).toEqual({ blocked });
  });

  test("an editable checkout goes into src", () => {
    const files = { "r.txt": "-e git+https://git.example/a.git@main#egg=Big_Letters[all]&subdirectory=py\n" };
    expect(inputsOf("pip install -r r.txt", files)).toEqual({
      files: ["r.txt"],
      writes: ["src/Big_Letters", "src/big-letters"],
    });
  });

  test("what a nested file names with --find-links lies beside it, if it is there", () => {
    const wheel = { "deps/r.txt": "--find-links wheels\na\n", "deps/wheels/a.whl": "", "wheels/b.whl": "" };
    const { "deps/wheels/a.whl": _, ...other } = wheel;
    expect(inputsOf("pip install -r deps/r.txt", wheel)).toMatchObject({ files: ["deps/r.txt", "deps/wheels/a.whl"] });
    expect(inputsOf("pip install -r deps/r.txt", other)).toMatchObject({ files: ["deps/r.txt", "wheels/b.whl"] });
  });

  test("may lie above the folder that pip runs in", () => {
    const files = { "requirements.txt": "flask\n-c lock/all.txt\n", "lock/all.txt": "flask==3\n", "web/r.txt": "a\n" };
    const place = { folder: "web", cwd: "/app/web" };
    expect(inputsOf("pip install -r r.txt -r ../requirements.txt", files, place)).toEqual({
      files: ["r.txt", "../requirements.txt", "../lock/all.txt"],
      writes: [],
    });
    expect(inputsOf("pip install -r ../requirements.txt", files, place)).toHaveProperty("blocked");
  });
});

describe("pip install", () => {
  const files = { "r.txt": "a\n", "c.txt": "a<2\n", "wheels/a.whl": "", "wheels/b.whl": "" };

  test.each([
    "pip3.12 install -Ur r.txt",
    "pip install -qUr r.txt --user -i https://packages.example --trusted-host packages.example",
    "pip --no-cache-dir install --require-hashes -rr.txt --progress-bar off --root-user-action=ignore",
    "/opt/venv/bin/pip install -r r.txt --no-deps",
    "python -m pip install -r r.txt --prefer-binary --only-binary=:all:",
    "python3 -I -m pip install --requirement=r.txt",
    "pip install --prefix=/install --no-warn-script-location -r r.txt",
    "pip install --target /opt/packages -r r.txt",
    "pip install --no-index --find-links=/wheels -r r.txt",
    "pip install --cert /etc/ssl/ca.pem -r r.txt",
    "pip wheel --no-deps --wheel-dir /wheels -r r.txt",
    "pip download -d /wheels -r r.txt",
    "pip install /wheels/* -r r.txt",
  ])("%s needs the requirements alone", (script) => {
    expect(inputsOf(script, files, { base })).toEqual({ files: ["r.txt"], writes: [] });
  });

  test("takes constraints and a folder of packages along", () => {
    const script = "pip install -rr.txt -c c.txt --no-index --find-links=wheels";
    expect(inputsOf(script, files)).toMatchObject({ files: ["r.txt", "c.txt", "wheels/a.whl", "wheels/b.whl"] });
    const env = { PIP_CONSTRAINT: "c.txt", PIP_FIND_LINKS: "/app/wheels https://packages.example" };
    expect(inputsOf("pip install -r r.txt", files, { env })).toMatchObject({
      files: ["r.txt", "c.txt", "wheels/a.whl", "wheels/b.whl"],
    });
  });

  test("says where in the project it writes", () => {
    expect(inputsOf("pip install -t lib -r r.txt", files)).toEqual({ files: ["r.txt"], writes: ["lib"] });
    expect(inputsOf("pip wheel -w /app/dist/wheels -r r.txt", files)).toMatchObject({ writes: ["dist/wheels"] });
    expect(inputsOf("pip download -d ./wheelhouse -r r.txt", files)).toMatchObject({ writes: ["wheelhouse"] });
    expect(inputsOf("pip install -r r.txt", files, { env: { VIRTUAL_ENV: "/app/venv" } })).toMatchObject({
      writes: ["venv"],
    });
    expect(inputsOf("pip install -r r.txt", files, { env: { PIP_TARGET: "/app/lib" } })).toMatchObject({
      writes: ["lib"],
    });
  });

  test.each([
    ["pip install .", `pip install builds . from its sources, ${notAlone}`],
    ["pip install '.[dev]'", `pip install builds .[dev] from its sources, ${notAlone}`],
    ["pip install -e .", `pip install -e . builds from the sources, ${notAlone}`],
    ["pip install /app/wheels/* -r r.txt", "the shell decides what pip installs"],
    ["pip install -r $FILE", "the shell decides what pip installs"],
    ["pip install -t . -r r.txt", "pip install writes into ., where the sources lie"],
    ["pip wheel -r r.txt", "pip wheel writes into ., where the sources lie"],
    ["pip install -t $X -r r.txt", "the shell decides where pip writes"],
    ["pip install --group dev -r r.txt", "the option --group could make the install read other files"],
    ["pip install -r /other/r.txt -r r.txt", "the requirements file /other/r.txt lies elsewhere"],
    ["pip install --cert ca.pem -r r.txt", "pip reads ca.pem"],
  ])("%s is blocked", (script, blocked) => {
    expect(inputsOf(script, files, { base })).toEqual({ blocked });
  });

  test.each([
    { PIP_CONFIG_FILE: "/app/pip.conf" },
    { PIP_PYTHON: "/opt/python" },
    { PYTHONHOME: "/opt" },
    { PYTHONUSERBASE: "/app/user" },
  ])("%o is blocked", (env) => {
    expect(inputsOf("pip install -r r.txt", files, { env })).toHaveProperty("blocked");
  });

  test("python -m pip imports what lies in the project", () => {
    const files = { "r.txt": "a\n", "app.py": "" };
    expect(inputsOf("python -m pip install -r r.txt", files)).toHaveProperty("files");
    const shadowed = { ...files, "logging/__init__.py": "" };
    expect(inputsOf("python -m pip install -r r.txt", shadowed)).toHaveProperty("blocked");
    expect(inputsOf("python -I -m pip install -r r.txt", shadowed)).toHaveProperty("files");
    expect(inputsOf("pip install -r r.txt", shadowed)).toHaveProperty("files");
    expect(inputsOf("pip install -r r.txt", shadowed, { env: { PYTHONPATH: "/app" } })).toHaveProperty("blocked");
    expect(inputsOf("pip install -r r.txt", shadowed, { env: { PYTHONPATH: "/app/src:/opt" } })).toHaveProperty(
      "files",
    );
  });

  test("what is in the project as an installed package is in the way of python -m pip", () => {
    const files = { "r.txt": "a\n", "letters.egg-info/PKG-INFO": "" };
    expect(inputsOf("python -m pip install -r r.txt", files)).toEqual({
      blocked: "python -m pip would import letters.egg-info of the project",
    });
  });

  test("a virtual environment of the context is in the way", () => {
    expect(inputsOf("pip install -r r.txt", { "r.txt": "a\n", "venv/pyvenv.cfg": "" })).toEqual({
      blocked: "the build context holds the virtual environment venv",
    });
  });

  test("works where its requirements lie, if they are not below", () => {
    const folder = (script: string, cwd: string) => workingFolderOf(invocationOf(script)!, cwd);
    expect(folder("pip install -r /app/requirements.txt", "/")).toBe("/app");
    expect(folder("pip install -r /app/requirements/all.txt -c /app/c.txt", "/app")).toBe("/app");
    expect(folder("pip install -r /app/requirements.txt", "/srv")).toBe("/app");
    expect(folder("pip install -r requirements.txt", "/srv")).toBe("/srv");
    const nested = { "requirements/all.txt": "./a.whl\n", "a.whl": "" };
    expect(inputsOf("pip install -r /app/requirements/all.txt", nested)).toMatchObject({
      files: ["requirements/all.txt", "a.whl"],
    });
    expect(inputsOf("pip install -r /app/all.txt", { "all.txt": "./a.whl\n", "a.whl": "" })).toEqual({
      blocked: "pip installs from its working directory too",
    });
  });
});

describe("what pip does outside of the project", () => {
  const footprint = (script: string, env: Readonly<Record<string, string>> = {}) =>
    footprintOf(invocationOf(script)!, { cwd: "/app", env: new Map(Object.entries(env)), base });
  const isOurs = (path: string) => path.startsWith("/app");

  test("installing by name touches nothing of it", () => {
    expect(footprint("pip install --upgrade pip setuptools wheel")?.reads.filter(isOurs)).toEqual([]);
    expect(footprint("pip install -U 'pip<24' --no-cache-dir")?.writes.filter(isOurs)).toEqual([]);
    expect(footprint("pip install poetry==1.8.3")).toBeDefined();
  });

  test("python -m pip imports modules of the folder that it runs in", () => {
    const known = footprint("python3 -m pip install --upgrade pip");
    expect(known?.reads).toEqual(expect.arrayContaining(["/app/logging.py", "/app/pip"]));
    expect(known?.writes.filter(isOurs)).toEqual([]);
    expect(footprint("python -m pip install flask")).toBeUndefined();
  });

  test("a virtual environment is written where it is named", () => {
    expect(footprint("python -m venv --system-site-packages venv")?.writes).toContain("/app/venv");
    expect(footprint("virtualenv -p python3 /opt/venv")?.writes).toContain("/opt/venv");
    expect(footprint("virtualenv -p bin/python /opt/venv")).toBeUndefined();
  });

  test("virtualenv looks for files with the names of values that it writes", () => {
    const names = ["/app/CPython", "/app/words"];
    expect(footprint("virtualenv --prompt words /opt/venv")?.lookedFor).toEqual(expect.arrayContaining(names));
    expect(footprint("python -m venv --prompt words /opt/venv")?.lookedFor).not.toContain("/app/CPython");
  });

  test.each([{ PIP_CONSTRAINT: "c.txt" }, { PYTHONPATH: "/app" }, { HOME: "/app" }])("%o may lead into it", (env) => {
    expect(footprint("pip install flask", env)).toBeUndefined();
  });
});
