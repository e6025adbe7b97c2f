import fc from "fast-check";
import { expect, test } from "vitest";
import { type Dockerfile, type Instruction, parseDockerfile } from "../../src/dockerfile/index.ts";
import { contains, type Span, sliceOf } from "../../src/text/index.ts";
import { mostlyValid, nastyText } from "./nasty.ts";

const anyText = fc.oneof(nastyText, mostlyValid, fc.string({ unit: "binary" }));

test("tokens partition any text", () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const { tokens } = parseDockerfile(source);
      let at = 0;
      for (const { span } of tokens) {
        expect(span.start).toBe(at);
        expect(span.end).toBeGreaterThan(span.start);
        at = span.end;
      }
      expect(at).toBe(source.length);
    }),
    { numRuns: 3_000 },
  );
});

test("every span lies in the file, and in the instruction it belongs to", () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const dockerfile = parseDockerfile(source);
      const file = { start: 0, end: source.length };
      for (const instruction of dockerfile.instructions) {
        expect(contains(file, instruction.lines)).toBe(true);
        expect(contains(instruction.lines, instruction.span)).toBe(true);
        for (const span of innerSpans(instruction)) expect(contains(instruction.lines, span)).toBe(true);
      }
      for (const { span } of [...dockerfile.problems, ...dockerfile.directives])
        expect(contains(file, span)).toBe(true);
      expect(commentsOf(dockerfile).every((span) => source[span.start] === "#")).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("instructions follow each other, each on lines of its own", () => {
  fc.assert(
    fc.property(anyText, (source) => {
      let end = 0;
      for (const { lines } of parseDockerfile(source).instructions) {
        expect(lines.start).toBeGreaterThanOrEqual(end);
        expect(lines.start === 0 || /[\n\ufeff]/.test(source[lines.start - 1]!)).toBe(true);
        end = lines.end;
        expect(end === source.length || source[end - 1] === "\n").toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("where nothing is joined, arguments and flags stand in the file as they are read", () => {
  fc.assert(
    fc.property(anyText, (source) => {
      for (const { args, flags } of parseDockerfile(source).instructions) {
        for (const text of [args, ...flags.map((flag) => flag.text)]) {
          const written = sliceOf(source, text.toSourceSpan({ start: 0, end: text.text.length }));
          if (written.includes("\n")) expect(written.startsWith(text.text.slice(0, 1))).toBe(true);
          else expect(written).toBe(text.text);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a file in CRLF has the same instructions as the same file in LF", () => {
  fc.assert(
    fc.property(mostlyValid, (text) => {
      const plain = text.replaceAll("\r\n", "\n");
      const summary = (source: string) =>
        parseDockerfile(source).instructions.map(({ keyword, args, flags, heredocs, json }) => [
          keyword,
          args.text,
          flags.map(({ name, value }) => [name, value]),
          heredocs.map(({ name, content }) => [name, content.replaceAll("\r\n", "\n")]),
          json?.map(({ value }) => value),
        ]);
      fc.pre(!plain.includes("\r"));
      expect(summary(plain.replaceAll("\n", "\r\n"))).toEqual(summary(plain));
    }),
    { numRuns: 1_000 },
  );
});

test("F7: parentheses over several lines are text", () => {
  const source = "FROM alpine\nRUN ( cd /src \\\n  && make \\\n)\n";
  const [, run] = parseDockerfile(source).instructions;
  expect(run!.args.text).toBe("( cd /src   && make )");
  expect(sliceOf(source, run!.span)).toBe("RUN ( cd /src \\\n  && make \\\n)");
});

test("X7: a CRLF file keeps its line ends in every token", () => {
  const source = "FROM alpine\r\nRUN a \\\r\n  b\r\n";
  const dockerfile = parseDockerfile(source);
  expect(dockerfile.eol).toBe("\r\n");
  expect(dockerfile.tokens.filter(({ kind }) => kind === "newline").map(({ span }) => sliceOf(source, span))).toEqual([
    "\r\n",
    "\r\n",
    "\r\n",
  ]);
});

test("tokens name what they are", () => {
  const source = "# syntax=x\n\n# note\nRUN \\\n # inner\n --mount=a=b ls \\\n  -l <<E\nx\nE\n";
  const described = parseDockerfile(source).tokens.map(
    ({ kind, span }) => `${kind} ${JSON.stringify(sliceOf(source, span))}`,
  );
  expect(described).toEqual([
    'directive "# syntax=x"',
    'newline "\\n"',
    'newline "\\n"',
    'comment "# note"',
    'newline "\\n"',
    'keyword "RUN"',
    'space " "',
    'continuation "\\\\"',
    'newline "\\n"',
    'space " "',
    'comment "# inner"',
    'newline "\\n"',
    'space " "',
    'flag "--mount=a=b"',
    'space " "',
    'text "ls "',
    'continuation "\\\\"',
    'newline "\\n"',
    'text "  -l <<E"',
    'newline "\\n"',
    'heredoc-body "x\\n"',
    'heredoc-end "E"',
    'newline "\\n"',
  ]);
});

test("comments belong to the instruction below them, or to the one they stand in", () => {
  const source = "# syntax=x\n# one\nFROM a\n# two\n\n# three\nRUN b \\\n  # four\n  c\n# five\n";
  const { instructions, comments } = parseDockerfile(source);
  const text = (spans: readonly Span[]) => spans.map((span) => sliceOf(source, span));
  expect(instructions.map(({ leading }) => text(leading))).toEqual([["# one"], ["# two", "# three"]]);
  expect(instructions.map((instruction) => text(instruction.comments))).toEqual([[], ["# four"]]);
  expect(text(comments)).toEqual(["# one", "# two", "# three", "# five"]);
});

test("a hundred thousand instructions are read", () => {
  const source = `FROM alpine\n${"RUN echo \\\n  hello\n".repeat(100_000)}`;
  const { instructions, problems } = parseDockerfile(source);
  expect(instructions).toHaveLength(100_001);
  expect(problems).toEqual([]);
});

test.each([
  ["one line of a megabyte", `RUN ${"x".repeat(1e6)}`],
  ["a megabyte of continuations", `RUN a${" \\\n".repeat(3e5)}b`],
  ["deep expansions", `RUN <<E ${`${"$"}{a:-`.repeat(1e4)}${"}".repeat(1e4)}`],
  ["deep brackets", `CMD ${"[".repeat(3e4)}${"]".repeat(3e4)}`],
  ["many triggers", `${"ONBUILD ".repeat(5e3)}RUN a`],
  ["many heredocs", `RUN ${"<<E ".repeat(5e3)}\n${"E\n".repeat(5e3)}`],
  ["many quotes", `RUN <<E ${`'"`.repeat(3e4)}`],
  ["many marks of templates", `RUN ${"{{ ".repeat(2e4)}\nNOPE`],
  ["a megabyte of carriage returns", `RUN a${"\r".repeat(1e6)}b\r\n`],
])("%s are kept", (_, text) => {
  const source = `FROM alpine\n${text}`;
  const { tokens } = parseDockerfile(source);
  expect(tokens.map(({ span }) => sliceOf(source, span)).join("") === source).toBe(true);
});

function innerSpans({ keywordSpan, flags, heredocs, json, comments, trigger }: Instruction): Span[] {
  return [
    keywordSpan,
    ...flags.flatMap(({ span, valueSpan }) => (valueSpan ? [span, valueSpan] : [span])),
    ...heredocs.flatMap(({ opener, body, terminator }) => [opener, body, terminator]),
    ...(json ?? []).map(({ span }) => span),
    ...comments,
    ...(trigger ? innerSpans(trigger) : []),
  ];
}

function commentsOf({ comments, instructions }: Dockerfile): Span[] {
  return [...comments, ...instructions.flatMap((instruction) => [...instruction.comments, ...instruction.leading])];
}
