import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf, StepTimes } from "../../src/image/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import { compare, THOROUGH } from "../../src/promises/index.ts";
import fetchDependencies from "../../transforms/fetch-dependencies/index.ts";

const MUX = "github.com/gorilla/mux v1.8.1";
const app = {
  "go.mod": `module example.com/letters\n\ngo 1.22\n\nrequire ${MUX}\n`,
  "go.sum": `${MUX} h1:TuBL49tXwgrFYWhqrNgrUNEY92u81SPhu7sTdzQEiWY=\n${MUX}/go.mod h1:AKf9I4AEqPTmMytcMc0KkNouC66V3BtZ4qD5fmWSiMQ=\n`,
  "main.go": "package main\n",
};

function rewritten(file: string, files: Readonly<Record<string, string>> = app) {
  const { after, outcomes } = refit(file, {
    transforms: [fetchDependencies],
    context: memoryContext(files),
    strict: true,
  });
  return { after, codes: outcomes.map(({ code }) => code) };
}

const from = "FROM golang:1.22\nWORKDIR /src\n";
const manifests = "COPY go.mod go.sum ./\n";
const build = "RUN go build -o /bin/server .\n";

test("a build that was measured as fast is not worth a download ahead", () => {
  const file = `${from}COPY . .\n${build}`;
  const after = (seconds: number) => {
    const times = new StepTimes([{ instruction: build.trim(), seconds }]);
    return refit(file, { transforms: [fetchDependencies], context: memoryContext(app), times, strict: true });
  };
  expect(after(30).after).toBe(rewritten(file).after);
  expect(after(30).after).not.toBe(file);
  expect(after(0.4).after).toBe(file);
  expect(after(0.4).outcomes.map(({ message }) => message)).toEqual([
    "the step of `go build -o /bin/server .` takes 0.4 s, too little to gain from it",
  ]);
});

function declines(code: string, file: string) {
  expect(rewritten(file)).toEqual({ after: file, codes: [code] });
}

describe("files that stand in for sources", () => {
  const crate = {
    "Cargo.toml": '[package]\nname = "words"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nitoa = "1"\n',
    "Cargo.lock": `version = 4\n\n[[package]]\nname = "itoa"\nversion = "1.0.11"\nsource = "registry+https://crates.example/index"\nchecksum = "49f1f14873335454500d59611f1cf4a4b0f786f9ac11f4312a78e4cf2566695b"\n\n[[package]]\nname = "words"\nversion = "0.1.0"\ndependencies = [\n "itoa",\n]\n`,
    "src/main.rs": "fn main() {}\n",
  };
  const file = (before: string) => `FROM rust:1.85\n${before}COPY . .\nRUN cargo build --release\n`;

  test("need a user who may write in the project's folder", () => {
    expect(rewritten(file("USER builder\nWORKDIR /home/builder/words\n"), crate).codes).toEqual(["applied"]);
    const unknown = file("USER builder\nWORKDIR /home/builder/words\nRUN sdk-fetch hashes\n");
    expect(rewritten(unknown, crate)).toEqual({ after: unknown, codes: ["user"] });
  });

  test("a CARGO_HOME that COPY writes into", () => {
    const text = file("WORKDIR /app\nENV CARGO_HOME=/app/.cargo\n");
    expect(rewritten(text, { ...crate, ".cargo/registry/CACHEDIR.TAG": "" })).toEqual({
      after: text,
      codes: ["overwrites"],
    });
  });
});

describe("what is put before the sources", () => {
  test("runs in the folder of the command, as it is called", () => {
    const files = Object.fromEntries(Object.entries(app).map(([path, text]) => [`api/${path}`, text]));
    expect(rewritten(`${from}COPY . .\nRUN cd api && GOFLAGS=-trimpath go build .\n`, files).after).toBe(
      `${from}COPY api/go.mod api/go.sum ./api/\nRUN cd /src/api && GOFLAGS=-trimpath go mod download\nCOPY . .\nRUN cd api && GOFLAGS=-trimpath go build .\n`,
    );
  });

  test("works in a folder by an argument with a default above all stages", () => {
    const start = "ARG dir=/src\nFROM golang:1.22\nARG dir\nWORKDIR ${dir}\n";
    expect(rewritten(`${start}COPY . .\n${build}`).after).toBe(
      `${start}${manifests}RUN go mod download\nCOPY . .\n${build}`,
    );
  });

  test("has the options and the secrets of the RUN, and no cache that holds something else", () => {
    const run = "RUN --network=host --mount=type=ssh --mount=type=cache,target=/root/.cache/go-build go build .\n";
    expect(rewritten(`${from}COPY . .\n${run}`).after).toBe(
      `${from}${manifests}RUN --network=host --mount=type=ssh go mod download\nCOPY . .\n${run}`,
    );
  });

  test("has the variables that are set behind the COPY", () => {
    const rest = `COPY . .\nENV GOFLAGS="-mod=mod -x" CGO_ENABLED=0\n${build}`;
    expect(rewritten(`${from}${rest}`).after).toBe(
      `${from}${manifests}RUN GOFLAGS='-mod=mod -x' CGO_ENABLED=0 go mod download\n${rest}`,
    );
  });

  test("stands before the first COPY of sources, and names manifests that come later", () => {
    const rest = `COPY cmd ./cmd\n${manifests}${build}`;
    expect(rewritten(`${from}${rest}`, { ...app, "cmd/a.go": "" }).after).toBe(
      `${from}${manifests}RUN go mod download\n${rest}`,
    );
    const ready = `${from}${manifests}COPY cmd ./cmd\n${build}`;
    expect(rewritten(ready, { ...app, "cmd/a.go": "" }).after).toBe(
      ready.replace("COPY cmd", "RUN go mod download\nCOPY cmd"),
    );
  });

  test("is there once for each project", () => {
    const files = Object.fromEntries(
      ["api", "web"].flatMap((name) => Object.entries(app).map(([path, text]) => [`${name}/${path}`, text])),
    );
    const { after } = rewritten(`${from}COPY . .\nRUN cd api && go build .\nRUN cd web && go build .\n`, files);
    expect(after.match(/go mod download/g)).toHaveLength(2);
    expect(after.indexOf("COPY . .")).toBeGreaterThan(after.lastIndexOf("go mod download"));
  });

  test("stays as it is in a second run", () => {
    const { after } = rewritten(`${from}COPY . .\n${build}`);
    expect(rewritten(after)).toEqual({ after, codes: [] });
  });
});

