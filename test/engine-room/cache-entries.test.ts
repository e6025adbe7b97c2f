/** Which entries of BuildKit's cache a run made. Descriptions and names are of Engine 26.1.5 with BuildKit 0.13. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CacheEntry, describes, madeBy, parseEntries } from "../../src/engine/cache-entries.ts";
import type { Ledger } from "../../src/engine/ledger.ts";

const LISTED = `ID:\t\tdnmx2fq24rlz8tn5au7r8r3wv
Created at:\t2026-11-24 17:18:37.698980511 +0000 UTC
Mutable:\ttrue
Reclaimable:\tfalse
Shared:\t\tfalse
Size:\t\t21.5kB
Description:\tmount / from exec /bin/sh -c echo x
Usage count:\t9

Usage count:\t1
Last used:\t1 second ago
Type:\t\texec.cachemount

ID:\t\tjm1y8s916xu1zkzkixh15umku
Parent:\t\tdnmx2fq24rlz8tn5au7r8r3wv
Created at:\t2026-11-24 17:18:37 +0000 UTC
Mutable:\tfalse
Reclaimable:\ttrue
Shared:\t\ttrue
Size:\t\t792.2MB
Description:\tfrom local 
Usage count:\t1
Type:\t\tregular

Shared:\t\t3B
Total:\t\t237B
`;

test("entries are read from what buildx prints; the bytes of a base image are not counted", () => {
  expect(parseEntries(LISTED)).toEqual([
    {
      id: "dnmx2fq24rlz8tn5au7r8r3wv",
      description: "mount / from exec /bin/sh -c echo x",
      created: Date.parse("2026-11-24T17:18:37.698Z"),
      bytes: 21_500,
      inUse: true,
    },
    {
      id: "jm1y8s916xu1zkzkixh15umku",
      description: "from local",
      created: Date.parse("2026-11-24T17:18:37Z"),
      bytes: 0,
      inUse: false,
    },
  ]);
});

describe("a step and the entry that it leaves", () => {
  test.each([
    ["[1/2] RUN echo hello", "mount / from exec /bin/sh -c echo hello"],
    ["[a 2/4] RUN --mount=type=cache,target=/c make  all", "mount / from exec /bin/bash -eo pipefail -c make  all"],
    ['[a 2/4] RUN echo "core val" $(echo x) $? $Q', 'mount / from exec /bin/sh -e -c echo "core $X" $(echo x) $? \\$Q'],
    ['[a 3/4] RUN ["sh","-c","echo b"]', "mount / from exec sh -c echo b"],
    ["[a 4/4] RUN <<EOF (# comment...)", "mount /x from exec /bin/sh -c # comment\necho $X\n"],
    ["[b 2/4] COPY --from=a /x /y", "[b 2/4] COPY --from=a /x /y"],
    ["[internal] load build context", "local source for context"],
    ["[context other] load from client", "local source for other"],
    ["[1/4] FROM docker.io/library/busybox", "from local"],
    ["[0/0] COPY $FROM /y", "[b 2/4] COPY here /y"],
  ])("%s", (vertex, description) => {
    expect(describes(vertex, description)).toBe(true);
  });

  test.each([
    ["[1/2] RUN echo hello", "mount / from exec /bin/sh -c echo"],
    ["[1/2] RUN echo hello", "mount / from exec /bin/sh -c echo hello there"],
    ["[1/2] RUN echo a b", "mount / from exec /bin/sh -c echo $X c"],
    ["[b 2/4] COPY a /y", "[b 2/5] COPY a /y"],
    ["[internal] load build context", "local source for other"],
    ["[1/2] RUN echo hello", "from local"],
    ["[0/0] COPY $FROM /y", "[b 2/4] COPY here /z"],
  ])("%s is not: %s", (vertex, description) => {
    expect(describes(vertex, description)).toBe(false);
  });
});

const ledger: Ledger = {
  run: "0123456789ab",
  process: { pid: 1, born: "", host: "" },
  engine: "docker",
  env: {},
  scratch: "",
  file: "",
  stocks: [{ known: ["old"], clockAhead: 500_000 }],
  builds: [
    {
      begun: 10_000,
      deadline: 90_000,
      ended: 30_000,
      planned: ["[0/0] RUN b"],
      vertices: [{ name: "[1/1] RUN a", ended: 20_000 }],
    },
    { begun: 40_000, deadline: 90_000, planned: ["[0/0] RUN c"], vertices: [] },
  ],
};
const entry = (id: string, script: string, at: number): CacheEntry => ({
  id,
  description: `mount / from exec /bin/sh -c ${script}`,
  created: 500_000 + at,
  bytes: 1,
  inUse: false,
});
const isOurs = (...args: Parameters<typeof entry>) => madeBy(ledger, [entry(...args)], undefined).length === 1;

test("an entry is a run's own that was new, of a step that it saw, and made before that step ended", () => {
  expect(isOurs("new", "a", 15_000)).toBe(true);
  expect(isOurs("old", "a", 15_000)).toBe(false);
  expect(isOurs("new", "a", 8000)).toBe(false);
  expect(isOurs("new", "a", 25_000)).toBe(false);
  expect(isOurs("new", "z", 15_000)).toBe(false);
});

test("of a build that was not seen to end, a step that its log did not show is the run's own as well", () => {
  expect(isOurs("new", "c", 60_000)).toBe(true);
  expect(isOurs("new", "c", 95_000)).toBe(false);
  expect(isOurs("new", "b", 15_000)).toBe(false);
});

test("a cache mount is told by the namespace of the run, whatever the time", () => {
  const mount = (run: string) => ({
    ...entry("new", "z", 0),
    description: `cached mount /c from exec z with id "${run}-1/c"`,
  });
  expect(madeBy(ledger, [mount(ledger.run), mount("ba9876543210")], undefined)).toHaveLength(1);
});

test("entries of another builder are another builder's", () => {
  fc.assert(
    fc.property(fc.string(), (builder) => {
      expect(madeBy(ledger, [entry("new", "a", 15_000)], builder)).toEqual([]);
    }),
  );
});
