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

describe("go mod download", () => {
  const mod = (more = "") =>
    `module example.com/letters\n\ngo 1.22\n\nrequire (\n\tgithub.com/a/b v1.0.0 // indirect\n)\n${more}`;
  const sum = "github.com/a/b v1.0.0 h1:abc=\ngithub.com/a/b v1.0.0/go.mod h1:def=\n";
  const base = "golang:1.22";

  test("needs go.mod and go.sum", () => {
    expect(inputsOf("go mod download", { "go.mod": mod(), "go.sum": sum, "main.go": "" }, { base })).toEqual({
      files: ["go.mod", "go.sum"],
      writes: [],
    });
    expect(inputsOf("go mod download -x", { "go.mod": mod() }, { base })).toMatchObject({ files: ["go.mod"] });
  });

  test("needs the go.mod of a module replaced by a folder", () => {
    const files = { "go.mod": mod("replace example.com/w => ./w\n"), "go.sum": sum, "w/go.mod": "", "w/w.go": "" };
    expect(inputsOf("go mod download", files, { base })).toMatchObject({ files: ["go.mod", "go.sum", "w/go.mod"] });
  });

  test.each([
    ["a workspace", { "go.work": "" }, base],
    ["a replacement outside", { "go.mod": mod("replace a => ../a\n") }, base],
    ["a replacement that is not there", { "go.mod": mod("replace (\n\ta v1.0.0 => ./a\n)\n") }, base],
    ["a go.sum with a gap", { "go.sum": "github.com/x/y v1.0.0 h1:abc=\n" }, base],
    ["a Go that writes go.sum", {}, "golang:1.15-alpine"],
  ])("is blocked by %s", (_, files, on) => {
    const all = { "go.mod": mod(), "go.sum": sum, ...files };
    expect(inputsOf("go mod download", all, { base: on })).toHaveProperty("blocked");
  });
});
