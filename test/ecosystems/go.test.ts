import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import {
  cacheOf,
  type Fetch,
  fetchFor,
  footprintOf,
  intermediateOf,
  outputsOf,
  recognise,
} from "../../src/ecosystems/index.ts";
import { commandsOf, inputsOf, invocationOf, type Place } from "./calls.ts";

const base = "golang:1.22";
const mod = (more = "") =>
  `module example.com/letters\n\ngo 1.22\n\nrequire (\n\tgithub.com/a/b v1.0.0 // a word\n)\n${more}`;
const sum = "github.com/a/b v1.0.0 h1:abc=\ngithub.com/a/b v1.0.0/go.mod h1:def=\n";
const plain = { "go.mod": mod(), "go.sum": sum, "main.go": "" };
const fetched = ["/go/pkg", "~/go/pkg", "~/.config/go/telemetry"];

/** What is fetched ahead of the first command of `script`. */
function fetchOf(script: string, files: Readonly<Record<string, string>>, place: Place = {}): Fetch | undefined {
  const env = new Map(Object.entries(place.env ?? {}));
  const surroundings = { cwd: "/app", env, base: place.base ?? base };
  return fetchFor(invocationOf(script)!, memoryContext(files), place.folder ?? "", surroundings);
}

describe("go mod download", () => {
  test("needs go.mod and go.sum, and only downloads", () => {
    expect(inputsOf("go mod download", plain, { base })).toEqual({ files: ["go.mod", "go.sum"], writes: [], fetched });
    expect(inputsOf("go mod download -x", { "go.mod": mod() }, { base })).toEqual({
      files: ["go.mod"],
      writes: ["go.sum"],
      fetched,
    });
  });

  test("needs the go.mod of a module replaced by a folder, also above its own", () => {
    const files = { "go.mod": mod("replace example.com/w => ./w\n"), "go.sum": sum, "w/go.mod": "", "w/w.go": "" };
    expect(inputsOf("go mod download", files, { base })).toMatchObject({ files: ["go.mod", "go.sum", "w/go.mod"] });
    const service = { "api/go.mod": mod("replace example.com/w => ../w\n"), "api/go.sum": sum, "w/go.mod": "" };
    expect(inputsOf("go mod download", service, { base, folder: "api" })).toMatchObject({
      files: ["go.mod", "go.sum", "../w/go.mod"],
    });
  });

  test("takes the sum of the module that replaces another one", () => {
    const files = { "go.mod": mod("replace github.com/a/b => github.com/fork/b v1.2.0\n"), "go.sum": sum };
    expect(inputsOf("go mod download", files, { base })).toHaveProperty("blocked");
    const forked = sum.replaceAll("github.com/a/b v1.0.0", "github.com/fork/b v1.2.0");
    expect(inputsOf("go mod download", { ...files, "go.sum": forked }, { base })).toHaveProperty("fetched");
  });

  test("reads all modules of a workspace, also from one of them", () => {
    const files = {
      "go.work": "go 1.22\n\nuse (\n\t.\n\t./w // words\n)\n\nreplace example.com/x => ./x\n",
      "go.work.sum": "",
      "go.mod": mod(),
      "go.sum": sum,
      "w/go.mod": "module example.com/w\n",
      "x/go.mod": "module example.com/x\n",
    };
    const all = ["go.work", "go.work.sum", "go.mod", "go.sum", "w/go.mod", "x/go.mod"];
    expect(inputsOf("go mod download", files, { base })).toEqual({ files: all, writes: [], fetched });
    expect(inputsOf("go mod download", files, { base, folder: "w" })).toMatchObject({
      files: ["../go.work", "../go.work.sum", "../go.mod", "../go.sum", "go.mod", "../x/go.mod"],
    });
    expect(inputsOf("go mod download", files, { base, env: { GOWORK: "off" } })).toMatchObject({
      files: ["go.mod", "go.sum"],
    });
  });

  test("writes the sums that a workspace lacks", () => {
    const whole = { "go.work": "go 1.22\n\nuse .\n", "go.mod": mod(), "go.sum": sum };
    expect(inputsOf("go mod download", whole, { base })).toMatchObject({ writes: [], fetched });
    const files = { ...whole, "go.sum": `${sum}github.com/c/d v1.10.0/go.mod h1:x=\ngithub.com/c/d v1.9.0 h1:x=\n` };
    expect(inputsOf("go mod download", files, { base })).toEqual({
      files: ["go.work", "go.mod", "go.sum"],
      writes: ["go.work.sum"],
      fetched,
    });
  });

  test("writes where variables say", () => {
    const fetchedWith = (env: Readonly<Record<string, string>>) => inputsOf("go mod download", plain, { base, env });
    expect(fetchedWith({ GOMODCACHE: "/modules" })).toMatchObject({ fetched: ["/modules", "~/.config/go/telemetry"] });
    expect(fetchedWith({ GOPATH: "/srv/go:/more" })).toMatchObject({
      fetched: ["/srv/go/pkg", "~/.config/go/telemetry"],
    });
    expect(inputsOf("GOMODCACHE=/modules go mod download", plain, { base })).toMatchObject({
      fetched: ["/modules", "~/.config/go/telemetry"],
    });
  });

  test.each([
    ["a member that is not there", { "go.work": "use ./w\n" }, base, {}],
    ["a replacement outside", { "go.mod": mod("replace a => ../a\n") }, base, {}],
    ["a replacement that is not there", { "go.mod": mod("replace (\n\ta v1.0.0 => ./a\n)\n") }, base, {}],
    ["a go.sum with a gap", { "go.sum": "github.com/x/y v1.0.0 h1:abc=\n" }, base, {}],
    ["a Go that writes go.sum", {}, "golang:1.15-alpine", {}],
    ["another go.mod", {}, base, { GOFLAGS: "-modfile=other.mod" }],
    ["a proxy in the project", {}, base, { GOPROXY: "file:///app/proxy" }],
    ["another workspace", {}, base, { GOWORK: "/go.work" }],
  ])("is blocked by %s", (_, files, on, env) => {
    expect(inputsOf("go mod download", { ...plain, ...files }, { base: on, env })).toHaveProperty("blocked");
  });
});

