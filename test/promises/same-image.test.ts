/** The table of rewrites that break an image, and of those that don't: the proof that the model can tell them apart. */
import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf, type Resolution } from "../../src/image/index.ts";
import { compare, THOROUGH } from "../../src/promises/index.ts";

interface Rewrite {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly digests?: Readonly<Record<string, string>>;
}

function verdict({ before, after, context, digests = {} }: Rewrite) {
  const resolutions = new Map<string, Resolution>(Object.entries(digests).map(([name, digest]) => [name, { digest }]));
  const [old, now] = [before, after].map((text) => {
    const dockerfile = parseDockerfile(`${text}\n`);
    expect(dockerfile.problems).toEqual([]);
    return factsOf(dockerfile, { context: context && memoryContext(context), digests: resolutions });
  });
  return compare(old!, now!, "same-image", THOROUGH);
}

/** Two scripts in one RUN each, and both in one. */
function merged(name: string, first: string, second: string, script: string, base = "debian:12"): Rewrite {
  return { name, before: `FROM ${base}\nRUN ${first}\nRUN ${second}`, after: `FROM ${base}\nRUN ${script}` };
}

function heredoc(lines: readonly string[]): string {
  return `<<EOF\n${lines.join("\n")}\nEOF`;
}

const HEX = "a".repeat(64);
const OTHER = "b".repeat(64);

/** The scripts of 2c, and what else escapes: first, second, broken with `&&`, broken with a heredoc under `set -e`. */
const ESCAPES: readonly [string, string, "broken" | "kept", "broken" | "kept"][] = [
  ["cd src", "touch made", "broken", "broken"],
  ["cd src", "make", "broken", "broken"],
  ["export FOO=x", 'echo "[$FOO]" >f', "broken", "broken"],
  ["export FOO=x", "make", "broken", "broken"],
  ["umask 077", "touch f", "broken", "broken"],
  ["umask 077", "make", "broken", "broken"],
  ["set -u; true", 'echo "$UNSET_SOMEWHERE" > f', "broken", "broken"],
  ["false; echo a >a", "echo b >b", "kept", "broken"],
  ["test -e n || exit 0", "echo b >b", "broken", "broken"],
  ["echo a >a; exit 0", "echo b >b", "broken", "broken"],
  ["exec touch a", "touch b", "broken", "broken"],
  ["touch a &", "touch b", "broken", "broken"],
  ["ls() { echo mine; }; true", "ls >f", "broken", "broken"],
  ["exec >log; echo a", "echo b", "broken", "broken"],
  ["trap 'touch c' EXIT", "test -e c", "broken", "broken"],
  ["IFS=:; true", 'v=a:b; for i in $v; do echo "$i" >> f; done', "broken", "broken"],
  ["set -e; false || true", "false; touch f", "broken", "broken"],
  ["set -f; true", "echo *.c >f", "broken", "broken"],
  ["alias ls=true", "ls", "broken", "broken"],
  ["ulimit -n 5", "make", "broken", "broken"],
  [". ./env", "make", "broken", "broken"],
  ["service mysql start", "mysql -e x", "broken", "broken"],
  ["make || true", "make install", "kept", "kept"],
  ["a; b", "c", "kept", "broken"],
  ["a || b", "c", "kept", "kept"],
  ["touch a", "touch b", "kept", "kept"],
  ["make", "make install", "kept", "kept"],
  ["echo a >a.txt", "echo *.txt >list", "kept", "kept"],
  ["if test -e a; then touch b; fi", "touch c", "kept", "kept"],
  ["(cd src && make)", "make install", "kept", "kept"],
  ["for f in a b; do touch $f; done", "touch c", "kept", "broken"],
  ["x=1; touch $x", "touch b", "kept", "kept"],
];

describe("two RUNs against one", () => {
  for (const [first, second, naive, underSetE] of ESCAPES) {
    test(`2c: \`${first}\`, then \`${second}\`, joined by &&: ${naive}`, () => {
      expect(
        verdict(merged("", first, second, `${first.endsWith("&") ? `{ ${first} }` : first} && ${second}`)).kind,
      ).toBe(naive);
    });
    test(`2c: \`${first}\`, then \`${second}\`, as lines under set -e: ${underSetE}`, () => {
      const script = heredoc(["set -e", first, second]);
      expect(verdict(merged("", first, second, script)).kind).toBe(underSetE);
    });
  }
});

