/** Dockerfiles for the comparison of the model with the engine: every instruction that decides what is in an image. */
import fc from "fast-check";
import type { EngineCase } from "./case.ts";
import { contexts } from "./contexts.ts";
import { oneLiners, scriptLines } from "./words.ts";

const values = fc.constantFrom(
  "1",
  "x",
  "$A",
  "${A}b",
  '"two words"',
  "${B:-none}",
  "${A:+set}",
  "$PATH:/x",
  "'single $A'",
  "\\$A",
  '"a \\"quoted\\" b"',
  "${NONE}",
  "$GLOBAL",
  "${A:-${B:-deep}}",
  "/srv",
  "",
);
const names = fc.constantFrom("A", "B", "FOO");

const settings = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(names, values).map(([name, value]) => `ENV ${name}=${value}`) },
  values.map((value) => `ENV A=${value} B=$A`),
  fc.constantFrom("ENV A one two", "ENV B $A  x", 'ENV A "q"', "ENV FOO"),
  fc.tuple(fc.constantFrom("A", "B", "GIVEN"), values).map(([name, value]) => `ARG ${name}=${value}`),
  fc.constantFrom("ARG GLOBAL", "ARG GIVEN", "ARG A", "ARG FOO=1 BAR=$FOO", "ARG GLOBAL=own", "ARG TARGETOS"),
  fc.constantFrom(
    "LABEL a=1",
    'LABEL b="$A" c=2',
    "LABEL a b",
    "EXPOSE 80",
    "EXPOSE $A/udp",
    "EXPOSE 80 90/tcp",
    "EXPOSE 8000-8002",
  ),
  fc.constantFrom(
    "STOPSIGNAL SIGINT",
    "STOPSIGNAL $A",
    "VOLUME /data",
    'VOLUME ["/srv", "$A"]',
    "VOLUME /w /x",
    "MAINTAINER me",
  ),
  fc.constantFrom(
    "CMD echo $0",
    'CMD ["run", "$A"]',
    'ENTRYPOINT ["entry"]',
    "ENTRYPOINT entry x",
    "CMD []",
    "HEALTHCHECK CMD true",
    "HEALTHCHECK NONE",
  ),
  fc.constantFrom(
    'SHELL ["/bin/sh", "-c"]',
    'SHELL ["/bin/ash", "-c"]',
    'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]',
    'SHELL ["/bin/sh", "-ec"]',
    'SHELL ["/bin/ash", "-uc"]',
  ),
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "USER app",
      "USER root",
      "USER web",
      "USER 1000",
      "USER app:www",
      "USER 1000:2000",
      "USER 0",
      "USER $A",
      "USER 4000",
      "USER ghost",
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "WORKDIR /srv",
      "WORKDIR d",
      "WORKDIR $A",
      "WORKDIR /w/dirlink/x",
      "WORKDIR ..",
      "WORKDIR /w/",
      "WORKDIR ./x/../y",
      "WORKDIR /w/a",
      "WORKDIR /",
      "WORKDIR /new/deep",
      "WORKDIR /w/dirlink",
      "WORKDIR '/quoted dir'",
      "WORKDIR /sp ace",
    ),
  },
  fc.constantFrom(
    "ONBUILD RUN echo $A > /onbuild",
    "ONBUILD ENV A=2",
    "ONBUILD WORKDIR /on",
    "ONBUILD COPY a /onbuild-a",
    "ONBUILD USER app",
  ),
);

const flags = fc
  .tuple(
    fc.constantFrom(
      "",
      "",
      "",
      "--chown=1000 ",
      "--chown=app ",
      "--chown=web ",
      "--chown=app:www ",
      "--chown=1000:2000 ",
      "--chown=:2000 ",
      "--chown=$A ",
      "--chown=web:web ",
    ),
    fc.constantFrom("", "", "", "--chmod=600 ", "--chmod=0755 ", "--chmod=4711 "),
    fc.constantFrom("", "", "", "", "--link "),
  )
  .map((parts) => parts.join(""));

const sources = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom("a", "b", "src", "src/", "src/d", ".", "src/a", "./a", "/a", "a b", "src/a x.c", "x.c"),
  },
  fc.constantFrom(
    "*",
    "src/*",
    "*.c",
    "src/*.sh",
    "s*c",
    "src/?",
    "[ab]",
    "none*",
    "**/c",
    "src/d/../a",
    "*/a",
    "src/[a-d]",
  ),
  fc.constantFrom(
    "empty",
    "dirlink",
    "dirlink/",
    "dirlink/c",
    "src/link",
    "broken",
    "absent",
    "repository.git",
    "src/inner.git",
    "src/void",
    "notes.txt",
    "../a",
    "$A",
    "rootfs/w",
  ),
);

const targets = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom("/x", "/x/", "/d/e/", ".", "./", "rel", "rel/", "/srv", "/srv/", "/", "/srv/d/"),
  },
  fc.constantFrom(
    "/w/link",
    "/w/dirlink",
    "/w/dirlink/",
    "/w/dirlink/y",
    "/w/link/",
    "/nowhere/../y",
    "$A",
    "$A/",
    "..",
    "/w/a",
    "/w/a/",
    "/etc",
    "/w/link/x",
  ),
);

