import { expect, test } from "vitest";
import { agreement, parseDockerfile } from "../../src/dockerfile/index.ts";

test("the second parser agrees about a plain file", () => {
  const source =
    '# syntax=docker/dockerfile:1\nFROM a AS b\n# note\nRUN c \\\n  # inner\n  d\n\nCOPY <<EOF /x\ny\nEOF\nCMD ["e"]\n';
  expect(agreement(parseDockerfile(source))).toEqual([]);
});

test.each([
  ["a backslash", "FROM a\nRUN b \\\n"],
  ["a backslash without a newline", "FROM a\nRUN b \\"],
  ["comments behind a backslash", "FROM a\nRUN b \\\n# c\n\n"],
])("it need not agree where %s ends the file", (_, source) => {
  expect(agreement(parseDockerfile(source))).toEqual([]);
});

test.each([
  ["an escaped backslash at a line's end", "FROM a\nRUN echo b\\\\\nRUN c\n"],
  ["a directive behind a comment", "# a=b\n# escape=`\nFROM a\nRUN b `\nRUN c\n"],
  ["a quoted << that it takes for a heredoc", 'FROM a\nRUN echo "b <<EOF c"\nCMD d\n'],
])("it disagrees about %s, and the file is left alone", (_, source) => {
  const [problem] = agreement(parseDockerfile(source));
  expect(problem).toMatchObject({ code: "disagreement" });
});
