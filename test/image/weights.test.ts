/** How heavy steps are, declared and measured. */
import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf, StepTimes, weightOf } from "../../src/image/index.ts";

function steps(...lines: readonly string[]) {
  const facts = factsOf(parseDockerfile(`${["FROM debian", ...lines].join("\n")}\n`));
  return facts.stages.at(-1)!.steps;
}

const amountOf = (...lines: string[]) => weightOf(steps(...lines).at(-1)!).amount;

describe("what is declared", () => {
  test("installs and builds are heavy, bookkeeping and copies are light", () => {
    const heavy = ["RUN apt-get install -y git", "RUN npm ci", "RUN pip install flask", "RUN go build ./..."];
    const light = ["RUN mkdir /app", "RUN rm -rf /var/lib/apt/lists/*", "COPY . .", "WORKDIR /app"];
    expect(heavy.map((line) => weightOf(steps(line)[0]!).heavy)).toEqual(heavy.map(() => true));
    expect(light.map((line) => weightOf(steps(line)[0]!).heavy)).toEqual(light.map(() => false));
  });

  test("a step with several purposes weighs all of them", () => {
    expect(amountOf("RUN npm ci && npm run build")).toBe(amountOf("RUN npm ci") + amountOf("RUN npm run build"));
  });

  test("what no RUN, COPY, ADD or WORKDIR is, weighs nothing", () => {
    expect(["ENV A=b", "CMD sh", "LABEL a=b"].map((line) => amountOf(line))).toEqual([0, 0, 0]);
  });

  test("an unknown command lies between", () => {
    expect(amountOf("RUN ./configure-all")).toBeGreaterThan(amountOf("RUN mkdir /x"));
    expect(amountOf("RUN ./configure-all")).toBeLessThan(amountOf("RUN npm ci"));
  });
});

describe("what was measured", () => {
  const measured = (times: Readonly<Record<string, number>>, ...lines: readonly string[]) =>
    weightOf(
      steps(...lines).at(-1)!,
      new StepTimes(Object.entries(times).map(([instruction, seconds]) => ({ instruction, seconds }))),
    );

  test("a step is found by its text, whatever its blanks and continued lines", () => {
    const found = measured({ "RUN npm ci     --omit=dev": 12.5 }, "RUN npm ci \\\n    --omit=dev");
    expect(found).toEqual({ amount: 12.5, measured: true, heavy: true });
  });

  test("variables are as BuildKit expands them, and those of the base image are anything", () => {
    expect(measured({ "RUN fetch 1.2": 3 }, "ARG VERSION=1.2", "RUN fetch $VERSION").amount).toBe(3);
    expect(measured({ "RUN env /usr/bin:/bin ok": 3 }, "RUN env $PATH ok").amount).toBe(3);
    expect(measured({ "COPY main.js /srv/": 1 }, "ENV HERE=/srv", "COPY main.js ${HERE}/").amount).toBe(1);
  });

  test("a text with many variables is compared in no time", () => {
    const text = (variable: string) => `RUN for x in ${`a${variable} `.repeat(40)}; do echo`;
    expect(measured({ [`${text("1")} x`]: 3 }, text("$X")).measured).toBe(false);
    expect(measured({ [text("1")]: 3 }, text("$X")).amount).toBe(3);
    expect(measured({ "RUN echo $A 1": 3 }, "ENV A=1", "RUN echo '$A' $A").measured).toBe(false);
    expect(measured({ "RUN echo '$A' 1": 3 }, "ENV A=1", "RUN echo '$A' $A").amount).toBe(3);
  });

  test("a heredoc is found by its first line", () => {
    expect(measured({ "RUN <<EOF (npm ci...)": 9 }, "RUN <<EOF\nnpm ci\nnpm run build\nEOF").amount).toBe(9);
  });

  test("two steps that a text with variables could be leave it unmeasured", () => {
    expect(measured({ "RUN fetch 1": 1, "RUN fetch 2": 2 }, "RUN fetch $VERSION").measured).toBe(false);
  });

  test("a step that was measured as several weighs their sum", () => {
    const times = { "RUN apt-get update": 4, "RUN cd src && make": 6, "RUN test || true": 1, "RUN a && b": 2 };
    expect(
      measured(times, "RUN apt-get update && \\\n    ( cd src && make ) && { test || true; } && a && b").amount,
    ).toBe(13);
    expect(measured(times, "RUN apt-get update && make").measured).toBe(false);
    expect(
      measured({ "RUN --network=none make": 3, "RUN --network=none test": 4 }, "RUN --network=none make && test")
        .amount,
    ).toBe(7);
  });

  test("a folder takes no time, and is in no build's log", () => {
    expect(measured({ "RUN npm ci": 3 }, "WORKDIR /app")).toEqual({ amount: 0, measured: true, heavy: false });
  });

  test("a step that was not measured has its declared weight", () => {
    expect(measured({ "RUN npm ci": 3 }, "RUN npm test")).toMatchObject({ measured: false });
  });
});
