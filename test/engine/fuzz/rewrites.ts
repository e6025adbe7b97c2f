/** Cases for the property that a rewrite keeps its promise on the engine: files that refit changes. */
import fc from "fast-check";
import { memoryContext } from "../../../src/context/index.ts";
import { refit } from "../../../src/pipeline/index.ts";
import { transforms } from "../../../transforms/index.ts";
import { lines as scriptLines } from "../../generators/scripts.ts";
import { type ContextEntry, type EngineCase, textOf } from "./case.ts";

/** What the generated scripts call, as small programs that do the same every time. */
const PROGRAMS = {
  "rootfs/bin/make": '#!/bin/sh\nls -a > /made.list\necho "$*:$FOO:$BAR:$PWD:$(umask)" >> /made\n',
  "rootfs/bin/tool": '#!/bin/sh\necho "$@" > tool.out\n',
  "step.sh": '#!/bin/sh\necho "step $FOO" >> steps\n',
  "env.sh": "export FOO=from-env\nlow=l\n",
};

const FILES: Readonly<Record<string, ContextEntry>> = {
  "rootfs/etc/passwd": { text: "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/srv:/bin/sh\n", mode: 0o644 },
  "rootfs/etc/group": { text: "root:x:0:\napp:x:1000:\n", mode: 0o644 },
  "rootfs/etc/hosts": { text: "", mode: 0o644 },
  "rootfs/tmp": { folder: 0o1777 },
  a: { text: "a\n", mode: 0o644 },
  "x.c": { text: "int x;\n", mode: 0o644 },
  "src/b": { text: "b\n", mode: 0o600 },
  ...Object.fromEntries(Object.entries(PROGRAMS).map(([path, text]) => [path, { text, mode: 0o755 }])),
};

/** Left out: jobs and pipes of which nobody knows who comes first, programs that are not there, and what trusts to a terminal. */
const STEADY = /^(?!.*(&\s|&$| \| |service |redis|ulimit|exit 3|set -u))/s;

const commands = scriptLines.filter((line) => STEADY.test(line));

/** Most commands of a generated script may fail, so that most builds get to their end. */
const runs = fc
  .tuple(
    fc.constantFrom("", "", "", "set -e; "),
    fc.array(commands, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("; ", "; ", " && "),
    fc.constantFrom("; true", "; true", "; true", "; true", " || true", ""),
  )
  .map(([start, parts, joint, end]) => start + parts.join(joint) + end);

const RUN = fc.oneof(
  { weight: 5, arbitrary: runs.map((script) => `RUN ${script}`) },
  { weight: 2, arbitrary: runs.map((script) => `RUN <<EOF\n${script}\nEOF`) },
  { weight: 1, arbitrary: runs.map((script) => `RUN <<EOF\nset -e\n${script}\nEOF`) },
  fc.constantFrom('RUN ["make", "x"]', "RUN --network=none make", "RUN --mount=type=tmpfs,target=/t touch /t/a /b"),
);

const BETWEEN = fc.constantFrom(
  "ENV FOO=1",
  "ENV BAR=$FOO",
  "ARG GIVEN=g",
  "LABEL a=1",
  "EXPOSE 80",
  "VOLUME /data",
  'CMD ["run"]',
  "# a comment",
  "WORKDIR /srv",
  "WORKDIR d",
  "USER root",
  "STOPSIGNAL SIGINT",
  "COPY a /srv/a",
  "COPY --chown=app src /srv/src",
  "HEALTHCHECK NONE",
);

const body = fc.array(fc.oneof({ weight: 4, arbitrary: RUN }, { weight: 1, arbitrary: BETWEEN }), {
  minLength: 2,
  maxLength: 5,
});

const BASE = ["COPY rootfs /", "WORKDIR /srv", "COPY a x.c step.sh env.sh ./", 'SHELL ["/bin/ash", "-c"]'];

/** Files that refit rewrites. */
export const rewriteCases: fc.Arbitrary<EngineCase> = fc
  .tuple(body, fc.option(body, { freq: 3 }))
  .map(([first, second]) => ({
    lines: [
      "FROM scratch AS base",
      ...BASE,
      ...first,
      ...(second ? ["FROM base", ...second, "COPY --from=base /srv /from-base"] : []),
    ],
    context: FILES,
  }))
  .filter(isRewritten);

function isRewritten(one: EngineCase): boolean {
  const context = memoryContext(
    Object.fromEntries(
      Object.entries(one.context).flatMap(([path, entry]) => ("text" in entry ? [[path, entry.text]] : [])),
    ),
  );
  return refit(textOf(one), { transforms, context, level: "safe" }).steps.length > 0;
}
