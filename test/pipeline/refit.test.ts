import { describe, expect, test } from "vitest";
import { BrokenPromiseError, refit } from "../../src/pipeline/index.ts";
import {
  defineTransform,
  insertAt,
  type Phase,
  type Proposal,
  remove,
  replace,
  type Span,
  type Transform,
} from "../../src/transform/index.ts";
import { commentTransform, shoutNote } from "../harness/samples.ts";

const file = "FROM scratch\n# note: name\n# note: keep\nLABEL a=1\n";

/** Looks for one text and proposes what it is told to. */
function sample(name: string, needle: string, propose: (at: Span) => Proposal, phase: Phase = "order"): Transform {
  return defineTransform<undefined>({
    ...shoutNote,
    name,
    phase,
    *find({ dockerfile: { source } }) {
      for (let start = source.indexOf(needle); start >= 0; start = source.indexOf(needle, start + 1)) {
        yield { at: { start, end: start + needle.length }, data: undefined };
      }
    },
    rewrite: ({ at }) => propose(at),
  });
}

describe("one run", () => {
  test("takes what is proposed, tells what is declined, and comes to rest", () => {
    const result = refit(file, { transforms: [shoutNote] });
    expect(result).toMatchObject({ before: file, passes: 2, settled: true, problems: [] });
    expect(result.after).toBe(file.replace("note: name", "NOTE: name"));
    expect(result.outcomes).toEqual([
      {
        kind: "applied",
        transform: "shout-note",
        at: { line: 2, column: 1 },
        message: "loud comments are read",
        code: "applied",
        pass: 1,
      },
      {
        kind: "declined",
        transform: "shout-note",
        at: { line: 3, column: 1 },
        message: "the comment says keep",
        code: "says-keep",
        pass: 2,
        because: undefined,
      },
    ]);
  });

  test("tells why nothing was done in the words of the first pass, about the text the user knows", () => {
    const quoting: Transform = {
      ...sample("quoting", "LABEL", () => ({ edits: [], why: "" })),
      rewrite: ({ at }, { dockerfile }) => ({
        declined: `it says ${dockerfile.source.slice(at.start).trim()}`,
        code: "label",
      }),
    };
    const later = sample("later", "a=1", (at) => ({ edits: [replace(at, "a=2")], why: "" }), "pin");
    const { outcomes } = refit(file, { transforms: [quoting, later] });
    expect(outcomes.map(({ message }) => message)).toContain("it says LABEL a=1");
    expect(outcomes.map(({ message }) => message)).not.toContain("it says LABEL a=2");
  });

  test("needs one pass where nothing is proposed", () => {
    expect(refit("FROM scratch\n", { transforms: [shoutNote] })).toMatchObject({
      passes: 1,
      settled: true,
      outcomes: [],
    });
  });

  test("leaves a file with a problem alone, and says why", () => {
    const broken = "FROM scratch\nRUNN make\n# note\n";
    const result = refit(broken, { transforms: [shoutNote] });
    expect(result).toMatchObject({ after: broken, outcomes: [], passes: 0 });
    expect(result.problems).toMatchObject([{ code: "syntax" }]);
  });

  test("tells places in lines and columns of the file that came in", () => {
    const grow = sample("grow", "LABEL a", ({ start }) => ({
      edits: [insertAt(start, "# one\n# two\n")],
      why: "it grows",
    }));
    const once: Transform = {
      ...grow,
      find: (facts, options) => (facts.dockerfile.source.includes("# one") ? [] : grow.find(facts, options)),
    };
    const late = sample("late", "LABEL b", () => ({ declined: "not this one", code: "no" }), "pin");
    const { after, outcomes } = refit("FROM scratch\nLABEL a=1\nLABEL b=2\n", { transforms: [once, late] });
    expect(after).toBe("FROM scratch\n# one\n# two\nLABEL a=1\nLABEL b=2\n");
    expect(outcomes.find(({ transform }) => transform === "late")?.at).toEqual({ line: 3, column: 1 });
  });
});

describe("the order of transforms", () => {
  const log: string[] = [];
  const spy = (name: string, phase: Phase): Transform => ({
    ...commentTransform(name, (comment) => comment, phase),
    find() {
      log.push(name);
      return [];
    },
  });

  test("is by phase, then by name", () => {
    log.length = 0;
    refit("FROM scratch\n", {
      transforms: [spy("b", "pin"), spy("z", "order"), spy("m", "merge"), spy("a", "pin"), spy("s", "split")],
    });
    expect(log).toEqual(["z", "s", "m", "a", "b"]);
  });

  test("shows a later one the text that an earlier one left", () => {
    const first = sample("first", "one", (at) => ({ edits: [replace(at, "two")], why: "" }));
    const second = sample("second", "two", (at) => ({ edits: [replace(at, "three")], why: "" }), "merge");
    expect(refit("FROM scratch\n# one\n", { transforms: [second, first] })).toMatchObject({
      after: "FROM scratch\n# three\n",
      passes: 2,
    });
  });
});

