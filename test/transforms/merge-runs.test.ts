import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { StepTimes } from "../../src/image/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import { UsageError } from "../../src/transform/index.ts";
import mergeRuns from "../../transforms/merge-runs/index.ts";
import { script } from "../sandbox/scripts.ts";

function result(body: string, join?: string) {
  const options = join ? { options: { "merge-runs": { join } } } : {};
  return refit(`FROM debian:12\n${body}`, { transforms: [mergeRuns], strict: true, ...options });
}

/** The file after merging, its FROM left out. */
function merged(body: string, join?: string): string {
  return result(body, join).after.replace("FROM debian:12\n", "");
}

function declines(body: string): string[] {
  return result(body).outcomes.flatMap(({ kind, code }) => (kind === "declined" ? [code] : []));
}

function expectKept(body: string, ...codes: string[]): void {
  expect(merged(body)).toBe(body);
  expect(declines(body)).toEqual(codes);
}

test("of several that make hard links, the one whose files are changed is named", () => {
  const body = "WORKDIR /app\nRUN pnpm install && cargo build --release\nRUN strip target/release/server\n";
  expect(result(body).outcomes.map(({ message }) => message)).toEqual([
    "`cargo build --release` makes hard links, and `strip target/release/server` would change both names",
  ]);
});

describe("files with two names, where only the shell knows which are changed", () => {
  const built = (change: string) => `WORKDIR /app\nRUN cargo build --release\nRUN ${change}\n`;
  test.each([
    "strip target/release/*",
    "strip target/*/server",
    'strip "$PROGRAM"',
    "for program in $(ls bin); do chmod 4755 $program; done",
    "chown app:app $(find . -name server)",
    "chown -R app t*",
  ])("%s", (change) => {
    expectKept(built(change), "linked-files");
  });
  test.each(["chmod 755 bin/*", "chown $APP_USER start.sh", "chmod $MODE start.sh", "find /data -exec chown app {} +"])(
    "%s is of others",
    (change) => {
      expect(merged(built(change))).toContain("&&");
    },
  );
});

describe("what an edit of the Dockerfile costs", () => {
  const body = "RUN npm ci\nRUN npm run build\n";
  const [install, build] = ["RUN npm ci", "RUN npm run build"];

  function weighed(text: string, times: Readonly<Record<string, number>>, join?: "loose" | "always"): string[] {
    const stepTimes = new StepTimes(Object.entries(times).map(([instruction, seconds]) => ({ instruction, seconds })));
    const { outcomes } = refit(`FROM debian:12\n${text}`, {
      transforms: [mergeRuns],
      strict: true,
      times: stepTimes,
      ...(join && { options: { "merge-runs": { join } } }),
    });
    return outcomes.map(({ kind, message }) => `${kind}: ${message}`);
  }

  const joins = "applied: joins 2 RUN instructions, which saves 1 layer";
  const apart = (seconds: string) =>
    `declined: what comes before takes ${seconds}, and an edit of this step would run it again`;

  test("an install that was measured as slow stays apart, and a fast one joins the build", () => {
    expectKept(body, "cache-cost");
    expect(weighed(body, { [install]: 12.34, [build]: 1 })).toEqual([apart("12.3 s")]);
    expect(weighed(body, { [install]: 0.4, [build]: 30 })).toEqual([joins]);
  });

  test("what refit does not know is slow where it was measured as slow", () => {
    const unknown = "RUN ./bootstrap\nRUN ./configure\n";
    expect(weighed(unknown, { "RUN ./bootstrap": 0.4 })).toEqual([joins]);
    expect(weighed(unknown, { "RUN ./bootstrap": 60 })).toEqual([apart("60.0 s")]);
    expect(weighed(unknown, { "RUN ./bootstrap": 60 }, "always")).toEqual([joins]);
  });

  test("steps that are fast one by one are slow together", () => {
    const three = "RUN ./one\nRUN ./two\nRUN ./three\n";
    expect(weighed(three, { "RUN ./one": 3, "RUN ./two": 3, "RUN ./three": 3 })).toEqual([joins, apart("6.0 s")]);
  });

  test("a refreshed index joins the install, and what is tidied up its step, however slow that is", () => {
    const system = "RUN apt-get update\nRUN apt-get install -y git\nRUN rm -rf /var/lib/apt/lists/*\n";
    expect(weighed(system, { "RUN apt-get update": 5, "RUN apt-get install -y git": 40 })).toEqual([
      "applied: joins 3 RUN instructions, which saves 2 layers",
    ]);
  });

  test("a step that was not measured counts by what it is for", () => {
    expect(weighed(body, { [build]: 1 })).toEqual([
      "declined: one step installs dependencies and the other builds; an edit of one would run both again",
    ]);
  });
});

