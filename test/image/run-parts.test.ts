import { expect, test } from "vitest";
import { packageParts, partsBy } from "../../src/image/run-parts.ts";
import { parseScript } from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";

const parse = (text: string) => parseScript(plain(text), "dash");
const textsOf = (parts: ReturnType<typeof packageParts>) => parts.map(({ script }) => script.source.text);

test.each<[string, readonly string[]]>([
  [
    "apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/* && npm ci && npm run build",
    ["apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*", "npm ci && npm run build"],
  ],
  [
    "set -ex && apk add --virtual .build gcc && npm ci && apk del .build",
    ["set -ex && apk add --virtual .build gcc", "npm ci", "apk del .build"],
  ],
  ["corepack enable && pnpm install", ["corepack enable", "pnpm install"]],
  // apk works wherever it is called.
  ["cd /srv && npm ci && apk del .build", ["cd /srv && npm ci", "apk del .build"]],
  [
    "export DEBIAN_FRONTEND=noninteractive && apt-get install -y git && make",
    ["export DEBIAN_FRONTEND=noninteractive && apt-get install -y git", "make"],
  ],
])("`%s` has parts that look after packages, and others", (text, expected) => {
  expect(textsOf(packageParts(parse(text)))).toEqual(expected);
});

test.each([
  "apt-get update && apt-get install -y git",
  "npm ci && npm run build",
  // A failure is passed over, or the last part does not always run.
  "apt-get install -y git; npm ci",
  "apt-get install -y git || npm ci",
  // The next part works where this one goes, or with what it sets.
  "npm ci && cd /opt && apt-get install -y git && make",
  "PREFIX=/opt && make install && apt-get install -y git",
  "export CC=clang && apt-get install -y clang && export CXX=clang++ && make",
  // It is there as long as its container.
  "redis-server --daemonize yes && apt-get install -y git && npm test",
])("`%s` stays whole", (text) => {
  expect(packageParts(parse(text))).toEqual([]);
});

test("parts are in the text where they stand", () => {
  const text = "make && true && make install";
  const parts = partsBy(parse(text), () => false);
  expect(parts.map(({ span: { start, end } }) => text.slice(start, end))).toEqual(["make", "true", "make install"]);
  expect(parts.map(({ invocations }) => invocations.length)).toEqual([1, 1, 1]);
});

test("parts know the words that the whole script knows", () => {
  const script = parseScript(
    plain("apt-get install -y $TOOL && npm ci"),
    "dash",
    undefined,
    new Map([["TOOL", "git"]]),
  );
  const [first] = packageParts(script);
  expect(first?.script.commands[0]?.words.at(-1)?.literal).toBe("git");
});
