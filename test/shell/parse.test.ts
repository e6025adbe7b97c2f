import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseScript } from "../../src/shell/index.ts";
import { mappedFrom, plain } from "../../src/text/index.ts";

const parse = (text: string, dialect: "dash" | "bash" = "dash") => parseScript(plain(text), dialect);

describe("commands", () => {
  test("come in the order of the text, those of nested scripts too", () => {
    const { commands } = parse("a; b=$(c | d) && e `f` ( g )".replace(" (", "; ("));
    expect(commands.map(({ name }) => name)).toEqual(["a", undefined, "c", "d", "e", "f", "g"]);
  });

  test("know whether they run in the script's own shell", () => {
    const { commands } = parse("a; ( b ); c | d; $(e); f & { g; }; h");
    const own = commands.filter(({ inMainShell }) => inMainShell).map(({ words }) => words[0]?.raw);
    expect(own).toEqual(["a", "$(e)", "g", "h"]);
  });

  test("know whether they always run", () => {
    const { commands } = parse("a && b || c; if d; then e; fi; for x in 1; do f; done; while g; do h; done; i");
    const always = commands.filter(({ unconditional }) => unconditional).map(({ name }) => name);
    expect(always).toEqual(["a", "b", "d", "g", "i"]);
  });

  test("have words without their quotes where nothing expands", () => {
    const [command] = parse(`npm "install" 'left pad' a\\ b "$NAME" *.js ~/x $(pwd) \${A:-b}`).commands;
    expect(command?.words.map(({ literal }) => literal)).toEqual([
      "npm",
      "install",
      "left pad",
      "a b",
      ...[undefined, undefined, undefined, undefined, undefined],
    ]);
    expect(command?.words.map(({ variables }) => variables.join())).toEqual(["", "", "", "", "NAME", "", "", "", "A"]);
    expect(command?.words.map(({ opaque }) => opaque)).toEqual([
      ...[false, false, false, false, false, false, false],
      ...[true, true],
    ]);
  });

  test("have assignments and redirections", () => {
    const [command] = parse("A=1 B=$C npm ci > log 2>&1 < in").commands;
    expect(command?.assignments.map(({ name, value }) => [name, value?.literal])).toEqual([
      ["A", "1"],
      ["B", undefined],
    ]);
    expect(command?.redirects.map(({ operator, target }) => [operator, target?.literal])).toEqual([
      [">", "log"],
      [">&", "1"],
      ["<", "in"],
    ]);
  });

  test("take declarations as words", () => {
    const [command] = parse('export A=1 B="$C"').commands;
    expect(command?.words.map(({ literal }) => literal)).toEqual(["export", "A=1", undefined]);
  });

  test("map to the file over continuations", () => {
    const source = "RUN a && \\\n  b c\n";
    const script = parseScript(
      mappedFrom(source, [
        { start: 4, end: 9 },
        { start: 11, end: 16 },
      ]),
      "dash",
    );
    const span = script.source.toSourceSpan(script.commands[1]!.span);
    expect(source.slice(span.start, span.end)).toBe("b c");
  });
});

describe("a script that refit does not understand", () => {
  test.each([
    ["a(", "dash"],
    ["if a; then b", "dash"],
    ["echo 'open", "dash"],
    ["a;;", "dash"],
    ["x=$(if)", "dash"],
    ["a \\", "dash"],
    ["a &> f", "dash"],
    ["[[ a < b ]]", "dash"],
    ["((a))", "dash"],
    ["echo $'it\\'s'", "dash"],
    ["a\0b", "bash"],
  ] as const)("%j in %s says why and lists nothing", (text, dialect) => {
    const script = parse(text, dialect);
    expect(script.unknown).toEqual(expect.any(String));
    expect(script.commands).toEqual([]);
  });

  test("is never one of bash's own that bash reads", () => {
    for (const text of ["a &> f", "[[ a < b ]]", "((a))", "echo $'it\\'s'"]) {
      expect(parse(text, "bash").unknown).toBeUndefined();
    }
  });

  test("never throws, whatever the bytes", () => {
    const pieces = fc.constantFrom(
      ..."a ; & | && || ( ) { } ' \" ` $( $(( )) ${ } < << <<- > # \n \\ = ! if then fi do done case esac".split(" "),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 30 }), (parts) => {
        const script = parse(parts.join(" "));
        for (const { span } of script.commands) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(script.source.text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