describe("breakages of other tools", () => {
  test("T3: flags stay, and different flags stay apart", () => {
    expect(merged("RUN --network=none a && b\nRUN --network=none c\n")).toBe(
      "RUN --network=none a && b && \\\n    c\n",
    );
    expectKept("RUN --network=none a\nRUN b\n", "flags-differ");
  });

  test("T4: a cd stays in its step", () => {
    expect(merged("WORKDIR /w\nRUN cd src\nRUN touch x\nRUN make\n")).toBe(
      "WORKDIR /w\nRUN ( cd src ) && \\\n    touch x && \\\n    make\n",
    );
  });

  test("T5: a failure that is ignored today stays ignored", () => {
    expect(merged("RUN a; b; c\nRUN d\n")).toBe("RUN { a; b; c; } && \\\n    d\n");
  });

  test("T13: a heredoc for an interpreter or with a shebang is no shell text", () => {
    expectKept("RUN python3 <<EOF\nprint(1)\nEOF\nRUN pip check\n", "heredoc-form");
    expectKept("RUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF\nRUN <<EOF\na\nEOF\n", "heredoc-form");
  });

  test("T14 and D16: comments between the steps stay; one for a linter keeps them apart", () => {
    expect(merged("RUN a\n# why b\nRUN b\n")).toBe("RUN a && \\\n    # why b\n    b\n");
    expectKept("RUN a\n# hadolint ignore=DL3008\nRUN b\n", "pragma-comment");
    expectKept("RUN a\n# check=skip=all\nRUN b\n", "pragma-comment");
  });

  test("D1: a comment inside a continuation does not become the end of the command", () => {
    expect(merged("RUN apt-get install -y git \\\n    # note\n    make\n\nRUN b\n")).toBe(
      "RUN apt-get install -y git \\\n    # note\n    make && \\\n    b\n",
    );
  });

  test("D2, K6 and F10: nothing is chained to a heredoc's opener", () => {
    expectKept("RUN <<EOF\napt-get update\nEOF\nRUN b\n", "forms-differ");
    expectKept("RUN . env\nRUN <<EOF\na\nEOF\n", "forms-differ");
  });

  test("D6: a step that comes twice runs twice", () => {
    expect(merged("RUN ./step.sh\nRUN ./other.sh\nRUN ./step.sh\n")).toBe(
      "RUN ./step.sh && \\\n    ./other.sh && \\\n    ./step.sh\n",
    );
  });

  test("D14: mounts, network and the exec form never end up in the command", () => {
    const steps = ["RUN --mount=type=cache,target=/root/.npm npm i", "RUN --network=none t", 'RUN ["make","x"]'];
    expectKept(`${steps.join("\n")}\n`, "flags-differ", "exec-form");
  });

  test("O4: a semicolon, a job, a comment, exit and exec at the end", () => {
    expect(merged("RUN a;\nRUN b\n")).toBe("RUN a && \\\n    b\n");
    expectKept("RUN a &\nRUN b\n", "escapes-background");
    expect(merged("RUN a # c\nRUN b # d\n")).toBe("RUN a && \\\n    # c\n    b # d\n");
    expectKept("RUN a # c \\\n d\nRUN b\n", "shell-comment");
    expect(merged("RUN a || exit 0\nRUN b\n")).toBe("RUN ( a || exit 0 ) && \\\n    b\n");
    expect(merged("RUN exec a\nRUN b\n")).toBe("RUN ( exec a ) && \\\n    b\n");
  });

  test("shell comments at the end of steps become lines of their own", () => {
    expect(merged("RUN cd a # c\nRUN b; c # d\nRUN e\n")).toBe(
      "RUN ( cd a ) && \\\n    # c\n    { b; c; } && \\\n    # d\n    e\n",
    );
    expect(merged("RUN a # c\nLABEL x=1\nRUN b # d\n")).toBe("RUN a && \\\n    # c\n    # d\n    b\nLABEL x=1\n");
  });

  test("F11: no heredoc without `set -e` passes over a failure", () => {
    expect(merged("RUN <<EOF\na\nb\nEOF\nRUN <<EOF\nc\nEOF\n")).toBe("RUN <<EOF\na\nb || exit\nc\nEOF\n");
    expect(merged("RUN a\nRUN b\n")).not.toContain("<<");
  });

  test("2c: instructions that a RUN notices keep the steps apart", () => {
    for (const between of [
      "ENV A=1",
      "ARG A",
      "WORKDIR /x",
      "USER x",
      'SHELL ["/bin/bash","-c"]',
      "COPY a b",
      "ADD a b",
      "VOLUME /v",
    ]) {
      const body = `RUN a\n${between}\nRUN b\n`;
      expect(merged(body)).toBe(body);
    }
    expect(merged("RUN a\nFROM debian:12\nRUN b\n")).toBe("RUN a\nFROM debian:12\nRUN b\n");
  });

  test("2c: ONBUILD stays as it is", () => {
    expectKept("ONBUILD RUN a\nONBUILD RUN b\nRUN c\n");
  });
});

