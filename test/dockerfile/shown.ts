/** Dockerfiles in a table that people can read: `␍` a carriage return, `␉` a tab, `␠` a blank at the end of a line, `␋` and `␌`, `␀`, `⍽` a no-break space, `﹏` a BOM. */
import type { Dockerfile, Instruction } from "../../src/dockerfile/index.ts";
import type { Lines } from "../../src/text/index.ts";

const pictures: readonly (readonly [string, string])[] = [
  ["␍", "\r"],
  ["␠", " "],
  ["␉", "\t"],
  ["␋", "\v"],
  ["␌", "\f"],
  ["␀", "\0"],
  ["⍽", "\u00a0"],
  ["␤", "\u2028"],
  ["﹏", "\ufeff"],
];

export interface Case {
  readonly name: string;
  readonly source: string;
  readonly expected: string;
}

/** Cases begin with `== name`, the expectation with `--`. A source ends in a newline unless its last line ends in `␄`. */
export function casesOf(table: string): Case[] {
  return table
    .split(/^== /m)
    .slice(1)
    .map((section) => {
      const [, name = "", source = "", expected = ""] = /^([^\n]*)\n(.*?)^--\n(.*)$/ms.exec(section) ?? [];
      return { name, source: unpictured(source), expected: expected.trim() };
    });
}

/** One line an instruction and one a problem. */
export function shown(dockerfile: Dockerfile): string {
  const head = dockerfile.escape === "`" ? ["escape `"] : [];
  const instructions = dockerfile.instructions.map((instruction) => instructionLine(dockerfile.lines, instruction));
  const problems = dockerfile.problems.map(({ code, message, span }) => {
    const { line, column } = dockerfile.lines.position(span.start);
    return `! ${line}:${column} ${code}: ${message}`;
  });
  return pictured([...head, ...instructions, ...problems].join("\n"));
}

function instructionLine(lines: Lines, { keyword, lines: span, ...rest }: Instruction): string {
  const [first, last] = [lines.lineOf(span.start) + 1, lines.lineOf(span.end - 1) + 1];
  return `${first}${last > first ? `-${last}` : ""} ${keyword}${content(rest)}`;
}

function content({ flags, args, json, heredocs, trigger }: Omit<Instruction, "keyword" | "lines">): string {
  const parts = [
    ...flags.map(({ name, value }) => `--${name}${value === undefined ? "" : `=${value}`}`),
    ...(trigger
      ? [`(${trigger.keyword}${content({ ...trigger, heredocs: [] })})`]
      : [json ? JSON.stringify(json.map(({ value }) => value)) : args.text]),
    ...heredocs.map(
      ({ name, expand, chomp, content }) =>
        `{${chomp ? "-" : ""}${name}${expand ? "" : "'"}: ${JSON.stringify(content)}}`,
    ),
  ];
  return parts
    .map((part) => ` ${part}`)
    .join("")
    .trimEnd();
}

function unpictured(text: string): string {
  const source = pictures.reduce((result, [picture, char]) => result.replaceAll(picture, char), text);
  return source.replace(/␄\n$/, "");
}

function pictured(text: string): string {
  return pictures.reduce((result, [picture, char]) => (char === " " ? result : result.replaceAll(char, picture)), text);
}
