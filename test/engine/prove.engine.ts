/** `refit prove` as users have it, on images of a few files. */
import { describe, expect, test } from "vitest";
import { transforms } from "../../transforms/index.ts";
import { commentTransform } from "../harness/samples.ts";
import { type RunOptions, world } from "../harness/world.ts";

const env = process.env as Readonly<Record<string, string>>;

/** The command line with the transforms that users have. */
function here(files: Readonly<Record<string, string>>) {
  const { refit, ...rest } = world(files);
  const offline = (args: readonly string[], options: RunOptions = {}) =>
    refit([...args, "--offline"], { env, transforms, ...options });
  return { ...rest, refit: offline };
}

const words = "FROM busybox\nRUN echo one > /one\nRUN echo two > /two\n";

describe("what refit rewrites", () => {
  test("is kept, with figures of both images", async () => {
    const { code, out, err } = await here({ Dockerfile: words }).refit(["prove"]);
    expect(err).toBe("");
    expect(out).toMatch(
      /^✔ Dockerfile: same-image kept\n\n {2}default target, same-image: kept\n {4}compared {4}\d+ paths/,
    );
    const [, before, after] = /^ {2}layers +(\d+) +(\d+)$/m.exec(out) ?? [];
    expect(Number(after)).toBe(Number(before) - 1);
    expect(out).toMatch(/^ {2}Docker Engine [^,]+.*, [\d.]+ s$/m);
    expect(code).toBe(0);
  });

  test("is compared for each stage that has a name, and for one alone when asked", async () => {
    const { refit } = here({
      Dockerfile: `${words.replace("busybox", "busybox AS tools")}FROM scratch\nCOPY --from=tools /one /\n`,
    });
    const targets = async (...args: readonly string[]) => {
      const { out } = await refit(["prove", "--format", "json", ...args]);
      const [proof] = JSON.parse(out).proofs;
      expect(proof).toMatchObject({ verdict: "kept", promise: "same-image" });
      return proof.targets.map(({ target }: { target: string | null }) => target);
    };
    expect(await targets()).toEqual(["tools", null]);
    expect(await targets("--target", "tools")).toEqual(["tools"]);
  });

  test("is undecided where the original does not build, and says where it fails", async () => {
    const { code, out } = await here({ Dockerfile: `${words}RUN cat /three\n` }).refit(["prove"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^\? Dockerfile: same-image undecided\n/);
    expect(out).toMatch(/undecided {3}the original does not build: RUN .*cat \/three.*exit code: 1/);
  });

  test("is undecided where the original differs from itself, and names the path", async () => {
    const { code, out } = await here({
      Dockerfile: `${words}RUN head -c 9 /dev/urandom | base64 > /chance\n`,
    }).refit(["prove"]);
    expect(code).toBe(1);
    expect(out).toMatch(/undecided {3}two builds of the original itself differ in \/chance\n/);
  });

  test("is built with the arguments that are given", async () => {
    const { refit } = here({ Dockerfile: `${words}ARG WORD\nRUN test "$WORD" = "said so" && echo $WORD > /said\n` });
    expect((await refit(["prove"])).out).toContain("the original does not build");
    expect((await refit(["prove", "--build-arg", "WORD=said so"])).code).toBe(0);
  });
});

describe("--against", () => {
  test("compares with a file written by hand, and shows what differs", async () => {
    const { refit } = here({
      Dockerfile: words,
      "by-hand.Dockerfile": `${words.replace("echo two", "echo 2")}RUN chmod 700 /one\nENV LANG=C\nRUN rm /etc/group\n`,
    });
    const { code, out } = await refit(["prove", "Dockerfile", "--against", "by-hand.Dockerfile", "--format", "json"]);
    const [{ verdict, targets }] = JSON.parse(out).proofs;
    expect({ code, verdict }).toEqual({ code: 1, verdict: "broken" });
    const differences = targets[0].differences.map(({ at, kind }: { at: string; kind: string }) => `${kind} ${at}`);
    expect(differences.sort()).toEqual(["config Env", "content /two", "gone /etc/group", "mode /one"]);
  });

  test("finds a file that no longer builds broken, and one that a new stage name hides", async () => {
    const { refit } = here({
      Dockerfile: "FROM busybox AS app\nRUN echo one > /one\n",
      fails: "FROM busybox AS app\nRUN echo one > /one; false\n",
      renamed: "FROM busybox AS web\nRUN echo one > /one\n",
    });
    expect((await refit(["prove", "Dockerfile", "--against", "fails"])).out).toMatch(
      /✘[\s\S]*differs {5}build: the original builds, the new file does not: RUN [^\n]*exit code: 1/,
    );
    const renamed = await refit(["prove", "Dockerfile", "--against", "renamed"]);
    expect(renamed.code).toBe(1);
    expect(renamed.out).toMatch(/target app, same-image: broken\n[\s\S]*default target, same-image: kept/);
  });

  test("finds a file broken that builds where the original does not", async () => {
    const { refit } = here({ Dockerfile: "FROM busybox\nRUN false\n", mended: "FROM busybox\nRUN true\n" });
    const { code, out } = await refit(["prove", "Dockerfile", "--against", "mended"]);
    expect(code).toBe(1);
    expect(out).toContain("the original does not build, the new file does: RUN");
  });

  test("honours the ignore file that each of them has", async () => {
    const { refit } = here({
      ...{ Dockerfile: "FROM scratch\nCOPY . /\n", "other.Dockerfile": "FROM scratch\nCOPY . /\n" },
      "other.Dockerfile.dockerignore": "notes.txt\n",
      "notes.txt": "remember",
    });
    expect((await refit(["prove", "Dockerfile", "--against", "other.Dockerfile"])).out).toContain("/notes.txt: ");
  });
});

/** What the container reads is known to its environment alone: no model of the file sees it. */
const reader = `\
FROM busybox
RUN echo one > /one
RUN echo two > /two
WORKDIR /srv
COPY notes.txt ./
ENV NOTES=/srv/notes.txt
CMD ["sh", "-c", "cat $NOTES"]
`;

/** A transform that takes what may be needed for a build input. */
const tidy = {
  ...commentTransform("tidy", (comment) => comment, "split"),
  promise: "same-runtime" as const,
  *find({ dockerfile }: { dockerfile: { source: string } }) {
    const start = dockerfile.source.indexOf("COPY notes.txt");
    const end = dockerfile.source.indexOf("\n", start) + 1;
    if (start >= 0) yield { at: { start, end }, data: { start, end } };
  },
  rewrite: ({ data: span }: { data: { start: number; end: number } }) => ({
    edits: [{ span, text: "" }],
    why: "it is a build input",
  }),
};

describe("a transform that is wrong in a way that the model does not see", () => {
  const given = { transforms: [...transforms, tidy] };

  test("is named", async () => {
    const { refit } = here({ Dockerfile: reader, "notes.txt": "remember\n" });
    const { code, out } = await refit(["prove"], given);
    expect(out).toMatch(/✘ Dockerfile: same-runtime broken/);
    expect(out).toMatch(/differs .*, by tidy/);
    expect(out).not.toMatch(/by merge-runs/);
    expect(code).toBe(1);
  });

  test("--write --prove leaves it out, writes what holds, and says so", async () => {
    const { read, refit } = here({ Dockerfile: reader, "notes.txt": "remember\n" });
    const { code, out, err } = await refit(["--write", "--prove"], given);
    expect(read("Dockerfile")).toBe(reader.replace("one\nRUN", "one && \\\n   "));
    expect(out).toContain("+RUN echo one > /one && \\\n");
    expect(err).toMatch(/^Dockerfile:5:1: tidy was left out: the proof failed with it: /m);
    expect(err).toMatch(/^✔ Dockerfile: same-image kept$/m);
    expect(code).toBe(1);
  });
});

describe("--write --prove", () => {
  test("writes a file that is proved whole: exit code 0", async () => {
    const { read, refit } = here({ Dockerfile: words });
    const { code, out } = await refit(["--write", "--prove", "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).files).toMatchObject([{ changed: true, leftOut: [], proof: { verdict: "kept" } }]);
    expect(read("Dockerfile")).not.toBe(words);
  });

  test("writes nothing where the original does not build", async () => {
    const failing = `${words}RUN cat /three\n`;
    const { read, refit } = here({ Dockerfile: failing });
    const { code, out, err } = await refit(["--write", "--prove"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("the original does not build");
    expect(read("Dockerfile")).toBe(failing);
  });

  test("writes the rest where one place can't be proved", async () => {
    const chance = "FROM busybox\nRUN echo three > /three\nRUN head -c 9 /dev/urandom | base64 > /chance\n";
    const rest = "WORKDIR /srv\nRUN echo one > /one\nRUN echo two > /two\n";
    const { read, refit } = here({ Dockerfile: `${chance}${rest}` });
    const { code, err } = await refit(["--write", "--prove"]);
    expect(read("Dockerfile")).toBe(`${chance}${rest.replace("one\nRUN", "one && \\\n   ")}`);
    expect(err).toMatch(/^Dockerfile:2:1: merge-runs was left out: two builds of the original itself differ in/m);
    expect(code).toBe(1);
  });
});

describe("what the user can mend is one clear line and exit code 2", () => {
  test.each([
    {
      title: "a base image that is nowhere",
      file: "FROM localhost:1/nowhere\n",
      args: [],
      says: /localhost:1\/nowhere/,
    },
    { title: "a build that hangs", file: "FROM busybox\nRUN sleep 60\n", args: ["--timeout", "2"], says: /--timeout/ },
  ])("$title", async ({ file, args, says }) => {
    const { code, out, err } = await here({ Dockerfile: `${file}RUN echo one > /one\nRUN echo two > /two\n` }).refit([
      ...["prove", ...args],
    ]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(says);
    expect(err).toMatch(/^Dockerfile: error: [^\n]*\n$/);
  });
});
