/**
 * The catalogue of how optimizers break Dockerfiles. An entry that one transform could commit has its test beside that transform;
 * the rest are here: the whole pipeline runs over the entry's minimal file, and the line that rivals break is still there.
 * The last test holds that no entry of the catalogue is forgotten.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { memoryContext } from "../src/context/index.ts";
import { refit } from "../src/pipeline/index.ts";
import { transforms } from "../transforms/index.ts";

interface Entry {
  readonly id: string;
  readonly says: string;
  readonly file: string;
  /** Lines of the result; without these and `becomes` the file must come back byte for byte. */
  readonly keeps?: readonly string[];
  /** The whole result, where other steps may change it in a right way. */
  readonly becomes?: string;
}

const entries: readonly Entry[] = [
  {
    id: "T1",
    says: "no pipefail is put into a script for /bin/sh",
    file: "FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y curl && curl -fsSL u | bash\n",
  },
  {
    id: "T2",
    says: "a link over /bin/sh stays a link",
    file: 'FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\nSHELL ["/bin/bash","-c"]\nRUN echo hi\n',
  },
  {
    id: "T6",
    says: "CMD, HEALTHCHECK and STOPSIGNAL stay before the SHELL and ENV that follow them",
    file: 'FROM debian:12\nCMD echo $0\nHEALTHCHECK CMD echo $0\nSHELL ["/bin/bash","-c"]\nARG SIG=TERM\nSTOPSIGNAL $SIG\nENV SIG=INT\n',
  },
  {
    id: "T7",
    says: "ADD stays ADD",
    file: "FROM debian:12\nARG SRC=a.tar.gz\nADD app.tar.gz requirements.txt /app/\nADD https://x.example/y cfg.json /d/\nADD ${SRC} /opt/\n",
  },
  {
    id: "T8",
    says: "a chmod after COPY stays a RUN",
    file: "FROM debian:12\nCOPY bin /opt/bin\nRUN chmod 755 /opt/bin\n",
  },
  { id: "T9", says: "COPY gets no --chown from USER", file: "FROM debian:12\nUSER app\nCOPY . /app\n" },
  { id: "T10", says: "apt stays apt", file: "FROM debian:12\nRUN apt upgrade -y\n" },
  { id: "T11", says: "no SHELL appears", file: "FROM alpine\nRUN cat f | grep x\n" },
  {
    id: "T12",
    says: "an echo into a file stays a RUN",
    file: "FROM debian:12\nRUN echo 'export PATH=$PATH:/x' > /etc/profile.d/x.sh\n",
  },
  {
    id: "T15",
    says: "no ENV appears",
    file: "FROM debian:12\nRUN curl -fsSL https://x.example/i.sh -o /i.sh\n",
  },
  {
    id: "T16",
    says: "package lists are cleaned where they were, and no mount appears",
    file: "FROM debian:12\nRUN apt-get update && apt-get install -y git && apt-get clean && rm -rf /var/lib/apt/lists/*\n",
  },
  { id: "T17", says: "cd does not become WORKDIR", file: "FROM debian:12\nRUN cd /app\nCOPY . .\n" },
  { id: "D3", says: "sudo -u keeps its user", file: "FROM debian:12\nRUN sudo -u app make install\n" },
  {
    id: "D4",
    says: "CMD keeps its shell form",
    file: 'FROM debian:12\nSHELL ["/bin/bash","-c"]\nCMD npm start && echo ${X:0:2}\n',
  },
  {
    id: "D5",
    says: "both ENVs stay, in their places",
    file: "FROM debian:12\nENV A=1\nRUN echo $A>/one\nENV A=2\n",
  },
  { id: "D7", says: "ADD of an address stays", file: "FROM debian:12\nADD https://x.example/pkg.tar.gz /opt/\n" },
  {
    id: "D8",
    says: "cd before a COPY does not become WORKDIR",
    file: 'FROM debian:12\nRUN cd /srv && make\nCOPY app.conf .\nCMD ["./run"]\n',
  },
  { id: "D9", says: "go build keeps its environment", file: "FROM golang:1.22\nRUN go build -o /app ./cmd\n" },
  { id: "D10", says: "curl keeps -k", file: "FROM debian:12\nRUN curl -k https://internal.example/x -o /x\n" },
  { id: "D11", says: "modes stay as written", file: "FROM debian:12\nRUN chmod 777 /d\n" },
  { id: "D12", says: "upgrades stay", file: "FROM debian:12\nRUN apt-get upgrade -y\n" },
  {
    id: "D13",
    says: "no set -o pipefail goes into /bin/sh",
    file: "FROM debian:12\nRUN curl -fsSL https://x.example/i | tar x\n",
  },
  { id: "D15", says: "npm install stays npm install", file: "FROM node:20\nRUN npm install\n" },
  // The word is the catalogue's: rivals delete the comments that hold it, so it is what must stay.
  { id: "D16", says: "a TODO comment stays", file: "FROM debian:12\n# TODO: pin\nCOPY a /a\n" },
  {
    id: "D17",
    says: "no USER appears",
    file: 'FROM debian:12\nEXPOSE 80\nENTRYPOINT ["/srv/httpd"]\n',
  },
  { id: "K3", says: "ENVs that refer to each other stay apart", file: "FROM debian:12\nENV A=1\nENV B=$A\n" },
  { id: "K4", says: "ADD of archives stays", file: "FROM debian:12\nADD a.tar /\nADD https://x.example/b /b\n" },
  { id: "K5", says: "sudo stays under USER", file: "FROM debian:12\nUSER app\nRUN sudo apt-get update\n" },
  {
    id: "P1",
    says: "FROM keeps --platform",
    file: "FROM --platform=$BUILDPLATFORM golang:1.22 AS b\nRUN go build ./...\n",
  },
  {
    id: "P2",
    says: "a mount keeps its target",
    file: "FROM node:20\nRUN --mount=type=cache,target=/root/.npm npm ci\n",
  },
  { id: "P3", says: "the syntax directive stays", file: "# syntax=docker/dockerfile:1\nFROM debian:12\nRUN true\n" },
  {
    id: "P4",
    says: "the folder that a RUN builds in is not deleted",
    file: "FROM debian:12\nRUN mkdir -p /usr/src/app && cd /usr/src/app && make\n",
  },
  {
    id: "P5",
    says: "package lists stay for the install that follows",
    file: "FROM debian:12\nRUN apt-get update\nCOPY a /etc/a\nRUN apt-get install -y curl\nCOPY b /etc/b\nRUN apt-get install -y git\n",
  },
  {
    id: "P5",
    says: "package lists stay for the installs that move up to them",
    file: "FROM debian:12\nRUN apt-get update\nCOPY a /a\nRUN apt-get install -y curl\nCOPY b /b\nRUN apt-get install -y git\n",
    becomes:
      "FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl && \\\n    apt-get install -y git\nCOPY a /a\nCOPY b /b\n",
  },
  { id: "P6", says: "an unpacked archive is not deleted", file: "FROM debian:12\nRUN tar xf /cache/app.tar.gz\n" },
  { id: "P7", says: "addresses stay as written", file: "FROM debian:12\nRUN wget http://internal.example:8080/x\n" },
  { id: "P8", says: "sudo -u stays", file: "FROM debian:12\nRUN sudo -u app whoami\n" },
  {
    id: "P9",
    says: "no cache clean is put on a cache mount",
    file: "FROM node:20\nRUN --mount=type=cache,target=/root/.npm npm ci\n",
  },
  { id: "P10", says: "ADD of a variable stays", file: "FROM debian:12\nARG SRC\nADD ${SRC} /x\n" },
  { id: "O1", says: "CMD with a variable keeps its shell", file: "FROM debian:12\nCMD java $JAVA_OPTS -jar a.jar\n" },
  { id: "O2", says: "CMD with && keeps its shell", file: "FROM node:20\nCMD npm run migrate && npm start\n" },
  {
    id: "O3",
    says: "ENTRYPOINT with arguments keeps its shell",
    file: 'FROM debian:12\nSHELL ["/bin/bash","-c"]\nENTRYPOINT exec /x "$@"\n',
  },
  {
    id: "O5",
    says: "nothing is appended behind || true, a trailing ; or fi",
    file: "FROM debian:12\nRUN if true; then apt-get install -y git; fi\nCOPY a /etc/a\nRUN apt-get install -y curl || true\nCOPY b /etc/b\nRUN apt-get install -y jq;\n",
  },
  {
    id: "O5",
    says: "what is joined behind || true and fi keeps them to their own command",
    file: "FROM debian:12\nRUN if true; then apt-get install -y git; fi\nCOPY a /a\nRUN apt-get install -y curl || true\nCOPY b /b\nRUN apt-get install -y jq;\n",
    becomes:
      "FROM debian:12\nRUN if true; then apt-get install -y git; fi && \\\n    { apt-get install -y curl || true; } && \\\n    apt-get install -y jq;\nCOPY a /a\nCOPY b /b\n",
  },
  {
    id: "O6",
    says: "an ENV value with = and a mount from a stage in capitals stay",
    file: "FROM debian:12 AS Tools\nENV NODE_OPTIONS=--max-old-space-size=4096\nFROM debian:12\nRUN --mount=type=bind,from=Tools,target=/t ls /t\n",
  },
  {
    id: "O7",
    says: "quoting that is hard to read is read",
    file: 'FROM debian:12\nSHELL ["/bin/bash","-c"]\nRUN echo $\'a\\tb\' && curl --header="a: b" u\n',
  },
  {
    id: "S3",
    says: "git metadata that a RUN reads is still copied",
    file: "FROM node:20\nCOPY . .\nRUN git rev-parse HEAD > /rev\n",
  },
  {
    id: "C1",
    says: "useradd stays useradd",
    file: "FROM debian:12\nRUN useradd -m -s /bin/bash u\n",
  },
  { id: "C2", says: "no USER root appears", file: "FROM debian:12\nUSER app\nRUN useradd -m u\n" },
  { id: "C6", says: "the last USER stays the last", file: "FROM debian:12\nRUN true\nUSER app\n" },
  {
    id: "F1",
    says: "a JSON form COPY with backslashes stays",
    file: 'FROM debian:12\nCOPY ["C:\\\\Program Files\\\\Go","C:\\\\Program Files\\\\Go"]\n',
  },
  {
    id: "F2",
    says: "ENTRYPOINT and CMD keep their forms",
    file: 'FROM debian:12\nENTRYPOINT sleep infinity\nCMD ["sleep","infinity"]\n',
  },
  {
    id: "F3",
    says: "a mount is not doubled",
    file: "FROM debian:12\nRUN --mount=type=cache,target=/a --mount=type=cache,target=/b true\n",
  },
  { id: "F6", says: "a continuation behind && stays", file: "FROM debian:12\nRUN a && \\\n    b\n" },
  { id: "F9", says: "no USER appears before CMD or ENTRYPOINT", file: 'FROM debian:12\nENTRYPOINT ["a"]\nCMD ["b"]\n' },
  { id: "F13", says: "the base stays the base", file: "FROM node:20\nRUN bash -c true\n" },
  {
    id: "F14",
    says: "no heredoc appears in a file that has none",
    file: "FROM debian:12\nRUN true\nRUN touch /a\n",
    keeps: ["RUN true && \\", "    touch /a"],
  },
  { id: "F15", says: "no cache mount appears", file: "FROM python:3.12\nRUN pip install -r requirements.txt\n" },
];

describe("what other optimizers break", () => {
  for (const { id, says, file, keeps, becomes = file } of entries) {
    test(`${id}: ${says}`, () => {
      const { after } = refit(file, { transforms, context: memoryContext({ a: "", b: "" }) });
      if (keeps) for (const line of keeps) expect(after.split("\n")).toContain(line);
      else expect(after).toBe(becomes);
    });
  }
});

/** Sections 2b, 2d and 2e of the catalogue; the table of 2c is told by its first column, in test/sandbox. */
const catalogue: ReadonlyMap<string, number> = new Map(
  Object.entries({ T: 17, D: 17, K: 7, P: 10, O: 7, S: 4, C: 6, X: 10, F: 15, R: 14, M: 12 }),
);

test("each entry of the catalogue has a test that bears its number", () => {
  const titles = filesBelow(import.meta.dirname)
    .filter((path) => /\.(ts|table\.txt)$/.test(path))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const missing = [...catalogue].flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`).filter(
      (id) => !entries.some((entry) => entry.id === id) && !new RegExp(`["\`\\s]${id}[:,\\s]`).test(titles),
    ),
  );
  expect(missing).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
