/** Texts put together from what makes Dockerfiles hard to read. Most are refused by BuildKit; all must be kept to the byte. */
import fc from "fast-check";

const keywords = [
  ..."ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME".split(
    " ",
  ),
  ..."WORKDIR run Copy fRoM NOPE include(x)".split(" "),
];

const flags = [
  ...'--from=b --chown=1:1 --link --link=false --link= --mount=type=cache,target=/x --mount=from=$X --mount=a"b'.split(
    " ",
  ),
  ..."--network=none --network=x --platform=linux/amd64 --interval=1s --interval=1ms1 --retries=3 -- --no --chown=a\\ b".split(
    " ",
  ),
  '--chown="a b"',
  "--mount='type=bind,source=a b'",
  "--security=insecure",
  "--parents",
  "--exclude=x",
];

const words = [
  ...'alpine node:20 as AS b . /d a=1 b= =c x="q" $A ${B:-c} ${C#d} ${} ${E@Q} $( ) CMD NONE 80 && || ; | > {{x}} %%X%%'.split(
    " ",
  ),
  ..."' \" '' \"\" 'q r' \"s t\" it's \\ ` \\\\ a\\ \\\" # #c a#b é \u00a0 \u0085 \u2028 \u{1f600} \ufeff \0 [ ] [[ -f x ]]".split(
    " ",
  ),
  '["a"]',
  '["a", "b c"]',
  '["a",]',
  "[1]",
  "[]",
  '["\\u0041\\n"]',
  '["\\q"]',
  '["a"] b',
  '["a',
  "-",
  "\udcff",
  "\v",
  "\f",
];

const heredocs = [
  ..."<<EOF <<-EOF <<'EOF' <<\"EOF\" 3<<EOF <<E\\OF <<B <<EOF|sort <<< << <<- <EOF <<EOF<<B <<$A <<''".split(" "),
  "<< EOF",
  '<<"E F"',
];
const blanks = [" ", "  ", "\t", " ", ""];
const lineEnds = [
  "\n",
  "\n",
  "\n",
  "\n",
  "\r\n",
  "\r",
  "\n\n",
  " \\\n",
  "\\\n",
  " \\ \t\n",
  "\\\\\n",
  "\\\\\\\n",
  "`\n",
  "\\\r\n",
  "",
];
const wholeLines = [
  "# comment",
  "  # indented",
  "#",
  "# escape=`",
  "# escape = \\",
  "# escape=x",
  "# escape= ",
  "#syntax=docker/dockerfile:1",
  "# check=skip=all",
  "# other=1",
  "EOF",
  "\tEOF",
  "EOF ",
  "B",
  "E F",
  "\tB",
  "\\",
  "",
  " ",
  "FROM alpine",
  "FROM scratch AS b",
  "RUN a \\",
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...flags) },
  { weight: 1, arbitrary: fc.constantFrom(...heredocs) },
  { weight: 1, arbitrary: fc.constantFrom(...keywords) },
);

const instruction = fc
  .tuple(
    fc.constantFrom(...keywords),
    fc.constantFrom(...blanks),
    fc.array(fc.tuple(piece, fc.constantFrom(...blanks, " \\\n", "\\\n")), { maxLength: 6 }),
  )
  .map(([keyword, blank, pieces]) => keyword + (blank || " ") + pieces.flat().join(""));

const line = fc.oneof(
  { weight: 3, arbitrary: instruction },
  { weight: 2, arbitrary: fc.constantFrom(...wholeLines) },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(piece, fc.constantFrom(...blanks)), { maxLength: 4 }).map((parts) => parts.join("")),
  },
);

const body = fc
  .array(fc.tuple(line, fc.constantFrom(...lineEnds)), { maxLength: 10 })
  .map((lines) => lines.flat().join(""));

/** Anything goes. */
export const nastyText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "", "\ufeff", "# escape=`\n", "#syntax=docker/dockerfile\n"),
    fc.constantFrom("", "FROM alpine\n", "FROM alpine\n"),
    body,
  )
  .map((parts) => parts.join(""));

const validLines = [
  "RUN a \\\n  # note\n\n  b",
  "RUN <<EOF\nx \\\n# y\nEOF",
  'COPY <<-A <<"B" /d/\n\tA0\n\tA\nb\nB',
  'RUN ["a", \\\n# c\n "b c"]',
  "ENV a=1 b=\"c d\" \\\n e='f g'",
  "ENV a b  c",
  "LABEL x=y\\ z",
  "ARG A=1 B",
  'COPY --from=0 --chown="1" a \\\n b /c',
  'COPY ["a b", "c/"]',
  'RUN --mount=type=bind,source="a b",target=/x --network=none -- ls --x',
  'HEALTHCHECK --interval=1m30s CMD ["a"]',
  "HEALTHCHECK NONE",
  "onbuild run <<EOF\nz\nEOF",
  "ONBUILD COPY --from=b a b",
  "EXPOSE 80 443/tcp",
  "VOLUME /a /b",
  'VOLUME ["/a"]',
  'SHELL ["/bin/bash", "-c"]',
  "CMD",
  'ENTRYPOINT exec "$@"',
  "WORKDIR /a b",
  "USER 1",
  "STOPSIGNAL 9",
  "MAINTAINER a <b@c>",
  "FROM --platform=$BUILDPLATFORM a:1@sha256:x aS B.c",
  "# hadolint ignore=DL1",
  "",
  '  RUN echo "a <<EOF b"',
  "RUN echo a\\\\",
  "RU\\\nN x",
];

/** Mostly files that BuildKit takes, with odd spacing and line ends, and now and then a nasty line among them. */
export const mostlyValid: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...validLines) }, { weight: 1, arbitrary: line }), {
      maxLength: 8,
    }),
    fc.constantFrom("\n", "\n", "\r\n"),
    fc.boolean(),
  )
  .map(([lines, eol, ends]) => `FROM alpine\n${lines.join("\n")}${ends ? "\n" : ""}`.replaceAll("\n", eol));
