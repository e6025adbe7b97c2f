import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Join,
  joinedText,
  joinScripts,
  NO_OPTIONS,
  parseScript,
  type Script,
  shellOptionsOf,
} from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";
import { missingTools, Sandbox, SHELLS, type ShellName } from "./sandbox.ts";
import { scripts } from "./scripts.ts";

const missing = missingTools();
if (missing.length > 0 && process.env.CI) throw new Error(`the sandbox tests need ${missing.join(", ")}`);
if (missing.length > 0) process.stdout.write(`sandbox: left out, this machine has no ${missing.join(", ")}\n`);

/** Some thousand containers, one after the other, perhaps on a busy machine. */
const SLOW = 900_000;

const SETTING = { cwd: "/work", user: "root", env: new Map([["GIVEN", "given"]]) };

/** Two scripts joined, and the result with the next: what a second run of refit may do. */
function joinedStepwise(texts: readonly string[], shell: ShellName, words: readonly string[]): Join | undefined {
  const [first, second, ...more] = texts as readonly [string, string, ...string[]];
  const join = joined([first, second], shell, words);
  return join && more.length > 0 ? joinedStepwise([joinedText(join), ...more], shell, words) : join;
}

function joined(texts: readonly string[], shell: ShellName, words: readonly string[] = ["-c"]): Join | undefined {
  const options = words.length > 1 || words[0] !== "-c" ? shellOptionsOf([shell, ...words]) : NO_OPTIONS;
  const parsed = texts.map((text) => parseScript(plain(text), shell, options));
  const join = joinScripts(parsed as [Script, ...Script[]], SETTING);
  return "code" in join ? undefined : join;
}

/** A trace kept in a file: the two sides of a pipeline write their lines in any order. */
function tracesToFile(texts: readonly string[], words: readonly string[]): boolean {
  const traced = words[0] === "-ex" || texts.some((text) => /\bset -\w*x/.test(text));
  return traced && texts.some((text) => text.includes("exec 2>"));
}

describe.runIf(missing.length === 0)("scripts in containers of their own and joined in one", () => {
  let sandbox: Sandbox;
  beforeAll(() => {
    sandbox = new Sandbox();
  });
  afterAll(() => sandbox.remove());

  const shellWords = fc.constantFrom(["-c"], ["-c"], ["-c"], ["-e", "-c"], ["-eu", "-c"], ["-ex", "-c"]);

  test(
    "leave the same files and fail alike, for generated scripts in dash, ash and bash",
    () => {
      let compared = 0;
      fc.assert(
        fc.property(scripts, shellWords, fc.constantFrom(...SHELLS), fc.boolean(), (texts, words, shell, stepwise) => {
          const join = (stepwise ? joinedStepwise : joined)(texts, shell, words);
          if (!join || tracesToFile(texts, words)) return;
          compared++;
          expect({ of: joinedText(join), ...sandbox.build(shell, [joinedText(join)], words) }).toEqual({
            of: joinedText(join),
            ...sandbox.build(shell, texts, words),
          });
        }),
        { numRuns: 550 },
      );
      expect(compared).toBeGreaterThanOrEqual(300);
    },
    SLOW,
  );
});