describe("what is fetched ahead", () => {
  test.each([
    ["go build -o /bin/letters ./cmd/letters", "go mod download"],
    ["CGO_ENABLED=0 GOOS=linux GOARCH=$TARGETARCH go build .", "go mod download"],
    ["GOPROXY=https://proxy.example,direct go install ./...", "go mod download"],
    ["GOFLAGS='-v -trimpath' go test ./...", "go mod download"],
    ["go build -modcacherw ./...", "go mod download -modcacherw"],
    ["go -C /app vet ./...", "go mod download"],
    ["go get -d -v ./...", "go mod download"],
    ["go mod tidy", "go mod download"],
    ["go mod vendor", "go mod download"],
    ["go run -mod=mod .", "go mod download"],
  ])("for %s it is %s", (script, command) => {
    expect(fetchOf(script, plain)).toEqual({ command });
    const invocation = recognise(commandsOf(command)[0]!);
    expect(invocation).toMatchObject({ ecosystem: "go", purpose: "dependencies", action: "mod download" });
  });

  test.each([
    ["nothing is required", "go build", { "go.mod": "module a\n\ngo 1.22\n" }, {}],
    [
      "folders replace all",
      "go build",
      { ...plain, "go.mod": mod("replace github.com/a/b => ./b"), "b/go.mod": "" },
      {},
    ],
    ["there is no module", "go build", { "main.go": "" }, {}],
    ["modules are in vendor", "go build", { ...plain, "vendor/modules.txt": "" }, {}],
    ["the command says vendor", "go build -mod=vendor", plain, {}],
    ["the environment says vendor", "go build", plain, { GOFLAGS: "-mod=vendor" }],
    ["modules are off", "go build", plain, { GO111MODULE: "off" }],
    ["there is no proxy", "go build", plain, { GOPROXY: "off" }],
    ["it is a tool of the system", "go install example.com/words/cmd/say@v1.2.0", plain, {}],
    ["it downloads nothing", "go version", plain, {}],
  ])("is nothing where %s", (_, script, files, env) => {
    expect(fetchOf(script, files, { env })).toBeUndefined();
  });

  test("is not stopped by a vendor folder that is not used", () => {
    expect(fetchOf("go build -mod=mod", { ...plain, "vendor/modules.txt": "" })).toHaveProperty("command");
  });

  test.each([
    ["go.mod above", "go build", { "go.mod": mod(), "cmd/main.go": "" }, { folder: "cmd" }, /go.mod lies above/],
    ["no go.sum", "go build", { "go.mod": mod() }, {}, /no checksum of github.com\/a\/b/],
    ["a go.sum without the content", "go build", { ...plain, "go.sum": sum.split("\n")[1]! }, {}, /no checksum/],
    ["another go.mod", "go build -modfile=other.mod", plain, {}, /-modfile names another file/],
    ["other versions", "go get -u ./...", plain, {}, /may choose other versions/],
    ["new requirements", "go get example.com/words", plain, {}, /adds to go.mod/],
    ["no module to get for", "go get ./...", { "main.go": "" }, {}, /what the sources import/],
    ["a missing member", "go build ./...", { "go.work": "use ./w\n", ...plain }, {}, /no w\/go.mod/],
  ])("is declined for %s", (_, script, files, place, reason) => {
    expect(fetchOf(script, files, place)).toEqual({ blocked: expect.stringMatching(reason) });
  });

  test("is declined for a private module that only tests import", () => {
    const env = { GOPRIVATE: "github.com/a/*,*.corp.example" };
    const source = 'package main\n\nimport _ "github.com/a/b/letters"\n';
    expect(fetchOf("go build", { ...plain, "main.go": source }, { env })).toHaveProperty("command");
    const tested = { ...plain, "main_test.go": source };
    expect(fetchOf("go build", tested, { env })).toEqual({ blocked: expect.stringMatching(/no source but tests/) });
    expect(fetchOf("go test ./...", tested, { env })).toHaveProperty("command");
    expect(fetchOf("go build", tested, { env: { GOPRIVATE: "words.example" } })).toHaveProperty("command");
    const old = { ...plain, "go.mod": mod().replace("1.22", "1.16") };
    expect(fetchOf("go build", old, { env })).toHaveProperty("blocked");
    expect(fetchOf("go build", old)).toHaveProperty("command");
  });
});