describe("the text of the file", () => {
  test.each([
    ["a trailing backslash before the end", "RUN a\nRUN b \\\n", "RUN a && \\\n    b \\\n"],
    [
      "an operator, then blank lines and a comment",
      "RUN a && \\\n\n  # c\n  b\nRUN d\n",
      "RUN a && \\\n\n  # c\n  b && \\\n  d\n",
    ],
    ["blanks and tabs around", "RUN\t  a  \nRUN  \tb\t\n", "RUN\t  a && \\\n    b\t\n"],
    ["flags cut off by --", "RUN -- a\nRUN -- b\n", "RUN -- a && \\\n    b\n"],
    [
      "a step that begins on the next line",
      "RUN \\\n  # why\n  a\nRUN \\\n  # too\n  b\n",
      "RUN \\\n  # why\n  a && \\\n  # too\n  b\n",
    ],
    ["quotes over a continuation", 'RUN echo "a \\\n  b"\nRUN c\n', 'RUN echo "a \\\n  b" && \\\n    c\n'],
    [
      "a here-string and escapes",
      "RUN printf 'a\\n' | b\nRUN echo \"\\$x\"\n",
      "RUN printf 'a\\n' | b && \\\n    echo \"\\$x\"\n",
    ],
    ["a test in brackets", "RUN [ -f a ] && b\nRUN [ -f c ]\n", "RUN [ -f a ] && b && \\\n    [ -f c ]\n"],
    ["an indented instruction", "  RUN a\n  RUN b\n", "  RUN a && \\\n    b\n"],
    ["leading operators", "RUN a \\\n && b\nRUN c\n", "RUN a \\\n && b \\\n && c\n"],
    ["tabs", "RUN a && \\\n\tb\nRUN c\n", "RUN a && \\\n\tb && \\\n\tc\n"],
    ["a LABEL between", "RUN a\n# l\nLABEL x=y\n# b\nRUN b\n", "RUN a && \\\n    # b\n    b\n# l\nLABEL x=y\n"],
    ["ends without a line end", "RUN a\nCMD c\nRUN b", "RUN a && \\\n    b\nCMD c"],
  ])("keeps %s", (_, before, after) => {
    expect(merged(before)).toBe(after);
  });
});