const copies = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom("COPY", "COPY", "ADD"), flags, sources, targets)
      .map((parts) => `${parts[0]} ${parts.slice(1, 2)}${parts[2]} ${parts[3]}`),
  },
  fc.tuple(flags, targets).map(([flag, to]) => `COPY ${flag}["with space/a", "${to}"]`),
  fc.tuple(flags, targets).map(([flag, to]) => `COPY ${flag}<<EOF ${to}\n$A line\n\\$B "$FOO"\nEOF`),
  fc.tuple(flags, targets).map(([flag, to]) => `COPY ${flag}<<'EOF' ${to}\n$A line\nEOF`),
  targets.map((to) => `COPY <<-one <<two a ${to}\n\tfirst\none\nsecond\ntwo`),
);

const runs = fc.oneof(
  { weight: 5, arbitrary: oneLiners.map((script) => `RUN ${script}`) },
  {
    weight: 3,
    arbitrary: scriptLines.map((lines) => `RUN <<EOF\n${lines.join("\n").replaceAll("END\n", "END")}\nEOF`),
  },
  fc.constantFrom(
    'RUN ["/bin/sh", "-c", "echo exec > /exec"]',
    'RUN ["touch", "/x"]',
    "RUN cat <<EOF > /f\n$A\nEOF",
    "RUN <<'EOF'\necho $A > quoted\nEOF",
    "RUN <<EOF cat > /g\n$A\nEOF",
    "RUN --mount=type=tmpfs,target=/t touch /t/a && touch /x",
    "RUN --mount=type=bind,source=src,target=/ctx cat /ctx/a > /bound",
    "RUN --mount=type=bind,target=/ctx touch /ctx/a || true",
    "RUN --mount=type=bind,source=src,target=/ctx,rw touch /ctx/new",
    "RUN --network=none touch /offline",
    "RUN echo a \\\n    && touch /x \\\n# a comment\n    && touch /srv/y || true",
  ),
);

const steps = fc.oneof(
  { weight: 5, arbitrary: runs },
  { weight: 4, arbitrary: settings },
  { weight: 5, arbitrary: copies },
);

const fromStage = fc
  .tuple(
    flags,
    fc.constantFrom("base", "0", "BASE"),
    fc.constantFrom(
      "/srv",
      "/w",
      "/x",
      "/srv/",
      "/w/link",
      "/w/dirlink",
      "/etc/passwd",
      "/w/*",
      "/srv/d",
      "/",
      "w/a",
      "/w/a /etc/group",
      "/etc",
      "/w/dirlink/",
    ),
    targets,
  )
  .map(([flag, from, source, to]) => `COPY ${flag}--from=${from} ${source} ${to}`);

const head = fc.constantFrom([], [], ["ARG GLOBAL=g"], ["ARG GLOBAL=g NONE"], ["ARG GLOBAL", "ARG A=global"]);

const SCRATCH = ["FROM scratch AS base", "COPY rootfs /"];
const LINKS = "RUN ln -s /srv/a /w/link && ln -s ../srv/d /w/dirlink";

/** Shells and accounts; of what `busybox` has, the model knows nothing. */
const bases = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(SCRATCH, [...SCRATCH, LINKS]) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      [...SCRATCH, 'SHELL ["/bin/ash", "-c"]'],
      [...SCRATCH, LINKS, 'SHELL ["/bin/ash", "-c"]'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(["FROM busybox AS base"], ["FROM busybox:1.37 AS base", "COPY rootfs/etc /etc"]),
  },
);

const second = fc
  .tuple(
    fc.constantFrom("FROM base", "FROM base", "FROM base AS last", "FROM scratch", "FROM busybox"),
    fc.array(fc.oneof({ weight: 2, arbitrary: fromStage }, { weight: 3, arbitrary: steps }), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([from, body]) => [from, ...body.filter((line) => FITS[from]?.test(line) ?? true)]);

/** Nothing runs in an empty image, and there are no accounts in it; `busybox` has root alone. */
const FITS: Readonly<Record<string, RegExp>> = {
  "FROM scratch": /^(?!RUN|ONBUILD|.*--chown=(app|web|ghost|\$A))/,
  "FROM busybox": /^(?!USER (app|web|ghost)|.*--chown=(app|web|ghost|\$A))/,
};

/** An instruction that the rest of the file was not made for is left out in the course of shrinking, FROM never. */
export const engineCases: fc.Arbitrary<EngineCase> = fc
  .record({
    head,
    base: bases,
    body: fc.array(steps, { minLength: 1, maxLength: 6 }),
    second: fc.option(second, { freq: 3 }),
    context: contexts,
  })
  .map(({ head: start, base, body, second: more, context }) => ({
    lines: [...start, ...base, ...body, ...(more ?? [])],
    context,
  }));