describe("what is in the way", () => {
  test.each([
    ["run-between", `COPY . .\nRUN apt-get update && apt-get install -y git\n${build}`],
    ["run-between", `COPY . .\nRUN go env -w GOPROXY=direct\n${build}`],
    ["run-between", `COPY . .\nRUN echo machine > /root/.netrc\n${build}`],
    ["run-between", `COPY . .\nRUN cp settings /root/.netrc\n${build}`],
    ["run-between", "COPY . .\nRUN git config --global url.a.insteadOf b && go build .\n"],
    ["run-between", `COPY . .\nRUN ["./setup"]\n${build}`],
    ["copy-between", `COPY . .\nCOPY main.go /etc/settings\n${build}`],
    ["copy-between", `COPY . .\nCOPY --from=tools /go /usr/local/go\n${build}`],
    ["user-between", `COPY . .\nUSER 1000\n${build}`],
    ["shell-between", `COPY . .\nSHELL ["/bin/bash", "-c"]\n${build}`],
    ["variable-between", `COPY . .\nARG GOPROXY\n${build}`],
    ["variable-between", `COPY . .\nENV PATH=/opt/bin:$PATH\n${build}`],
    ["mount", "COPY . .\nRUN --mount=type=bind,target=/other go build .\n"],
    ["cache-mount", "COPY . .\nRUN --mount=type=cache,target=/go/pkg/mod go build .\n"],
    ["conditional", "COPY . .\nRUN test -f Makefile || go build .\n"],
    ["copy-flag", `COPY --parents . .\n${build}`],
    ["cleans-later", "COPY . .\nRUN go build . && go clean -modcache\n"],
    ["cleans-later", "COPY . .\nRUN go build . && rm -rf $HOME/go\n"],
    ["unusual-call", 'COPY . .\nRUN VERSION="$(git describe)" go build .\n'],
  ])("%s: %s", (code, rest) => {
    declines(code, from + rest);
  });

  test.each([
    "RUN ln -sf settings.example config/settings",
    "RUN rm -rf docs",
    "RUN addgroup -S app && adduser -S app -G app",
    "USER root\nRUN chmod -R 755 /src",
  ])("what changes sources and accounts is none: %s", (between) => {
    expect(rewritten(`${from.replace("WORKDIR", "USER root\nWORKDIR")}COPY . .\n${between}\n${build}`).codes).toEqual([
      "applied",
    ]);
  });

  test("a step that may bring a manifest is in the way", () => {
    for (const between of ["RUN cp ci/go.work .", "RUN rm -rf /src", "RUN mv api/go.mod ."])
      declines("run-between", `${from}COPY . .\n${between}\n${build}`);
  });

  test("an argument that names the build is none, unless a manifest names it", () => {
    expect(rewritten(`${from}COPY . .\nARG COMMIT\n${build}`).codes).toEqual(["applied"]);
    const files = { ...app, "go.mod": `${app["go.mod"]}// COMMIT\n` };
    expect(rewritten(`${from}COPY . .\nARG COMMIT\n${build}`, files).codes).toEqual(["variable-between"]);
  });

  test("what only a builder deletes is none", () => {
    const file = `FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /server . && rm -rf /go/pkg\nFROM scratch\nCOPY --from=build /server /server\n`;
    expect(rewritten(file).codes).toEqual(["applied"]);
  });

  test("a stage that it stands on has downloaded already", () => {
    const file = `FROM golang:1.22 AS modules\nWORKDIR /src\n${manifests}RUN go mod download\nFROM modules\nCOPY . .\n${build}`;
    expect(rewritten(file)).toEqual({ after: file, codes: [] });
  });
});

describe("a download ahead, on the model", () => {
  const verdict = (before: string, after: string) => {
    const [old, now] = [before, after].map((text) =>
      factsOf(parseDockerfile(`${from}${text}`), { context: memoryContext(app) }),
    );
    return compare(old!, now!, "same-image-less-caches", THOROUGH).kind;
  };
  const ahead = `${manifests}RUN go mod download\n`;

  test("is seen by no later command of its ecosystem", () => {
    expect(verdict(`COPY . .\n${build}`, `${ahead}COPY . .\n${build}`)).toBe("kept");
  });

  test.each([
    ["another command between", `COPY . .\nRUN ./list-modules\n${build}`],
    ["a command that lists it", `COPY . .\nRUN ls -R /go/pkg > /list\n${build}`],
    ["no command of its ecosystem behind it", "COPY . .\nRUN ./build\n"],
    ["no command behind it", "COPY . .\n"],
  ])("is a difference with %s", (_, rest) => {
    expect(verdict(rest, ahead + rest)).toBe("broken");
  });

  test("does more than download where it writes into the project", () => {
    const rest = `COPY . .\n${build}`;
    expect(verdict(rest, `${manifests}RUN go mod vendor\n${rest}`)).toBe("broken");
    expect(verdict(rest, `${manifests}RUN go mod download && touch /src/done\n${rest}`)).toBe("broken");
  });
});