describe("a tool by its version", () => {
  test("belongs to the system and leaves the project alone", () => {
    const invocation = invocationOf("go install example.com/words/cmd/say@latest")!;
    expect(invocation.purpose).toBe("system");
    const at = { cwd: "/app", env: new Map<string, string>(), base };
    expect(footprintOf(invocation, at)?.writes).toContain("/go");
    expect(footprintOf(invocation, at)?.writes).not.toContain("/app");
    expect(footprintOf(invocation, { ...at, env: new Map([["GOBIN", "bin"]]) })).toBeUndefined();
    expect(footprintOf(invocation, { ...at, env: new Map([["GOBIN", "/tools"]]) })?.writes).toContain("/tools");
  });
});

test("what it leaves behind is declared", () => {
  expect(cacheOf("/go/pkg/mod/cache/download")).toBe("go");
  expect(cacheOf("/go/pkg/mod/example.com")).toBeUndefined();
  expect(intermediateOf("/home/app/go/pkg/mod/example.com", () => true)).toBe("go");
});

test("what go mod tidy writes is left behind with its module", () => {
  const has = (file: string) => file === "/app/go.mod";
  expect(intermediateOf("/app/go.sum", has)).toBe("go");
  expect(intermediateOf("/other/go.sum", has)).toBeUndefined();
});

describe("what go build makes", () => {
  const files = {
    "go.mod": "module example.com/shop\n",
    "main.go": "package main\n",
    "cmd/stock/main.go": "package main\n",
    "tools/go.mod": "module example.com/tools/v2\n",
    "tools/main.go": "package main\n",
  };
  const made = (script: string, folder = "", others: Readonly<Record<string, string>> = files) => {
    const cwd = folder === "" ? "/app" : `/app/${folder}`;
    return outputsOf(invocationOf(script)!, memoryContext(others), { cwd, env: new Map(), base, folder });
  };

  test("lies in the folder that go is called in, and is named for the module that holds for it", () => {
    expect(made("go build")).toEqual({ outputs: ["shop"] });
    expect(made("go build", "cmd/stock")).toEqual({ outputs: ["cmd/stock/stock"] });
    expect(made("go build -o ../../bin/ .", "cmd/stock")).toEqual({ outputs: ["bin/stock"] });
    expect(made("go build", "tools")).toEqual({ outputs: ["tools/tools"] });
    expect(made("go install example.com/shop/...")).toEqual({ outputs: ["/go/bin/shop", "/go/bin/stock"] });
    expect(made("go build example.com/other")).toMatchObject({ unknown: expect.stringMatching(/not a folder/) });
  });

  test("without a module is named for the folder of the package", () => {
    const without = { "main.go": "package main\n", "cmd/stock/main.go": "package main\n" };
    expect(made("go build", "", without)).toEqual({ outputs: ["app"] });
    expect(made("go build", "cmd/stock", without)).toEqual({ outputs: ["cmd/stock/stock"] });
    const call = invocationOf("go install words.example/outyet/...")!;
    const surroundings = { cwd: "/go", env: new Map(), base, folder: "" };
    expect(outputsOf(call, memoryContext(without), surroundings)).toEqual({
      outputs: ["/go/bin/outyet", "/go/bin/stock"],
    });
  });
});
