/** What BuildKit prints while it builds, read. The logs are of Engine 26.1.5 with BuildKit 0.13. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failureOf, outageOf, surroundingsOf } from "../../src/engine/failure.ts";
import { Progress } from "../../src/engine/steps.ts";
import { stepOf } from "../../src/image/index.ts";

function read(log: string): Progress {
  const progress = new Progress();
  for (const line of log.split("\n")) progress.read(line);
  return progress;
}

const BUILT = `#0 building with "default" instance using docker driver
#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 261B done
#1 DONE 0.0s
#4 [builder 1/3] FROM docker.io/library/busybox:latest
#4 CACHED
#7 [builder 2/3] COPY a.txt .
#7 CACHED
#8 [builder 3/3] RUN npm ci
#9 [stage-1 1/2] RUN sleep 1
#8 [builder 3/3] RUN npm ci
#8 0.174 #9 DONE 7.0s
#8 DONE 0.2s
#9 DONE 1.2s
#12 exporting to image
#12 DONE 0.0s`;

test("steps are told in the order in which they start, with where they came from and how long they took", () => {
  expect(read(BUILT).steps).toEqual([
    { stage: "builder", instruction: "COPY a.txt .", cached: true, seconds: 0 },
    { stage: "builder", instruction: "RUN npm ci", cached: false, seconds: 0.2 },
    { stage: "stage-1", instruction: "RUN sleep 1", cached: false, seconds: 1.2 },
  ]);
});

test("the stage of a step may have a platform before it, or no name", () => {
  expect(stepOf("[2/5] RUN a")).toEqual({ stage: "", instruction: "RUN a" });
  expect(stepOf("[linux/amd64 build.er-1 2/5] RUN a")).toEqual({ stage: "build.er-1", instruction: "RUN a" });
  expect(stepOf("[linux/arm/v7 2/5] RUN a")).toEqual({ stage: "", instruction: "RUN a" });
  expect(stepOf("[internal] load build context")).toBeUndefined();
});

test("what a program prints is never taken for BuildKit's own words", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme-ascii" }),
      fc.constantFrom("", "#8 DONE 0.1s", "#8 CACHED"),
      (text, fake) => {
        const progress = read(`#8 [2/2] RUN x\n#8 0.174 ${fake}${text}`);
        expect(progress.vertices.map(({ state }) => state)).toEqual(["running"]);
      },
    ),
  );
});

const failed = (name: string, error: string, output = "") => `#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s
#5 ${name}
${output === "" ? "" : `#5 0.159 ${output}\n`}#5 ERROR: ${error}
------
 > ${name}:
0.159 ${output}
------
ERROR: failed to solve: ${error}
`;

describe("a failure is the file's or its surroundings'", () => {
  const exit3 = 'process "/bin/sh -c make" did not complete successfully: exit code: 3';
  test.each([
    ["a program that fails", failed("[2/2] RUN make", exit3, "no rule"), "RUN make: exit code: 3: no rule"],
    [
      "npm, which ends with a file that is gone with the container",
      failed(
        "[2/2] RUN npm ci",
        exit3,
        "npm ERR! code EUSAGE\n#5 0.160 npm ERR! A complete log of this run can be found in:\n#5 0.161 npm ERR!     /root/.npm/_logs/now-debug-0.log",
      ),
      "RUN npm ci: exit code: 3: npm ERR! code EUSAGE",
    ],
    ["a program that says nothing", failed("[2/2] RUN make", exit3), "RUN make: exit code: 3"],
    [
      "a program that fails with Docker's own words",
      failed("[2/2] RUN make", exit3, "Cannot connect to the Docker daemon at unix:///x. Is it running?"),
      "RUN make: exit code: 3: Cannot connect to the Docker daemon at unix:///x. Is it running?",
    ],
    ["a file that is not there", failed("[2/2] COPY a /", '"/a": not found'), 'COPY a /: "/a": not found'],
  ])("the file's: %s", (_, log, line) => {
    expect(outageOf(log)).toBeUndefined();
    expect(surroundingsOf(log, read(log))).toBeUndefined();
    expect(failureOf(log, read(log))).toBe(line);
  });

  const name = "[internal] load metadata for docker.io/library/thing:1";
  test.each([
    [
      "no network",
      failed(name, "dial tcp: no such host"),
      "the base image docker.io/library/thing:1 can't be pulled: dial tcp: no such host",
    ],
    [
      "no login",
      failed(name, "401 Unauthorized"),
      "the base image docker.io/library/thing:1 can't be pulled: the registry refuses (401 Unauthorized)",
    ],
    [
      "no frontend",
      failed("resolve image config for docker-image://docker.io/docker/dockerfile:1", "dial tcp: no such host"),
      "the frontend docker.io/docker/dockerfile:1 of the line `# syntax` can't be pulled: dial tcp: no such host",
    ],
    [
      "no secret",
      failed("[2/2] RUN x", "secret key: not found"),
      "the build needs the secret key: give it with --secret id=key,src=FILE",
    ],
    ["no builder", 'ERROR: no builder "nope" found\n', "there is no builder nope: docker buildx ls lists them"],
    [
      "no file of a secret",
      "ERROR: failed to stat /no: no such file or directory\n",
      "the build can't begin: failed to stat /no: no such file or directory",
    ],
    [
      "a full disk",
      failed("[2/2] RUN x", exit3, "cp: write error: No space left on device"),
      "no space left on the disk of the engine or of refit's temporary files",
    ],
    [
      "no bridge",
      failed("[2/2] RUN x", 'process "x" did not complete successfully: failed to create endpoint y on network bridge'),
      'the engine can\'t give a build its network: process "x" did not complete successfully: failed to create endpoint y on network bridge',
    ],
  ])("its surroundings': %s", (_, log, line) => {
    expect(outageOf(log) ?? surroundingsOf(log, read(log))).toBe(line);
  });
});
