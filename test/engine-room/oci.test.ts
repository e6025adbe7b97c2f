import { describe, expect, test } from "vitest";
import { failureOf, surroundingsOf } from "../../src/engine/oci-build.ts";
import { StepLog } from "../../src/engine/oci-steps.ts";

function read(text: string) {
  const heard: string[] = [];
  const log = new StepLog((step) => heard.push(step));
  for (const line of text.split("\n")) log.read(line);
  return { log, heard };
}

describe("what podman and buildah print", () => {
  test("of one stage", () => {
    const { log } = read(`STEP 1/4: FROM busybox
STEP 2/4: COPY letter /letter
--> Using cache fd0a3023195e3ef5378524f3b33d1e959e2dd7161ef11d1b0c296fc646d207c7
--> fd0a3023195e
STEP 3/4: RUN echo one
one
STEP 4/4: LABEL "a"="b"
COMMIT`);
    expect(log.steps).toEqual([
      { stage: "", instruction: "COPY letter /letter", cached: true, seconds: 0 },
      { stage: "", instruction: "RUN echo one", cached: false, seconds: expect.any(Number) },
    ]);
    expect(log.current).toBeUndefined();
  });

  test("of several stages, by name or number", () => {
    const { log, heard } = read(`[1/2] STEP 1/2: FROM busybox AS builder
[1/2] STEP 2/2: RUN make
--> e5bf99eea170
[2/2] STEP 1/2: FROM busybox
[2/2] STEP 2/2: COPY --from=builder /out /out`);
    expect(log.current).toBe("COPY --from=builder /out /out");
    expect(heard).toHaveLength(4);
    expect(log.steps.map(({ stage, instruction }) => [stage, instruction])).toEqual([
      ["builder", "RUN make"],
      ["stage-1", "COPY --from=builder /out /out"],
    ]);
  });

  test("a program that speaks of a cache of its own makes its step none from the cache", () => {
    const { log } = read("STEP 1/2: FROM scratch\nSTEP 2/2: RUN make\n--> Using cache of objects");
    expect(log.steps).toMatchObject([{ cached: false }]);
  });
});

describe("a build that failed", () => {
  test("tells its step in one line", () => {
    const said =
      'subprocess exited with status 1\nError: building at STEP "RUN make": while running runtime: exit status 2\n';
    expect(failureOf(said)).toBe("RUN make: exit status 2");
    expect(failureOf("Error: no FROM statement found\n")).toBe("no FROM statement found");
    expect(surroundingsOf(said)).toBeUndefined();
  });

  test.each([
    [
      'Error: creating build container: short-name "none" did not resolve to an alias',
      /^the base image none can't be pulled/,
    ],
    [
      "Error: creating build container: initializing source docker://a.invalid/b:latest: pinging container registry a.invalid: no such host",
      /^the base image a\.invalid\/b:latest can't be pulled: pinging container registry/,
    ],
    ['Error: building at STEP "RUN x": no secret with id "token"', /--secret id=token,src=FILE$/],
  ])("%s", (said, expected) => expect(surroundingsOf(said)).toMatch(expected));
});
