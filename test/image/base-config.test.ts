import { describe, expect, test } from "vitest";
import { baseConfigOf, type ImageAnswer } from "../../src/bases/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";
import { compare } from "../../src/promises/index.ts";

const config = baseConfigOf({
  config: { User: "app", WorkingDir: "/srv", Env: ["LEVEL=1", "PATH=/opt/bin:/bin"], Shell: ["/bin/bash", "-c"] },
});
const images = new Map<string, ImageAnswer>([["example.com/base", { config }]]);

function stateAfter(dockerfile: string) {
  return factsOf(parseDockerfile(dockerfile), { images }).stages.at(-1)!.after;
}

describe("what the configuration of a base image says", () => {
  test("holds where the file says nothing else", () => {
    const state = stateAfter("FROM example.com/base\nWORKDIR shop\nENV LEVEL=${LEVEL}2\n");
    expect(state).toMatchObject({ cwd: "/srv/shop", user: "app" });
    expect(state.env.get("LEVEL")).toBe("12");
    expect(state.searched).toEqual(["/opt/bin", "/bin"]);
    expect(state.shell.dialect).toBe("bash");
  });

  test("gives way to what the file says, and reaches stages on the stage", () => {
    const file = "FROM example.com/base AS one\nUSER root\nENV LEVEL=3\nFROM one\nWORKDIR /app\n";
    const state = stateAfter(file);
    expect(state).toMatchObject({ cwd: "/app", user: "root" });
    expect(state.env.get("LEVEL")).toBe("3");
  });

  test("holds for the image with its digest, and for no other", () => {
    const digest = `sha256:${"0".repeat(64)}`;
    expect(stateAfter(`FROM example.com/base:latest@${digest}\n`).user).toBe("app");
    expect(stateAfter("FROM example.com/base:2\n").user).toBeUndefined();
  });

  test("is not asked for by the model", () => {
    const asked: string[] = [];
    const watched = new (class extends Map<string, ImageAnswer> {
      override get(name: string) {
        asked.push(name);
        return super.get(name);
      }
    })();
    const facts = factsOf(parseDockerfile("FROM example.com/other\nRUN true\n"), { images: watched });
    compare(facts, facts, "same-runtime");
    expect(asked).toEqual([]);
  });

  test("that a name is pinned changes nothing of the image", () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const digests = new Map([["example.com/base", { digest }]]);
    const facts = (name: string) => factsOf(parseDockerfile(`FROM ${name}\nRUN make\nCOPY . .\n`), { images, digests });
    const verdict = compare(facts("example.com/base"), facts(`example.com/base:latest@${digest}`), "same-image");
    expect(verdict.kind).toBe("kept");
  });
});
