import { describe, expect, test } from "vitest";
import { inputsOf } from "./calls.ts";

describe("pip install -r", () => {
  test("follows nested requirements, constraints and local archives", () => {
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
    ["a requirement that is not there", "-r gone.txt", {}],
    ["an editable", "-e .", {}],
    ["an editable checkout, which goes into src", "-e git+https://git.example/a.git#egg=a", {}],
    ["a local folder", "./lib", { "lib/setup.py": "" }],
    ["a file elsewhere", "-r ../base.txt", {}],
    ["a folder of packages elsewhere", "--find-links /wheels", {}],
    ["an option that nobody knows", "--config-settings x=y", {}],
  ])("is blocked by %s", (_, line, files) => {
    expect(inputsOf("pip install -r r.txt", { "r.txt": `${line}\n`, ...files })).toHaveProperty("blocked");
  });

  test("takes a folder of packages along", () => {
    const files = { "r.txt": "a\n", "wheels/a.whl": "", "wheels/b.whl": "" };
    expect(inputsOf("pip install -rr.txt --no-index --find-links=wheels", files)).toMatchObject({
      files: ["r.txt", "wheels/a.whl", "wheels/b.whl"],
    });
  });

  test.each(["pip install .", "pip install -e .", "pip install -r $FILE", "pip install -t lib -r r.txt"])(
    "%s is blocked",
    (script) => {
      expect(inputsOf(script, { "r.txt": "a\n" })).toHaveProperty("blocked");
    },
  );

  test("python -m pip imports what lies in the project", () => {
    const files = { "r.txt": "a\n", "app.py": "" };
    expect(inputsOf("python -m pip install -r r.txt", files)).toHaveProperty("files");
    expect(inputsOf("python -m pip install -r r.txt", { ...files, "logging/__init__.py": "" })).toHaveProperty(
      "blocked",
    );
    expect(inputsOf("pip install -r r.txt", { ...files, "logging.py": "" })).toHaveProperty("files");
    expect(
      inputsOf("pip install -r r.txt", { ...files, "logging.py": "" }, { env: { PYTHONPATH: "/app" } }),
    ).toHaveProperty("blocked");
  });

  test("a virtual environment of the context is in the way", () => {
    expect(inputsOf("pip install -r r.txt", { "r.txt": "a\n", "venv/pyvenv.cfg": "" })).toHaveProperty("blocked");
  });
});
