/** What BuildKit does and the model once did not know; test/engine/model.engine.ts asks BuildKit itself. */
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { execute, factsOf, type StageImage } from "../../src/image/index.ts";
import { textOf } from "../engine/fuzz/case.ts";
import { DISAGREEMENTS } from "../engine/fuzz/disagreements.ts";

test.each(DISAGREEMENTS)("$about", ({ one, right }) => {
  const texts = Object.entries(one.context).flatMap(([path, entry]) => ("text" in entry ? [[path, entry.text]] : []));
  const context = memoryContext(Object.fromEntries([...texts, ["rootfs/bin/sh", ""], ["rootfs/bin/ash", ""]]));
  const facts = factsOf(parseDockerfile(textOf(one)), { context });
  // Where nobody knows whether something can be done, `fails` means that it may not.
  const builds = [0, ...(right.build === "fails" ? [1, 2, 3, 4] : [])].map(
    (seed) => execute(facts, { seed }).images.at(-1)!,
  );
  const image = builds.find(({ failure }) => failure !== undefined) ?? builds[0]!;
  for (const [at, what] of Object.entries(right)) expect(said(image, at)).toContain(what);
});

test("an output without a line end is not the file that it was read from", () => {
  const of = (script: string) => {
    const facts = factsOf(parseDockerfile(`FROM alpine\nCOPY a /a\nRUN ${script}\n`), {
      context: memoryContext({ a: "x\n" }),
    });
    const found = execute(facts, { seed: 0 }).images[0]!.tree.find("/x");
    return found.known && found.entry?.content;
  };
  expect(of('echo "$(cat /a)" > /x')).not.toBe(`${of("cat /a > /x")}\n`);
});

function said({ failure, tree, config }: StageImage, at: string): string {
  if (at === "build") return failure === undefined ? "works" : "fails";
  if (at === "WorkingDir") return `${config.fields.get("WorkingDir")}`;
  if (at === "EXPOSE") return [...config.ports].join(" ");
  if (at.startsWith("ENV ")) return `${config.env.get(at.slice(4))}`;
  const found = tree.find(at);
  if (!found.known) return "not known";
  if (!found.entry) return "absent";
  const { kind, mode, owner, content } = found.entry;
  return /^\d+$/.test(mode) ? `${kind} ${mode} ${owner} ${content}` : `${kind} ${owner} ${content}`;
}
