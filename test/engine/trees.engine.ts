/** Both readers of an image's files see the same: the kernel's overlay of the layers, and the archive that the engine saves. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withTrees } from "../../src/engine/trees/index.ts";
import { savedTrees } from "../../src/engine/trees/saved.ts";
import type { ImageTree } from "../../src/engine/types.ts";
import { SETTINGS } from "../harness/build-settings.ts";
import { sessionHere } from "./session-here.ts";

const context = mkdtempSync(join(tmpdir(), "refit-trees-"));
const session = sessionHere();

beforeAll(async () => {
  mkdirSync(join(context, "files"));
  for (const name of ["tool", "unmarked"]) writeFileSync(join(context, "files", name), name);
  execFileSync("setcap", ["cap_net_raw+ep", join(context, "files/tool")]);
  execFileSync("tar", ["--xattrs", "--format=pax", "-C", context, "-cf", join(context, "files.tar"), "files"]);
});
afterAll(() => {
  rmSync(context, { recursive: true, force: true });
});

async function imageOf(...lines: readonly string[]): Promise<string> {
  const dockerfile = `FROM busybox\n${lines.join("\n")}\n`;
  const built = await session().engine.build({ dockerfile, context, settings: SETTINGS });
  if (!built.ok) throw new Error(built.log);
  return built.image;
}

/** All that a tree says, but for identities. Of extended attributes an archive of docker holds capabilities alone. */
function said(tree: ImageTree) {
  const attributes = tree.attributes([...tree.entries.keys()]);
  return Object.fromEntries(
    [...tree.entries].map(([path, { identity, ...entry }]) => [
      path,
      {
        ...entry,
        ...(entry.type === "file" && { hash: tree.hash(path) }),
        capability: attributes.get(path)?.["security.capability"],
      },
    ]),
  );
}

/** What both say. */
async function agreed(...lines: readonly string[]) {
  const image = await imageOf(...lines);
  const slow: string[] = [];
  const mounted = await withTrees(session(), [image], said, (why) => slow.push(why));
  expect(slow).toEqual([]);
  const { trees, close } = await savedTrees(session(), [image]);
  try {
    expect(said(trees[0]!)).toEqual(mounted);
  } finally {
    await close();
  }
  return mounted;
}

const long = `${"deep/".repeat(60)}end`;

test("everything odd is read alike", async () => {
  const tree = await agreed(
    "RUN mkdir -p /odd/folder /odd/gone /odd/opaque && cd /odd && echo a >a && ln a b && ln -s loop loop && mkfifo fifo && mknod null c 1 3 && mknod disk b 8 300",
    "RUN cd /odd && echo x >setuid && chmod 6755 setuid && mkdir sticky && chmod 1777 sticky && touch empty && chown 4000000000:70000 empty",
    `RUN cd /odd && mkdir -p ${long.slice(0, -4)} && echo long >${long} && touch ${"n".repeat(250)}`,
    `RUN cd /odd && touch "$(printf 'line\\nfeed')" "$(printf 'not\\377utf8')" "$(printf 'both\\n\\377')" ' blank "quoted" \\ '`,
    "RUN cd /odd && touch gone/x opaque/x && mkdir opaque/y",
    "RUN cd /odd && rm -r gone && rm -r opaque && mkdir opaque && touch opaque/new && rm b && ln a c",
    "RUN cd /odd && echo file >swap && rm -r folder && echo file >folder",
    "RUN cd /odd && rm swap && mkdir swap && touch swap/in && echo more >>c",
    "RUN cd /odd && rm -r swap && echo again >swap && rm folder && mkdir folder && head -c 3000000 /dev/zero >zeros",
    "ADD files.tar /odd/",
    "RUN cd /odd && cp files/unmarked files/copy",
  );
  const odd = (path: string) => tree[`odd/${path}`];
  expect(odd("swap")).toMatchObject({ type: "file", size: 6 });
  expect(odd("opaque/x")).toBeUndefined();
  expect(odd("setuid")?.mode).toBe(0o6755);
  expect(odd("disk")?.target).toBe("b 8:300");
  expect(odd(long)?.size).toBe(5);
  expect(odd("not\udcffutf8")).toBeDefined();
  expect(odd("both\n\udcff")).toBeDefined();
  expect(odd("a")?.size).toBe(2);
  expect(odd("c")?.size).toBe(7);
  expect(odd("files/tool")?.capability).toMatch(/^0/);
});

test("an image of one layer, and one of many", async () => {
  const one = await agreed("RUN touch /x", "FROM scratch", "COPY files /files");
  expect(Object.keys(one).sort()).toEqual(["files", "files/tool", "files/unmarked"]);
  const many = await agreed(...Array.from({ length: 110 }, (_, index) => `COPY files/tool /many/${index}`));
  expect(many["many/109"]?.size).toBe(4);
});

/** Shell lines of busybox that make, change and remove things at a few paths. */
const path = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
const command = fc
  .tuple(
    fc.constantFrom(
      ...[
        "mkdir -p @",
        "echo $RANDOM >@",
        "rm -rf @",
        "rm -rf @ && mkdir @",
        "chmod 700 @",
        "chown 5:6 @",
        "ln -sf a @",
      ],
      ...[
        "ln -f $(find . -type f | sort | head -n 1) @",
        "mv $(ls | sort | head -n 1) @",
        "cp -a . /copy-of-it",
        "touch @",
      ],
    ),
    path,
  )
  .map(([text, at]) => `{ ${text.replaceAll("@", at)}; } 2>/dev/null || true`);

test("layers of random commands are read alike", async () => {
  const layers = fc.array(fc.array(command, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(layers, async (all) => {
      await agreed("WORKDIR /work", ...all.map((commands) => `RUN ${commands.join("; ")}`));
    }),
    { numRuns: 8 },
  );
});
