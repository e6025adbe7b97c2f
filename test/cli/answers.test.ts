import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answers, Asked, eitherOf, findAnswers } from "../../src/cli/answers.ts";
import type { ImageAnswer, PackageAnswer, Resolution } from "../../src/image/types.ts";
import { transforms } from "../../transforms/index.ts";
import { world } from "../harness/world.ts";
import { leaveOut } from "../leave-out.ts";
import { missingForDistribution, type Registry, startRegistry } from "../registry/distribution.ts";
import { pushIndex } from "../registry/images.ts";

function nothingKnown(): Answers & { readonly digests: Asked<Resolution> } {
  return {
    digests: new Asked<Resolution>(),
    images: new Asked<ImageAnswer>(),
    packages: new Asked<PackageAnswer>(),
  };
}

/** Knows everything, and keeps what it was asked. */
function source<Answer>(answer: Answer) {
  const asked: (readonly string[])[] = [];
  const ask = async (questions: readonly string[]) => {
    asked.push(questions);
    return new Map(questions.map((question) => [question, answer]));
  };
  return { asked, ask };
}

const BARE = { unresolved: "nothing is known of it" };

describe("what a transform looks up", () => {
  test("is asked for once, each kind of its own, and an answer may lead to the next question", async () => {
    const answers = nothingKnown();
    const [images, packages, digests] = [
      source(BARE),
      source({ names: ["libcmark0"] }),
      source({ digest: "sha256:0" }),
    ];
    let looks = 0;
    await findAnswers(answers, { images: images.ask, packages: packages.ask, digests: digests.ask }, () => {
      looks++;
      answers.digests.get("debian:13");
      if (answers.images.get("example.com/base")) answers.packages.get("libcmark-dev");
    });
    expect(images.asked).toEqual([["example.com/base"]]);
    expect(packages.asked).toEqual([["libcmark-dev"]]);
    expect(digests.asked).toEqual([["debian:13"]]);
    expect(answers.packages.get("libcmark-dev")).toEqual({ names: ["libcmark0"] });
    expect(looks).toBe(3);
  });

  test("is looked at once where nobody answers, or only with a digest", async () => {
    const answers = nothingKnown();
    let looks = 0;
    await findAnswers(answers, { digests: source({ digest: "sha256:0" }).ask }, () => {
      looks++;
      answers.digests.get("debian:13");
      answers.packages.get("libcmark-dev");
    });
    expect(looks).toBe(1);
  });

  test("is not asked for by `has`", async () => {
    const { images } = nothingKnown();
    const { asked, ask } = source(BARE);
    expect(images.has("example.com/base")).toBe(false);
    expect(await images.settle(ask)).toBe(false);
    expect(asked).toEqual([]);
  });

  test("goes to a second source for what the first does not know", async () => {
    const [first, second] = [source("engine"), source("registry")];
    const known = async (questions: readonly string[]) => new Map([...(await first.ask(questions))].slice(0, 1));
    expect([...(await eitherOf(known, second.ask)(["one", "two"]))]).toEqual([
      ["one", "engine"],
      ["two", "registry"],
    ]);
    expect(second.asked).toEqual([["two"]]);
  });
});

if (missingForDistribution) leaveOut("an image of somebody else in a registry", missingForDistribution);
else
  describe("an image of somebody else in a registry", () => {
    let registry: Registry;
    beforeAll(async () => {
      registry = await startRegistry("none");
      await pushIndex(registry.host, "team/node", "1", [
        ["linux", "amd64"],
        ["linux", "arm64"],
      ]);
    });
    afterAll(() => registry.stop());

    const split = (...flags: readonly string[]) => {
      const install = { lockfileVersion: 3, packages: { "": { devDependencies: { typescript: "5.4.5" } } } };
      const lines = [
        "WORKDIR /app",
        "COPY --chown=app . .",
        "RUN npm ci && npm run build",
        'CMD ["node", "dist/main.js"]',
      ];
      const { refit } = world({
        "package.json": JSON.stringify({ scripts: { build: "tsc" }, devDependencies: { typescript: "5.4.5" } }),
        "package-lock.json": JSON.stringify(install),
        "tsconfig.json": '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
        "src/main.ts": "console.log(1);\n",
        Dockerfile: `FROM ${registry.host}/team/node:1\n${lines.join("\n")}\n`,
      });
      const env = process.env as Readonly<Record<string, string>>;
      return refit(["--only", "split-builder", ...flags], { env, transforms });
    };

    test("is asked for whose its files are", async () => {
      const { out, err } = await split();
      expect(out, err).toContain("+COPY --from=builder --chown=app /app/dist ./dist\n");
    });

    test("is not known where no registry may be asked", async () => {
      const { out, err } = await split("--offline");
      expect(out).toBe("");
      expect(err).toContain(`the user of the base image ${registry.host}/team/node:1 is not known\n`);
    });
  });
