import { expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";

function factsFrom(...lines: readonly string[]) {
  return factsOf(parseDockerfile(`${lines.join("\n")}\n`));
}

function envAfter(...lines: readonly string[]) {
  return Object.fromEntries(factsFrom(...lines).stages.at(-1)!.after.env);
}

test("ENV expands all its values with what was in force before it", () => {
  expect(envAfter("FROM debian", "ENV A=1", "ENV A=2 B=$A")).toEqual({ A: "2", B: "1" });
});

test("ENV beats an ARG before it; what one behind it does depends on the builder", () => {
  expect(envAfter("FROM debian", "ARG A=arg", "ENV A=env")).toEqual({ A: "env" });
  expect(envAfter("FROM debian", "ENV A=env", "ARG A=arg")).toEqual({ A: undefined });
});

test("a global ARG reaches a stage only where the stage declares it", () => {
  expect(envAfter("ARG V=1 W=2", "FROM scratch", "ARG V", "ENV SEEN=$V$W")).toEqual({ V: "1", SEEN: "1" });
});

test("Go's official images set GOPATH, where it is assumed in which folder images work", () => {
  const cwd = (lines: readonly string[], workdir?: string) =>
    factsOf(parseDockerfile(lines.join("\n")), { workdir }).stages[0]!.after.cwd;
  expect(cwd(["FROM golang:1.22", "WORKDIR $GOPATH/src"], "/app")).toBe("/go/src");
  expect(cwd(["FROM golang:1.22", "ARG GOPATH=/elsewhere", "WORKDIR $GOPATH/src"], "/app")).toBeUndefined();
  expect(cwd(["FROM golang:1.22", "WORKDIR $GOPATH/src"])).toBeUndefined();
  expect(cwd(["FROM acme/golang:1.22", "WORKDIR $GOPATH/src"], "/app")).toBeUndefined();
});

test("a variable that only the base image can have is unknown, and none at all on scratch", () => {
  expect(envAfter("FROM debian", "ENV P=$PATH:/x")).toEqual({ P: undefined });
  expect(envAfter("FROM scratch", "ENV P=$ELSEWHERE:/x")).toEqual({ P: ":/x" });
});

test("a stage based on another inherits its variables, directory, user and shell", () => {
  const { stages } = factsFrom(
    "FROM node:20-alpine AS Base",
    "ENV A=1",
    "WORKDIR /srv",
    "WORKDIR app",
    "USER node",
    'SHELL ["/bin/bash", "-eo", "pipefail", "-c"]',
    "FROM base",
    "RUN true",
  );
  const { before } = stages[1]!.steps[0]!;
  expect(stages[1]!.base).toEqual({ kind: "stage", index: 0 });
  expect([before.cwd, before.user, before.shell.dialect]).toEqual(["/srv/app", "node", "bash"]);
  expect(before.shell.options).toMatchObject({ errexit: true, pipefail: true });
  expect(before.env.get("A")).toBe("1");
});

test("the dialect of /bin/sh follows the image at the end of a chain of stages", () => {
  const { stages } = factsFrom("FROM alpine AS a", "FROM a AS b", "FROM b", "RUN true");
  expect(stages[2]!.steps[0]!.before.shell.dialect).toBe("ash");
});

test("a FROM whose argument has no default has no known reference", () => {
  expect(factsFrom("ARG V", "FROM node:$V").stages[0]!.base).toEqual({ kind: "image", reference: undefined });
  expect(factsFrom("ARG V=20", "FROM node:$V").stages[0]!.base).toEqual({ kind: "image", reference: "node:20" });
});

test("triggers of ONBUILD change the state of a stage built on theirs", () => {
  const { stages } = factsFrom("FROM debian AS a", "ONBUILD ENV A=1", "FROM a", "RUN true");
  expect(stages[0]!.after.env.has("A")).toBe(false);
  expect(stages[1]!.steps[0]!.before.env.get("A")).toBe("1");
});

test("a RUN's script is its text, or the body of its only heredoc, leading tabs cut for <<-", () => {
  const { stages } = factsFrom(
    "FROM debian",
    "RUN <<EOF",
    "npm ci",
    "EOF",
    "RUN <<-EOF",
    "\t\tnpm ci",
    "\tEOF",
    'RUN ["npm", "ci"]',
  );
  expect(stages[0]!.steps.map((step) => step.script?.source.text)).toEqual(["npm ci\n", "npm ci\n", undefined]);
  expect(stages[0]!.steps.map((step) => step.invocations.length)).toEqual([1, 1, 0]);
});

test("a heredoc with a shebang is no script of the shell", () => {
  expect(
    factsFrom("FROM debian", "RUN <<EOF", "#!/usr/bin/python3", "x", "EOF").stages[0]!.steps[0]!.script,
  ).toBeUndefined();
});

test("ten thousand instructions that each set a variable take linear time and memory", () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `ENV V${index}=$V${index - 1}x`.replace("$V-1x", "x"));
  const { stages } = factsFrom(
    "FROM scratch",
    ...lines.slice(0, 200),
    ...lines.slice(200).map((line) => line.replace(/=.*/, "=x")),
  );
  const { steps } = stages[0]!;
  expect(steps[5_000]!.before.env.get("V4999")).toBe("x");
  expect(steps[5_000]!.before.env.get("V5000")).toBeUndefined();
});

test("fixed variables are those of ENV that no build argument and no unknown image has a say in", () => {
  const fixedIn = (...lines: readonly string[]) => {
    const { fixed } = factsFrom(...lines, "RUN true")
      .stages.at(-1)!
      .steps.at(-1)!;
    return Object.fromEntries([...fixed].filter(([, value]) => value !== undefined));
  };
  expect(fixedIn("FROM debian", "ENV A=/srv B=$A/x", "ENV C=$A/x")).toEqual({ A: "/srv", C: "/srv/x" });
  expect(fixedIn("FROM debian", "ARG A=1", "ENV B=$A C=2 D=3", "ARG D")).toEqual({ C: "2" });
  expect(fixedIn("FROM debian", "ENV A=1", "ENV A=$A:$PATH")).toEqual({});
  expect(fixedIn("FROM debian AS one", "ENV A=1 B=1", "ONBUILD ENV B=2", "FROM one")).toEqual({ A: "1", B: "2" });
  expect(fixedIn("FROM golang:1.22")).toEqual({ GOPATH: "/go" });
});

test("a script knows what fixed variables hold", () => {
  const words = (...lines: readonly string[]) =>
    factsFrom("FROM debian", ...lines)
      .stages[0]!.steps.at(-1)!
      .script!.commands.map(({ words }) => words.map(({ literal }) => literal));
  expect(words("ENV APP=/srv/app", "RUN cd $APP && mkdir ${APP}/log")).toEqual([
    ["cd", "/srv/app"],
    ["mkdir", "/srv/app/log"],
  ]);
  expect(words("ARG APP=/srv/app", "RUN cd $APP")).toEqual([["cd", undefined]]);
  expect(words("ENV APP=/srv/app", "RUN <<EOF", "cd $APP", "EOF")).toEqual([["cd", "/srv/app"]]);
});
