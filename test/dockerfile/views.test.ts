import fc from "fast-check";
import { expect, test } from "vitest";
import {
  copyView,
  fromView,
  type Instruction,
  mountsOf,
  pairsView,
  parseDockerfile,
} from "../../src/dockerfile/index.ts";
import { type Span, sliceOf } from "../../src/text/index.ts";
import { mostlyValid } from "./nasty.ts";

function first(source: string): Instruction {
  return parseDockerfile(source).instructions[0]!;
}

test("FROM has an image, a platform and a name", () => {
  const view = fromView(first("FROM --platform=linux/arm64 node:20 As Build"));
  expect(view).toEqual({
    image: { text: "node:20", span: { start: 28, end: 35 } },
    platform: "linux/arm64",
    alias: { text: "Build", span: { start: 39, end: 44 } },
  });
});

test("FROM's image over a continuation is one word, whose span covers it", () => {
  const source = "FROM \\\n  node:20@sha256:\\\nabc\n";
  const { image } = fromView(first(source))!;
  expect(image.text).toBe("node:20@sha256:abc");
  expect(sliceOf(source, image.span)).toBe("node:20@sha256:\\\nabc");
});

test("FROM without an image has no view, nor has any other instruction", () => {
  expect(fromView(first("FROM"))).toBeUndefined();
  expect(fromView(first("RUN a"))).toBeUndefined();
});

test("COPY has sources and a destination, in JSON form too", () => {
  const texts = (source: string) => {
    const view = copyView(first(source))!;
    return [...view.sources, view.destination].map(({ text, span }) => [text, sliceOf(source, span)]);
  };
  expect(texts("COPY a \\\n  b c/")).toEqual([
    ["a", "a"],
    ["b", "b"],
    ["c/", "c/"],
  ]);
  expect(texts('ADD ["a b", "c\\u002f"]')).toEqual([
    ["a b", '"a b"'],
    ["c/", '"c\\u002f"'],
  ]);
});

test("COPY --from is found among other flags", () => {
  const view = copyView(first("COPY --link --from=build --chown=1 a b"));
  expect(view?.from?.value).toBe("build");
});

test("F4: a heredoc source of COPY knows its heredoc", () => {
  const { sources } = copyView(first("COPY a <<-EOF <<B /x/\n\tone\n\tEOF\ntwo\nB\nRUN c\n"))!;
  expect(sources.map(({ heredoc }) => heredoc?.content)).toEqual([undefined, "\tone\n", "two\n"]);
});

test("COPY with one word has no view", () => {
  expect(copyView(first("COPY a"))).toBeUndefined();
});

const pairs = (source: string) =>
  pairsView(first(source)).map(({ name, value, span }) => [
    sliceOf(source, name.span),
    value && sliceOf(source, value.span),
    sliceOf(source, span),
  ]);

test("ENV, LABEL and ARG give names and values as written", () => {
  expect(pairs("ENV a=1 b=\"c d\" e='f g' h=i\\ j k=")).toEqual([
    ["a", "1", "a=1"],
    ["b", '"c d"', 'b="c d"'],
    ["e", "'f g'", "e='f g'"],
    ["h", "i\\ j", "h=i\\ j"],
    ["k", "", "k="],
  ]);
  expect(pairs('LABEL "a b"=c')).toEqual([['"a b"', "c", '"a b"=c']]);
  expect(pairs("ARG A=1 B C=2")).toEqual([
    ["A", "1", "A=1"],
    ["B", undefined, "B"],
    ["C", "2", "C=2"],
  ]);
});

test("ENV with a space takes the rest of the line for its value", () => {
  expect(pairs("ENV  a  b  c=d ")).toEqual([["a", "b  c=d", "a  b  c=d"]]);
});

test("an empty value at the end of a line stands there, not on the next", () => {
  const source = "ENV a=\\\n  b=1";
  const [a] = pairsView(first(source));
  expect(a!.value!.span).toEqual({ start: 6, end: 6 });
});

test("under a backtick escape, backslashes in ENV are text", () => {
  const source = "# escape=`\nFROM a\nENV p=c:\\ q=1` 2\n";
  const [, env] = parseDockerfile(source).instructions;
  expect(pairsView(env!).map(({ name, value }) => [name.text, value?.text])).toEqual([
    ["p", "c:\\"],
    ["q", "1` 2"],
  ]);
});

test("a mount has its type, target, source and image", () => {
  const source = "RUN --mount=type=cache,dst=/c,id=x --mount=from=alpine,src=/a,target=/b,readonly ls";
  const [cache, bind] = mountsOf(first(source));
  expect([cache!.type, cache!.target?.value, cache!.from]).toEqual(["cache", "/c", undefined]);
  expect([bind!.type, bind!.target?.value, bind!.source?.value]).toEqual(["bind", "/b", "/a"]);
  expect(sliceOf(source, bind!.from!.valueSpan!)).toBe("alpine");
  expect(bind!.options.map(({ key }) => key)).toEqual(["from", "src", "target", "readonly"]);
});

test("a mount over a continuation has spans all the same", () => {
  const source = "RUN --mount=type=bind,\\\nfrom=alpine,target=/b ls";
  const [bind] = mountsOf(first(source));
  expect(sliceOf(source, bind!.from!.valueSpan!)).toBe("alpine");
});

test("a quoted mount is read, but its options have no place in the file", () => {
  const [mount] = mountsOf(first('RUN --mount=type=bind,"source=a,b",target="/x y" ls'));
  expect(mount!.target).toEqual({ key: "target", value: "/x y", valueSpan: undefined });
});

test("wherever a view gives a span on one line, the file has that text there", () => {
  fc.assert(
    fc.property(mostlyValid, (source) => {
      for (const instruction of parseDockerfile(source).instructions) {
        const from = fromView(instruction);
        const copy = instruction.json ? undefined : copyView(instruction);
        const located = [
          ...(from ? [from.image] : []),
          ...(copy ? [...copy.sources, copy.destination] : []),
          ...pairsView(instruction).flatMap(({ name, value }) => (value ? [name, value] : [name])),
          ...mountsOf(instruction).flatMap(({ options }) =>
            options.flatMap(({ value, valueSpan }) => (valueSpan ? [{ text: value ?? "", span: valueSpan }] : [])),
          ),
        ];
        for (const { text, span } of located) expect(onOneLine(source, span) ?? text).toBe(text);
      }
    }),
    { numRuns: 2_000 },
  );
});

function onOneLine(source: string, span: Span): string | undefined {
  const text = sliceOf(source, span);
  return text.includes("\n") ? undefined : text;
}
