/** Step times of real builds: written, and weighed by. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { transforms } from "../../transforms/index.ts";
import { world } from "../harness/world.ts";

const env = process.env as Readonly<Record<string, string>>;

const dockerfile = (sleep: number) => `FROM busybox AS build
WORKDIR /app
COPY . .
ARG PLACE=/app
RUN sleep ${sleep} && \\
    cat main.txt > $PLACE/built
RUN <<EOF
sleep 1
echo also > /also
EOF
FROM busybox
COPY --from=build /app/built /
RUN echo one > /one
RUN echo two > /two
`;

interface Row {
  readonly text: string;
  readonly weight: { readonly amount: number; readonly measured: boolean };
}

/** Seconds by the text of the steps; null for what was not measured. */
async function weighed(refit: ReturnType<typeof world>["refit"], side: "before" | "after", file: string) {
  const { code, out, err } = await refit(["explain", "--weights", file, "--format", "json"], { env, transforms });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const steps: readonly Row[] = JSON.parse(out)[side].stages.flatMap(({ steps }: { steps: Row[] }) => steps);
  return new Map(steps.map(({ text, weight }) => [text, weight.measured ? weight.amount : null]));
}

test("what prove --rebuild measures, explain weighs by", async () => {
  const { refit, read } = world({ Dockerfile: dockerfile(2), "main.txt": "main", ".dockerignore": "times.json\n" });
  const proof = await refit(["prove", "--rebuild", "main.txt", "--save-weights", "times.json", "--offline"], {
    env,
    transforms,
  });
  expect(proof.err).toMatch(/^times\.json has the times of \d+ steps, for --weights\n$/);
  expect(proof.code).toBe(0);
  expect(proof.out).toContain("after an edit of main.txt these steps run again");
  expect(JSON.parse(read("times.json"))).toMatchObject({ version: 1 });
  for (const side of ["before", "after"] as const) {
    const weights = await weighed(refit, side, "times.json");
    expect([...weights.values()]).not.toContain(null);
    expect(weights.get("RUN sleep 2 && cat main.txt > $PLACE/built")).toBeGreaterThanOrEqual(2);
    expect(weights.get("RUN <<EOF (sleep 1...)")).toBeGreaterThanOrEqual(1);
  }
  const { out } = await refit(["explain", "--weights", "times.json"], { env, transforms });
  expect(out).toMatch(/RUN sleep 2 && .* \d+\.\d s /);
});

test("a file that nothing changes in is measured as well, and one that does not build is not", async () => {
  const { refit, read } = world({ Dockerfile: "FROM busybox\nRUN sleep 1\n" });
  const measured = await refit(["prove", "--save-weights", "times.json", "--offline"], { env, transforms });
  expect(measured).toMatchObject({ code: 0, err: "times.json has the times of 1 step, for --weights\n" });
  expect(JSON.parse(read("times.json")).steps).toMatchObject([{ instruction: "RUN sleep 1" }]);

  const broken = world({ Dockerfile: "FROM busybox\nRUN false\n" });
  const failed = await broken.refit(["prove", "--save-weights", "times.json", "--offline"], { env, transforms });
  expect(failed.code).toBe(2);
  expect(failed.err).toContain("Dockerfile is not measured, since the original does not build without cache: RUN");
  expect(failed.err).toContain("refit: times.json is not written, since no step was built\n");
});

test("the log of a build that a user has made is read", async () => {
  const { refit, folder } = world({ Dockerfile: dockerfile(1), "main.txt": "main" });
  const log = execFileSync("sh", [
    "-c",
    `docker buildx build --progress rawjson --no-cache --build-arg PLACE=/app --file ${folder}/Dockerfile ${folder} 2>&1`,
  ]);
  writeFileSync(join(folder, "build.log"), log);
  const weights = await weighed(refit, "before", "build.log");
  expect([...weights.values()]).not.toContain(null);
  expect(weights.get("RUN sleep 1 && cat main.txt > $PLACE/built")).toBeGreaterThan(1);
});