describe("the option join", () => {
  const npm = "WORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n";
  const apt = "RUN apt-get update\nRUN apt-get install -y gcc\nRUN make\n";

  test("balanced keeps packages of every kind and builds apart, and the index with its install", () => {
    expect(merged(npm)).toBe(npm);
    expect(merged(apt)).toBe("RUN apt-get update && \\\n    apt-get install -y gcc\nRUN make\n");
    expect(merged("RUN make\nRUN pip install flask\n")).toBe("RUN make\nRUN pip install flask\n");
  });

  test("loose keeps only the app's own dependencies apart from builds", () => {
    expect(merged(npm, "loose")).toBe(npm);
    expect(merged(apt, "loose")).toBe("RUN apt-get update && \\\n    apt-get install -y gcc && \\\n    make\n");
  });

  test("always joins", () => {
    expect(merged(npm, "always")).toBe("WORKDIR /app\nCOPY . .\nRUN npm ci && \\\n    npm run build\n");
  });

  test("takes nothing else", () => {
    expect(() => result(npm, "sometimes")).toThrow(UsageError);
  });
});

describe("for generated Dockerfiles", () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: script.map((text) => `RUN ${text}`) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...[
          "# why",
          "",
          "LABEL a=b",
          "ENV FOO=env",
          "WORKDIR /work",
          "CMD true",
          "ARG FOO=arg",
          "USER app",
          "EXPOSE 80",
        ],
        ...[
          'RUN ["touch", "x"]',
          "RUN --network=none touch x",
          "RUN touch a \\\n    # inside\n    b",
          "FROM debian:12",
        ],
        ...[
          "RUN <<EOF\nset -e\ntouch a\nEOF",
          "RUN <<EOF\nfalse\ntouch b\nEOF",
          'SHELL ["/bin/bash", "-euo", "pipefail", "-c"]',
        ],
      ),
    },
  );
  const file = fc
    .tuple(
      fc.array(step, { minLength: 2, maxLength: 8 }),
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom("alpine", "debian:12", "centos:7", "me/base"),
    )
    .map(([steps, eol, base]) => `${[`FROM ${base}`, ...steps].join("\n").replaceAll("\n", eol)}${eol}`);

  test("the promise holds on the model, and a second run changes nothing", () => {
    fc.assert(
      fc.property(file, (before) => {
        const first = refit(before, { transforms: [mergeRuns], strict: true });
        expect(first.settled).toBe(true);
        expect(refit(first.after, { transforms: [mergeRuns], strict: true }).after).toBe(first.after);
      }),
      { numRuns: 2000 },
    );
  });

  test("no comment is lost, and what is no RUN stays in order", () => {
    const comments = (source: string) => source.split(/\r?\n/).filter((line) => line.trim().startsWith("#")).length;
    const others = (source: string) =>
      parseDockerfile(source).instructions.flatMap(({ keyword, args }) =>
        keyword === "RUN" ? [] : [`${keyword} ${args.text}`],
      );
    fc.assert(
      fc.property(file, (before) => {
        const { after } = refit(before, { transforms: [mergeRuns], strict: true });
        expect(comments(after)).toBe(comments(before));
        expect(others(after)).toEqual(others(before));
        expect(after.includes("\r\n")).toBe(before.includes("\r\n"));
        expect(after.replaceAll("\r\n", "").includes("\n")).toBe(before.replaceAll("\r\n", "").includes("\n"));
      }),
      { numRuns: 1000 },
    );
  });
});
