/**
 * Steps that hoist-stable and sink-volatile move (ADR 0011), with Debian's own package manager and tools: the image is the same, and where a
 * step only looks movable, it stays.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import { transforms } from "../../transforms/index.ts";
import { compareBuilds } from "./pair.ts";
import { sampled } from "./sampled.ts";

const moves = transforms.filter(({ name }) => name === "hoist-stable" || name === "sink-volatile");

const files: Readonly<Record<string, string>> = {
  "server.sh": "#!/bin/sh\nexec sleep 1\n",
  "src/app.txt": "app\n",
  "lean.conf": 'APT::Install-Recommends "0";\n',
  "bin/tar": "#!/bin/sh\necho shadowed >/opt/tool/shadowed\n",
  "tool/run": "#!/bin/sh\n",
};

const context = mkdtempSync(join(tmpdir(), "refit-commute-"));
afterAll(() => rmSync(context, { recursive: true, force: true }));
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(context, path)), { recursive: true });
  writeFileSync(join(context, path), text, { mode: 0o755 });
}
execFileSync("tar", ["-czf", join(context, "tool.tar.gz"), "-C", context, "tool"]);
symlinkSync("src", join(context, "linked"));

const apt = (name: string) => `RUN apt-get update && apt-get install -y --no-install-recommends ${name}`;
const unpack = "RUN mkdir -p /opt/tool && tar -xzf /tmp/tool.tar.gz -C /opt/tool --strip-components=1";

const moved: Readonly<Record<string, readonly string[]>> = {
  "packages over sources": ["WORKDIR /app", "COPY . .", apt("tree"), "RUN chmod +x server.sh", 'CMD ["./server.sh"]'],
  "a user, and a package that makes another one": [
    ...["COPY . /srv/shop", "RUN useradd --system web", apt("tcpdump"), "RUN chown -R web /srv/shop", "USER web"],
  ],
  "settings go along": [
    ...["USER nobody", "WORKDIR /app", "COPY . .", "ENV LANG=C.UTF-8", "USER root", apt("file"), "USER nobody"],
  ],
  "an index and two installs": [
    ...["RUN apt-get update", "COPY src /app/src", "RUN apt-get install -y tree", "COPY . /app"],
    "RUN apt-get install -y openssh-client",
  ],
  "a setting of apt and a cache mount": [
    ...["WORKDIR /app", "COPY . ."],
    "RUN printf 'APT::Install-Recommends \"0\";\\n' | tee /etc/apt/apt.conf.d/99lean",
    "RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y tree",
  ],
  "a commit over packages": [
    ...["ARG VCS_REF", "ARG BUILD_DATE", "LABEL revision=$VCS_REF created=$BUILD_DATE", apt("tree")],
    ...["COPY . /app", "RUN echo $VCS_REF > /app/revision"],
  ],
  "a version over packages, and packages over sources": [
    ...["ARG VERSION=1", "ENV VERSION=$VERSION", "WORKDIR /app", "COPY . .", apt("dnsmasq-base")],
    "RUN echo $VERSION > version",
  ],
  "an archive over sources": ["COPY tool.tar.gz /tmp/", "COPY . /app", unpack],
  "an archive under a shell of its own": [
    ...["COPY tool.tar.gz /tmp/", "COPY . /app", 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]', unpack],
    "RUN echo ${BASH_VERSION:0:1} > /app/shell",
  ],
  "an archive in a folder that is made and left": [
    ...["COPY tool.tar.gz /tmp/", "COPY . /app", "WORKDIR /opt", "RUN tar -xzf /tmp/tool.tar.gz", "WORKDIR /app"],
  ],
  "an archive over a copy from a stage of sources": [
    ...["COPY . /app", "FROM debian:trixie", "COPY tool.tar.gz /tmp/", "COPY --from=0 /app /app", unpack],
  ],
  "a commit over an archive": [
    ...["ARG GIT_SHA", "ENV GIT_SHA=$GIT_SHA", "COPY tool.tar.gz /tmp/", unpack, "WORKDIR /app", "COPY . ."],
    "RUN echo $GIT_SHA > sha",
  ],
};

test.each(sampled(Object.entries(moved)))("moves %s", { concurrent: false }, async (_, lines) => {
  const before = fileOf(lines);
  const after = rewritten(before);
  expect(after).not.toBe(before);
  const given = ["VCS_REF=abc123", "BUILD_DATE=2024-01-31", "GIT_SHA=abc123"];
  const flags = given.filter((each) => before.includes(each.split("=")[0]!)).flatMap((each) => ["--build-arg", each]);
  const outcome = await compareBuilds({ before, after, context, flags, promise: "same-image" });
  expect(outcome, after).toEqual({ builds: true, broken: [] });
});

/** What would come out otherwise if the last step went first, or the first one last. */
const kept: Readonly<Record<string, readonly string[]>> = {
  "settings of apt are copied": ["COPY lean.conf /etc/apt/apt.conf.d/", "COPY . /app", apt("tree")].toSpliced(1, 1),
  "--chown names an account that the package makes": ["COPY --chown=tcpdump . /srv", apt("tcpdump")],
  "a user that a package's user comes after": [
    "COPY . /app",
    "RUN /app/tool/run && useradd --system web",
    apt("tcpdump"),
  ],
  "a program of the sources shadows the tool": ["COPY tool.tar.gz /tmp/", "COPY bin/ /usr/local/bin/", unpack],
  "the archive comes with the sources": ["COPY . /tmp", unpack],
  "the sources go through a link": ["COPY tool.tar.gz /tmp/", "RUN ln -s /opt /app", "COPY . /app", unpack],
  "the sources make the folder above, for another owner": [
    ...["COPY tool.tar.gz /tmp/", "COPY --chown=5:5 . /data/app/"],
    "RUN mkdir -p /data/tool && tar -xzf /tmp/tool.tar.gz -C /data/tool",
  ],
  "the sources go to the root": ["COPY . /", apt("tree")],
  "a volume lies there": ["COPY tool.tar.gz /tmp/", "COPY . /app", "VOLUME /opt/tool", unpack],
  "the sources are unpacked by another user": [
    ...[
      "COPY tool.tar.gz /tmp/",
      "WORKDIR /opt/tool",
      "COPY . /app",
      "USER nobody",
      "RUN tar -xzf /tmp/tool.tar.gz || true",
    ],
  ],
  "a variable of the same name is set and declared": [
    ...["ENV GIT_SHA=none", "ARG GIT_SHA=other", "COPY tool.tar.gz /tmp/", "RUN echo $GIT_SHA > /sha", unpack],
  ],
  "the declaration is for the first step": ["ARG GIT_SHA=none", "RUN env > /environment", apt("tree")],
  "CMD is for the shell before": [
    ...["COPY tool.tar.gz /tmp/", "COPY . /app", "CMD echo $0", 'SHELL ["/bin/bash", "-c"]', unpack],
  ],
  "triggers keep their order": ["ARG GIT_SHA=none", "ONBUILD COPY . /app", `ONBUILD ${apt("tree")}`],
  "the step is told apart by the folder it is called in": ["WORKDIR /app", "COPY . .", "RUN tar -xzf tool.tar.gz"],
};

test.each(Object.entries(kept))("leaves alone: %s", (_, lines) => {
  expect(rewritten(fileOf(lines))).toBe(fileOf(lines));
});

function fileOf(lines: readonly string[]): string {
  return `FROM debian:trixie\n${lines.join("\n")}\n`;
}

function rewritten(source: string): string {
  const given = memoryContext({ ...files, "tool.tar.gz": "" });
  return refit(source, { transforms: moves, context: given, strict: true }).after;
}