const UNDER_ROOT = "FROM debian:12\nWORKDIR /srv";

const BROKEN: readonly Rewrite[] = [
  {
    name: "a file that may not come to be is another one, and a pattern tells whether it is there",
    before:
      "FROM debian:12\nRUN mkdir /parts && (curl -o /parts/one https://example.org/a || true)\nRUN echo /parts/* >/list && rm -f /parts/one",
    after:
      "FROM debian:12\nRUN mkdir /parts && (curl -o /parts/one https://example.org/b || true)\nRUN echo /parts/* >/list && rm -f /parts/one",
  },
  {
    name: "K3: two ENVs in one, the second of which reads the first",
    before: "FROM debian:12\nENV A=1\nENV B=$A",
    after: "FROM debian:12\nENV A=1 B=$A",
  },
  { name: "K1: a tag on scratch", before: "FROM scratch\nCOPY a /a", after: "FROM scratch:latest\nCOPY a /a" },
  {
    name: "K2: a tag on a stage's name",
    before: "FROM debian:12 AS base\nFROM base",
    after: "FROM debian:12 AS base\nFROM base:latest",
  },
  {
    name: "T3: --network is lost",
    before: "FROM debian:12\nRUN --network=none make",
    after: "FROM debian:12\nRUN make",
  },
  {
    name: "T6: CMD moves past SHELL",
    before: 'FROM debian:12\nCMD echo $0\nSHELL ["/bin/bash","-c"]',
    after: 'FROM debian:12\nSHELL ["/bin/bash","-c"]\nCMD echo $0',
  },
  {
    name: "T6: STOPSIGNAL moves past ENV",
    before: "FROM debian:12\nENV SIG=TERM\nSTOPSIGNAL $SIG\nENV SIG=INT",
    after: "FROM debian:12\nENV SIG=TERM\nENV SIG=INT\nSTOPSIGNAL $SIG",
  },
  {
    name: "T7: ADD of an archive becomes COPY",
    before: "FROM debian:12\nADD app.tar.gz requirements.txt /app/",
    after: "FROM debian:12\nCOPY app.tar.gz requirements.txt /app/",
  },
  {
    name: "T7: the same with its context",
    before: "FROM debian:12\nADD app.tar.gz requirements.txt /app/",
    after: "FROM debian:12\nCOPY app.tar.gz requirements.txt /app/",
    context: { "app.tar.gz": "", "requirements.txt": "" },
  },
  {
    name: "T8: a chmod of a folder becomes COPY --chmod",
    before: "FROM debian:12\nCOPY bin /opt/bin\nRUN chmod 755 /opt/bin",
    after: "FROM debian:12\nCOPY --chmod=755 bin /opt/bin",
    context: { "bin/run": "" },
  },
  {
    name: "T9: COPY gets --chown",
    before: "FROM debian:12\nUSER app\nCOPY . /app",
    after: "FROM debian:12\nUSER app\nCOPY --chown=app . /app",
  },
  {
    name: "T12: an echo becomes an expanding heredoc",
    before: "FROM debian:12\nRUN echo 'export PATH=$PATH:/x' > /etc/profile.d/x.sh",
    after: "FROM debian:12\nCOPY <<EOF /etc/profile.d/x.sh\nexport PATH=$PATH:/x\nEOF",
  },
  { name: "T17: cd becomes WORKDIR", before: "FROM debian:12\nRUN cd /app", after: "FROM debian:12\nWORKDIR /app" },
  {
    name: "D5: an ENV that is set again is deleted",
    before: "FROM debian:12\nENV A=1\nRUN echo $A>/one\nENV A=2",
    after: "FROM debian:12\nRUN echo $A>/one\nENV A=2",
  },
  {
    name: "D6: a RUN that comes twice is deleted",
    before: "FROM debian:12\nRUN ./step.sh\nRUN ./other.sh\nRUN ./step.sh",
    after: "FROM debian:12\nRUN ./step.sh\nRUN ./other.sh",
  },
  {
    name: "D8: cd becomes WORKDIR before COPY and CMD",
    before: 'FROM debian:12\nRUN cd /srv && make\nCOPY app.conf .\nCMD ["./run"]',
    after: 'FROM debian:12\nWORKDIR /srv\nRUN make\nCOPY app.conf .\nCMD ["./run"]',
  },
  {
    name: "D14: flags in the middle of a joined RUN",
    before: "FROM node:20\nRUN --mount=type=cache,target=/root/.npm npm i\nRUN --network=none t",
    after: "FROM node:20\nRUN --mount=type=cache,target=/root/.npm npm i && t",
  },
  {
    name: "D17: a USER appears",
    before: 'FROM debian:12\nENTRYPOINT ["/srv/httpd"]',
    after: 'FROM debian:12\nUSER nobody\nENTRYPOINT ["/srv/httpd"]',
  },
  {
    name: "O1: CMD loses its shell",
    before: "FROM debian:12\nCMD java $OPTS -jar a.jar",
    after: 'FROM debian:12\nCMD ["java","$OPTS","-jar","a.jar"]',
  },
  {
    name: "P1: --platform is lost",
    before: "FROM --platform=$BUILDPLATFORM golang:1.22 AS b",
    after: "FROM golang:1.22 AS b",
  },
  {
    name: "P3: the syntax directive is lost",
    before: "# syntax=docker/dockerfile:1\nFROM debian:12",
    after: "FROM debian:12",
  },
  {
    name: "P5: package lists go before the next install",
    before: "FROM debian:12\nRUN apt-get update\nRUN apt-get install git",
    after: "FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\nRUN apt-get install git",
  },
  { name: "S1: another base image", before: "FROM nginx:1.25", after: "FROM node:alpine" },
  {
    name: "X1: a digest freezes an argument",
    before: "ARG V=20\nFROM node:${V}",
    after: `ARG V=20\nFROM node:20@sha256:${HEX}`,
    digests: { "node:20": `sha256:${HEX}` },
  },
  {
    name: "X2: a digest of another tag",
    before: "FROM node:20",
    after: `FROM node:20@sha256:${OTHER}`,
    digests: { "node:20": `sha256:${HEX}` },
  },
  {
    name: "X3: a digest in a shared argument",
    before: "ARG A=3.22\nFROM alpine:${A} AS one\nFROM node:20-alpine${A}",
    after: `ARG A=3.22@sha256:${HEX}\nFROM alpine:\${A} AS one\nFROM node:20-alpine\${A}`,
    digests: { "alpine:3.22": `sha256:${HEX}` },
  },
  {
    name: "R1: sources come after an install that runs their scripts",
    before: "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN ./install.sh",
    after: "FROM node:20\nWORKDIR /app\nCOPY package.json ./\nRUN ./install.sh\nCOPY . .",
    context: { "package.json": "{}", "install.sh": "" },
  },
  {
    name: "R6: a manifest that is not in the context",
    before: "FROM node:20\nWORKDIR /app\nCOPY . .",
    after: "FROM node:20\nWORKDIR /app\nCOPY yarn.lock ./\nCOPY . .",
    context: { "package.json": "{}" },
  },
  {
    name: "R11: a folder's content becomes the folder",
    before: "FROM debian:12\nCOPY src /app",
    after: "FROM debian:12\nCOPY src/ /app/src",
    context: { "src/a": "" },
  },
  {
    name: "M7: a stage is put before COPY --from=0",
    before: "FROM debian:12\nFROM alpine\nCOPY --from=0 /etc /etc0",
    after: "FROM golang:1\nFROM alpine\nCOPY --from=0 /etc /etc0",
  },
  {
    name: "M11: a stage loses its ARG",
    before: "ARG V=1\nFROM debian:12\nARG V\nRUN make $V",
    after: "ARG V=1\nFROM debian:12\nRUN make $V",
  },
  {
    name: "a tmpfs is shared by two RUNs",
    before:
      "FROM debian:12\nRUN --mount=type=tmpfs,target=/t touch /t/a\nRUN --mount=type=tmpfs,target=/t test ! -e /t/a && touch /b",
    after: "FROM debian:12\nRUN --mount=type=tmpfs,target=/t touch /t/a && test ! -e /t/a && touch /b",
  },
  {
    name: "an ARG declared between two RUNs reaches both",
    before: "FROM debian:12\nRUN a\nARG X=1\nRUN b",
    after: "FROM debian:12\nARG X=1\nRUN a && b",
  },
  {
    name: "a USER between two RUNs is lost",
    before: "FROM debian:12\nRUN a\nUSER app\nRUN b",
    after: "FROM debian:12\nUSER app\nRUN a && b",
  },
  { name: "a prefix assignment is dropped", before: "FROM debian:12\nRUN A=1 make", after: "FROM debian:12\nRUN make" },
  {
    name: "ENTRYPOINT moves over a CMD that came from the base",
    before: "FROM debian:12 AS a\nCMD x\nFROM a\nENTRYPOINT y",
    after: "FROM debian:12 AS a\nCMD x\nFROM a\nENTRYPOINT y\nCMD x",
  },
  {
    name: "a trigger of ONBUILD is lost",
    before: "FROM debian:12 AS a\nONBUILD RUN make\nFROM a",
    after: "FROM debian:12 AS a\nONBUILD RUN true\nFROM a",
  },
];

