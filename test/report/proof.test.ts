import { describe, expect, test } from "vitest";
import type { Proof, TargetProof } from "../../src/engine/types.ts";
import {
  addProof,
  bytesOf,
  jsonProofReporter,
  noProofs,
  type ProofReport,
  textProofReporter,
  type Verbosity,
} from "../../src/report/index.ts";

const target: TargetProof = {
  target: undefined,
  promise: "same-image",
  verdict: "kept",
  reason: undefined,
  failure: undefined,
  identical: false,
  paths: 18_204,
  differences: [],
  unsteady: [],
  explained: [],
  added: [],
  behaviour: undefined,
  trace: undefined,
};

const proof: Proof = {
  path: "api/Dockerfile",
  engine: "Docker Engine 26.1.5, BuildKit 0.13",
  promise: "same-image",
  verdict: "kept",
  targets: [target],
  surface: undefined,
  rebuild: undefined,
  scan: undefined,
  seconds: 84.21,
};

function textOf(given: Partial<Proof>, verbosity: Verbosity = "normal", out = false): string {
  const reporter = textProofReporter({ verbosity, colour: { out, err: false } });
  return reporter.file({ path: proof.path, problems: [], proof: { ...proof, ...given } }).out ?? "";
}

describe("a proof in text", () => {
  test("that is kept, with all there is to say", () => {
    const surface = {
      bytes: 1_016_700_000,
      layers: 19,
      packages: { dpkg: 411, node_modules: 320 },
      executables: 1204,
      setuid: 9,
      compilers: ["cc", "g++", "gcc", "make", "tsc", "esbuild"],
      shells: ["bash", "sh"],
    };
    const step = (instruction: string, seconds: number) => ({ stage: "", instruction, cached: false, seconds });
    const text = textOf({
      promise: "same-runtime",
      targets: [
        {
          ...target,
          promise: "same-runtime",
          explained: [
            { rule: "development packages", paths: 9310, bytes: 165_200_000 },
            { rule: "build inputs", paths: 1, bytes: 512 },
          ],
          unsteady: [
            { at: "/root/.npm/_logs/1.log", rule: "log of npm" },
            { at: "/root/.npm/_logs/2.log", rule: "log of npm" },
          ],
          behaviour: {
            kind: "serves",
            same: ["GET / gives 200, the same body", "the same log"],
            differences: [],
            notCompared: ["port 9000 is UDP"],
          },
          trace: { files: 312, differences: [], notTraced: undefined },
        },
        { ...target, target: "deps", identical: true },
      ],
      surface: {
        before: surface,
        after: { ...surface, bytes: 827_000_000, layers: 12, packages: { dpkg: 411 }, compilers: [], setuid: 8 },
      },
      scan: {
        scanner: "trivy",
        before: { LOW: 2, CRITICAL: 3 },
        after: { CRITICAL: 1 },
        gone: ["CVE-1", "CVE-2", "CVE-3", "CVE-4", "CVE-5", "CVE-6"],
        added: [],
      },
      rebuild: {
        path: "src/links.ts",
        before: { ran: [step("COPY . .", 0.1), step("RUN npm ci", 41.26)], seconds: 72 },
        after: { ran: [step("COPY . .", 0.1)], seconds: 1.04 },
      },
    });
    expect(text).toBe(`\
✔ api/Dockerfile: same-runtime kept

  default target, same-runtime: kept
    compared    18,204 paths and the configuration
    gone        development packages: 9,310 paths, 165.2 MB
                build inputs: 1 path, 512 bytes
    varies      log of npm: /root/.npm/_logs/1.log and 1 more
    behaviour   it serves, and this is the same
                  GET / gives 200, the same body
                  the same log
                not compared: port 9000 is UDP
    traced      312 files that the original opened are there and the same

  target deps, same-image: kept
    compared    both builds give one and the same image

                          before                      after
  size                    1,016.7 MB                  827.0 MB  −18.7 %
  layers                  19                          12
  packages, dpkg          411                         411
  packages, node_modules  320                         0
  executables             1,204                       1,204
  setuid files            9                           8
  compilers               cc, g++, gcc, make, 2 more  none
  shells                  bash, sh                    bash, sh

  scan        trivy: critical 3 → 1, low 2 → 0
              gone: CVE-1, CVE-2, CVE-3, CVE-4, 2 more

  after an edit of src/links.ts these steps run again
    before      2 steps, 1 min 12 s
                  COPY . . (0.1 s)
                  RUN npm ci (41.3 s)
    after       1 step, 1.0 s
                  COPY . . (0.1 s)

  Docker Engine 26.1.5, BuildKit 0.13, 1 min 24 s
`);
  });

  const broken: Partial<Proof> = {
    verdict: "broken",
    targets: [
      {
        ...target,
        verdict: "broken",
        differences: [
          {
            at: "/etc/motd",
            kind: "content",
            what: "content",
            diff: "@@ -1 +1 @@\n-hello\n+goodbye\n",
            transform: "merge-runs",
          },
          { at: "Env", kind: "config", what: "A=1 → A=2" },
        ],
      },
    ],
  };

  test("that is broken names what differs, how, and which transform is to blame", () => {
    expect(textOf(broken)).toBe(`\
✘ api/Dockerfile: same-image broken

  default target, same-image: broken
    differs     /etc/motd: content, by merge-runs
                  @@ -1 +1 @@
                  -hello
                  +goodbye
                Env: A=1 → A=2
    compared    18,204 paths and the configuration

  Docker Engine 26.1.5, BuildKit 0.13, 1 min 24 s
`);
  });

  test("that traced one file says so in the singular", () => {
    const trace = { files: 1, differences: [], notTraced: undefined };
    expect(textOf({ targets: [{ ...target, trace }] })).toContain(
      "1 file that the original opened is there and the same",
    );
  });

  test("of one target says that it is no more than that", () => {
    expect(textOf({ targets: [{ ...target, target: "dev" }] })).toContain(
      "api/Dockerfile: same-image kept, for target dev alone\n",
    );
    expect(textOf({ targets: [{ ...target, target: "dev" }, target] })).toContain("api/Dockerfile: same-image kept\n");
  });

  test("tells a dozen differences, and all of them when asked", () => {
    const differences = Array.from({ length: 30 }, (_, index) => ({
      at: `/srv/${index}`,
      kind: "gone" as const,
      what: "gone",
    }));
    const many = { ...broken, targets: [{ ...target, verdict: "broken" as const, differences }] };
    expect(textOf(many)).toContain("/srv/11: gone\n                and 18 more (--verbose tells them)\n");
    expect(textOf(many, "verbose")).toContain("/srv/29: gone\n");
  });

  test("that is undecided says why", () => {
    const failure = "RUN make: exit code 2";
    const reason = `the original does not build: ${failure}`;
    expect(
      textOf({ verdict: "undecided", targets: [{ ...target, verdict: "undecided", reason, failure, paths: 0 }] }),
    ).toBe(`\
? api/Dockerfile: same-image undecided

  default target, same-image: undecided
    undecided   the original does not build: RUN make: exit code 2

  Docker Engine 26.1.5, BuildKit 0.13, 1 min 24 s
`);
  });

  test("of a file that nothing changes in is one line", () => {
    expect(textOf({ targets: [], engine: "" })).toBe(
      "✔ api/Dockerfile: nothing changes, so there is nothing to prove\n",
    );
  });

  test("is quiet about what is kept, when asked, and about figures of what is not", () => {
    expect(textOf({}, "quiet")).toBe("");
    expect(textOf(broken, "quiet")).toContain("Env: A=1 → A=2\n");
    expect(textOf(broken, "quiet")).not.toContain("Docker Engine");
    const targets = [{ ...target, target: "deps" }, ...broken.targets!];
    expect(textOf({ ...broken, targets }, "quiet")).not.toContain("target deps");
  });

  test("has the same text in colour", () => {
    expect(textOf(broken, "normal", true)).toContain("\x1b[31m");
    expect(textOf(broken, "normal", true).replace(/\x1b\[\d+m/g, "")).toBe(textOf(broken));
  });

  test("is told apart from the one before by an empty line, and counted at the end", () => {
    const reporter = textProofReporter({ verbosity: "normal", colour: { out: false, err: false } });
    const report: ProofReport = { path: "a", problems: [], proof: { ...proof, targets: [] } };
    expect(reporter.file(report).out).toMatch(/^✔/);
    expect(reporter.file(report).out).toMatch(/^\n✔/);
    const failed: ProofReport = {
      path: "b",
      problems: [{ code: "unreadable", message: "is a folder", at: undefined }],
      proof: undefined,
    };
    expect(reporter.file(failed)).toEqual({ out: "", err: "b: error: is a folder\n" });
    const totals = [report, report, failed].reduce(addProof, noProofs);
    expect(reporter.end(totals).err).toBe(
      "3 files: 2 kept, 0 broken, 0 undecided, 1 without a proof because of a problem\n",
    );
  });
});

test("a proof in JSON has null for what is not there", () => {
  const reporter = jsonProofReporter();
  const reports: ProofReport[] = [
    { path: "a", problems: [], proof },
    { path: "b", problems: [{ code: "syntax", message: "odd", at: { line: 2, column: 1 } }], proof: undefined },
  ];
  const text = [
    reporter.begin(),
    ...reports.map((report) => reporter.file(report)),
    reporter.end(reports.reduce(addProof, noProofs)),
  ]
    .map(({ out }) => out)
    .join("");
  expect(JSON.parse(text)).toEqual({
    version: 1,
    proofs: [
      {
        path: "a",
        problems: [],
        verdict: "kept",
        engine: proof.engine,
        promise: "same-image",
        seconds: 84.21,
        surface: null,
        rebuild: null,
        scan: null,
        targets: [{ ...target, target: null, reason: null, failure: null, behaviour: null, trace: null }],
      },
      { path: "b", problems: [{ code: "syntax", message: "odd", line: 2, column: 1 }], verdict: null },
    ],
    totals: { files: 2, kept: 1, broken: 0, undecided: 0, problems: 1 },
  });
});

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [21_460, "21.5 kB"],
  [1_016_700_000, "1,016.7 MB"],
  [12_000_000_000, "12.0 GB"],
])("%i bytes are %s", (bytes, text) => expect(bytesOf(bytes)).toBe(text));
