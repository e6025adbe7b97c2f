/** Dockerfiles of every keyword, with flags, comments, continuations, heredocs, several stages, in either line ending. */
import fc from "fast-check";
import { oneLiners, scripts } from "./scripts.ts";

const images = fc.constantFrom("debian:12", "alpine:3.20", "node:20", "ubuntu", "ghcr.io/owner/app:1.2", "centos:7");
const values = fc.constantFrom("1", "x", "$A", '"two words"', "${B:-none}", "$PATH:/x", "'single $A'");

/** Puts a RUN's `&&` on lines of their own, with a comment between. */
function continued(text: string, style: number): string {
  if (style === 0) return text;
  const comment = style === 2 ? "    # between\n" : "";
  return text.replaceAll(" && ", ` && \\\n${comment}    `);
}

const flags = fc.constantFrom(
  "",
  "",
  "",
  "",
  "--network=none ",
  "--mount=type=tmpfs,target=/t ",
  "--mount=type=cache,target=/root/.cache ",
  "--mount=type=bind,source=.,target=/ctx ",
  "--security=insecure ",
);

const runs = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(flags, oneLiners, fc.nat(2))
      .map(([flag, script, style]) => `RUN ${flag}${continued(script, style)}`),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(flags, scripts).map(([flag, lines]) => `RUN ${flag}<<EOF\n${lines.join("\n")}\nEOF`),
  },
  { weight: 1, arbitrary: scripts.map((lines) => `RUN <<EOF\nset -e\n${lines.join("\n")}\nEOF`) },
  fc.constantFrom(
    'RUN ["make", "x"]',
    "RUN <<EOF\n#!/usr/bin/python3\nprint(1)\nEOF",
    "RUN python3 <<EOF\nprint(1)\nEOF",
    "RUN cat <<EOF > /f\n$A\nEOF",
  ),
);

/** Instructions that touch no file. */
const settings = fc.oneof(
  fc.tuple(fc.constantFrom("A", "B"), values).map(([name, value]) => `ENV ${name}=${value}`),
  values.map((value) => `ENV A=${value} B=$A`),
  fc.tuple(fc.constantFrom("A", "B", "GIVEN"), values).map(([name, value]) => `ARG ${name}=${value}`),
  fc.constantFrom(
    "ARG GIVEN",
    "LABEL a=1",
    'LABEL b="$A"',
    "EXPOSE 80",
    "EXPOSE $A/udp",
    "STOPSIGNAL SIGINT",
    "STOPSIGNAL $A",
    "VOLUME /data",
  ),
  fc.constantFrom(
    "CMD echo $0",
    'CMD ["run"]',
    'ENTRYPOINT ["entry"]',
    "ENTRYPOINT entry",
    "HEALTHCHECK CMD true",
    "HEALTHCHECK NONE",
  ),
  fc.constantFrom(
    'SHELL ["/bin/bash", "-c"]',
    'SHELL ["/bin/bash", "-eo", "pipefail", "-c"]',
    "USER app",
    "USER root",
    "MAINTAINER somebody",
  ),
  fc.constantFrom("WORKDIR /srv", "WORKDIR d", "WORKDIR $A", "ONBUILD RUN make", "ONBUILD ENV A=2"),
);

const copies = fc.constantFrom(
  "COPY . .",
  "COPY a /srv/a",
  "COPY --chown=app:app src /srv/src",
  "COPY <<EOF /etc/conf\n$A\nEOF",
  "COPY --from=nginx:1 /etc/nginx /etc/nginx",
  "ADD src/a b /srv/",
  "ADD https://files.example/x.tar.gz /opt/",
  'COPY ["a", "/with space/"]',
);

/** A RUN whose flags its neighbours don't have. */
const flagged = flags.map((flag) => `RUN ${flag}touch /t/a`);

const notes = fc.constantFrom("", "# a comment", "# hadolint ignore=DL3008", "");

const steps = fc
  .tuple(
    fc.oneof({ weight: 6, arbitrary: runs }, { weight: 3, arbitrary: settings }, { weight: 1, arbitrary: copies }),
    fc.option(notes, { freq: 5 }),
  )
  .map(([step, note]) => (note === null ? step : `${note}\n${step}`));

const bodies = fc.array(steps, { minLength: 1, maxLength: 7 });

function render(
  stages: readonly (readonly string[])[],
  style: { readonly crlf: boolean; readonly lower: boolean; readonly final: boolean },
): string {
  const text = stages.flat().join("\n") + (style.final ? "\n" : "");
  const cased = style.lower
    ? text.replace(/^(RUN|ENV|ARG|FROM|LABEL|CMD) /gm, (keyword) => keyword.toLowerCase())
    : text;
  return style.crlf ? cased.replaceAll("\n", "\r\n") : cased;
}

const styles = fc.record({
  crlf: fc.integer({ min: 0, max: 7 }).map((n) => n === 7),
  lower: fc.integer({ min: 0, max: 7 }).map((n) => n === 7),
  final: fc.integer({ min: 0, max: 7 }).map((n) => n < 7),
});

/** Text of a Dockerfile that BuildKit would read. */
export const dockerfiles: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "# syntax=docker/dockerfile:1", "ARG A=1 GIVEN"),
    images,
    bodies,
    fc.option(fc.tuple(fc.constantFrom("base", "BASE", "debian:12", "scratch"), bodies), { freq: 3 }),
    styles,
  )
  .map(([head, image, first, second, style]) => {
    const stages = [...(head === "" ? [] : [[head]]), [`FROM ${image} AS base`, ...first]];
    if (second) stages.push([`FROM ${second[0]}`, ...second[1], "COPY --from=base /srv /from-base"]);
    return render(stages, style);
  });

/** Two RUNs next to each other, for what joins them. */
export const pairsOfRuns: fc.Arbitrary<string> = fc
  .tuple(images, fc.constantFrom("", "WORKDIR /srv\n", "ARG GIVEN=g\n"), oneLiners, oneLiners)
  .map(([image, before, first, second]) => `FROM ${image}\n${before}RUN ${first}\nRUN ${second}\n`);

/** Two RUNs with another instruction between them. */
export const runsAround: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(oneLiners, fc.constantFrom("make", "echo $A > a", "./step.sh")),
    fc.oneof(settings, copies, flagged),
    fc.constantFrom("make", "echo $A > a", "./step.sh", "pwd > where", "touch b"),
  )
  .map(([first, between, second]) => `FROM debian:12\nRUN ${first}\n${between}\nRUN ${second}\n`);

/** Instructions in an order that matters, with RUNs between them. */
export const settingsInOrder: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: settings },
      { weight: 1, arbitrary: fc.constantFrom("RUN make", "RUN echo $A > a") },
    ),
    { minLength: 2, maxLength: 6 },
  )
  .map((body) => `FROM debian:12\n${body.join("\n")}\n`);