const KEPT: readonly Rewrite[] = [
  merged("a glob is written, then read", "echo a > a.txt", "echo *.txt > list", "echo a > a.txt && echo *.txt > list"),
  merged("a failure is ignored", "a || true", "b", "(a || true) && b"),
  merged("a subshell holds back cd", "cd src", "touch made", "(cd src) && touch made"),
  merged("a subshell holds back export", "export A=1", "make", "(export A=1) && make"),
  merged("a subshell holds back exit", "test -e n || exit 0", "echo b > b", "(test -e n || exit 0) && echo b > b"),
  merged(
    "a subshell holds back a trap, which runs at its end",
    "trap 'touch /c' EXIT",
    "test -e /c",
    "(trap 'touch /c' EXIT) && test -e /c",
  ),
  merged("a subshell holds back umask", "umask 077; touch /a", "touch /f", "(umask 077; touch /a) && touch /f"),
  merged("a subshell holds back exec", "exec touch /a", "touch /b", "(exec touch /a) && touch /b"),
  {
    name: "LABEL and CMD move over a RUN",
    before: "FROM debian:12\nRUN a\nLABEL x=1\nCMD y\nRUN b",
    after: "FROM debian:12\nRUN a && b\nLABEL x=1\nCMD y",
  },
  {
    name: "comments go, spaces change, keywords change their case",
    before: "FROM debian:12\n# a\nRUN a  &&  b",
    after: "from debian:12\nrun a && b",
  },
  {
    name: "a digest that the tag stands for",
    before: "FROM node:20 AS b\nCOPY --from=alpine:3 /a /a",
    after: `FROM node:20@sha256:${HEX} AS b\nCOPY --from=alpine:3@sha256:${OTHER} /a /a`,
    digests: { "node:20": `sha256:${HEX}`, "alpine:3": `sha256:${OTHER}` },
  },
  {
    name: "a digest in the default of an argument, which can still be given",
    before: "ARG IMAGE=node:20\nFROM ${IMAGE}",
    after: `ARG IMAGE=node:20@sha256:${HEX}\nFROM \${IMAGE}`,
    digests: { "node:20": `sha256:${HEX}` },
  },
  {
    name: "manifests are copied first, and an unknown command stays behind the rest",
    before: `${UNDER_ROOT}\nCOPY . .\nRUN make`,
    after: `${UNDER_ROOT}\nCOPY package.json ./\nCOPY . .\nRUN make`,
    context: { "package.json": "{}", "src/a.js": "" },
  },
  {
    name: "npm ci sees the manifests alone",
    before: `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build`,
    after: `FROM node:20\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build`,
    context: { "package.json": "{}", "package-lock.json": "{}", "src/a.js": "", ".dockerignore": "node_modules" },
  },
  {
    name: "a cache mount is shared by two RUNs",
    before:
      "FROM debian:12\nRUN --mount=type=cache,target=/c touch /c/a\nRUN --mount=type=cache,target=/c test -e /c/a && touch /b",
    after: "FROM debian:12\nRUN --mount=type=cache,target=/c touch /c/a && test -e /c/a && touch /b",
  },
  {
    name: "a heredoc instead of &&, under set -e",
    before: "FROM debian:12\nRUN a && b",
    after: `FROM debian:12\nRUN ${heredoc(["set -e", "a", "b"])}`,
  },
];

describe("known rewrites", () => {
  for (const rewrite of BROKEN) test(`broken: ${rewrite.name}`, () => expect(verdict(rewrite).kind).toBe("broken"));
  for (const rewrite of KEPT) test(`kept: ${rewrite.name}`, () => expect(verdict(rewrite)).toEqual({ kind: "kept" }));
});