describe("proposals that overlap", () => {
  test("wait for the next pass", () => {
    // Each pair of letters is shortened; the pairs of "aaa" share the middle one.
    const shorten = sample("shorten", "aa", (at) => ({ edits: [replace(at, "a")], why: "shorter" }));
    const { after, outcomes, passes } = refit("FROM scratch\n# aaa\n", { transforms: [shorten] });
    expect(after).toBe("FROM scratch\n# a\n");
    expect(outcomes.map(({ kind, pass }) => ({ kind, pass }))).toEqual([
      { kind: "applied", pass: 1 },
      { kind: "applied", pass: 2 },
    ]);
    expect(passes).toBe(3);
  });

  test("do not wait for one that was refused", () => {
    const source = "FROM scratch\n# aaa\n";
    const breakFirst = sample("fussy", "aa", (at) =>
      at.start === source.indexOf("aa")
        ? { edits: [replace(at, "a\nRUNN b")], why: "" }
        : { edits: [replace(at, "b")], why: "" },
    );
    const { after, outcomes } = refit(source, { transforms: [breakFirst] });
    expect(after).toBe("FROM scratch\n# ab\n");
    expect(outcomes.map(({ kind }) => kind)).toEqual(["applied"]);
  });
});

describe("the gate", () => {
  const harmful: readonly { what: string; transform: Transform; source: string }[] = [
    {
      what: "a result that does not parse",
      source: "FROM scratch\nLABEL a=1\n",
      transform: sample("typo", "LABEL", (at) => ({ edits: [replace(at, "LABLE")], why: "" })),
    },
    {
      what: "a lost instruction",
      source: "FROM scratch\nENV A=1\nLABEL a=1\n",
      transform: sample("forgetful", "ENV A=1\n", (at) => ({ edits: [remove(at)], why: "" })),
    },
    {
      what: "a proposal that changes nothing",
      source: "FROM scratch\nLABEL a=1\n",
      transform: sample("idle", "LABEL", (at) => ({ edits: [replace(at, "LABEL")], why: "" })),
    },
  ];

  test.each(harmful)("drops $what, and reports it as a bug", ({ source, transform }) => {
    const result = refit(source, { transforms: [transform] });
    expect(result.after).toBe(source);
    expect(result.outcomes).toMatchObject([{ kind: "broken", code: "broken-promise", transform: transform.name }]);
  });

  test.each(harmful)("throws at $what in tests", ({ source, transform }) => {
    expect(() => refit(source, { transforms: [transform], strict: true })).toThrow(BrokenPromiseError);
  });

  test("drops the harmful one among many, and takes the others", () => {
    const labels = Array.from({ length: 20 }, (_, index) => `# note ${index}\nENV A${index}=1\n`).join("");
    const mixed = sample("mixed", "# note ", (at) => ({
      edits: [replace(at, at.start === labels.indexOf("# note 7") + 13 ? "RUNN " : "# NOTE ")],
      why: "",
    }));
    const { after, outcomes } = refit(`FROM scratch\n${labels}`, { transforms: [mixed] });
    expect(after).toBe(`FROM scratch\n${labels.replaceAll("note", "NOTE").replace("NOTE 7\n", "note 7\n")}`);
    expect(outcomes.filter(({ kind }) => kind === "applied")).toHaveLength(19);
  });
});

describe("transforms that undo each other", () => {
  test("are stopped when a text comes back", () => {
    const there = sample("there", "# ping", (at) => ({ edits: [replace(at, "# pong")], why: "" }));
    const back = sample("back", "# pong", (at) => ({ edits: [replace(at, "# ping")], why: "" }), "merge");
    expect(refit("FROM scratch\n# ping\n", { transforms: [there, back] })).toMatchObject({ settled: false, passes: 1 });
  });

  test("or after ten passes", () => {
    const grow = sample("grow", "# a", (at) => ({ edits: [replace(at, "# aa")], why: "" }));
    expect(refit("FROM scratch\n# a\n", { transforms: [grow] })).toMatchObject({ settled: false, passes: 10 });
  });
});

describe("settings", () => {
  const runtime: Transform = {
    ...commentTransform("split-comments", (comment) => comment.replace("name", "NAME")),
    promise: "same-runtime",
  };
  const transforms = [shoutNote, runtime];
  const applied = (settings: object) =>
    refit(file, { transforms, ...settings })
      .outcomes.filter(({ kind }) => kind === "applied")
      .map(({ transform }) => transform);

  test("level safe runs only what leaves the image the same", () => {
    expect(applied({})).toEqual(["shout-note", "split-comments"]);
    expect(applied({ level: "safe" })).toEqual(["shout-note"]);
  });

  test("only and skip choose by name", () => {
    expect(applied({ only: ["split-comments"] })).toEqual(["split-comments"]);
    expect(applied({ skip: ["split-comments"] })).toEqual(["shout-note"]);
    expect(applied({ only: [] })).toEqual([]);
  });

  test.each([
    [{ only: ["shuot"] }, "unknown transform shuot, known: shout-note, split-comments"],
    [{ skip: ["shuot"] }, "unknown transform shuot"],
    [{ options: { shuot: {} } }, "unknown transform shuot"],
    [{ options: { "shout-note": {} } }, "shout-note has no options"],
  ])("%j is a usage error", (settings, message) => {
    expect(() => refit(file, { transforms, ...settings })).toThrow(message);
  });
});
