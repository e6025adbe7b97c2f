import { describe, expect, test } from "vitest";
import { deploymentOf, filledBy } from "../../../src/ecosystems/index.ts";
import { invocationOf } from "../calls.ts";

function deployment(script: string, cwd: string | undefined = "/src") {
  return deploymentOf(invocationOf(script)!.call, cwd);
}

describe("pnpm deploy", () => {
  test.each([
    ["pnpm --filter=api --prod deploy /prod/api", { to: "/prod/api", selected: "api", isProduction: true }],
    ["pnpm deploy -F @dictionary/api -P pruned", { to: "/src/pruned", selected: "@dictionary/api" }],
    ["pnpm --filter ./packages/api deploy ../api/", { to: "/api", isProduction: false }],
    ["pnpm -r --filter=api deploy --prod --legacy /prod", { isLegacy: true }],
    ["pnpm --filter=api deploy --prod --config.force-legacy-deploy=true /prod", { isLegacy: true }],
    ["pnpm --filter=api deploy --prod=false /prod", { isProduction: false, isLegacy: false }],
  ])("%s", (script, found) => expect(deployment(script)).toMatchObject(found));

  test.each([
    ["pnpm --filter=api deploy"],
    ["pnpm deploy /prod"],
    ["pnpm --filter=api --filter=web deploy /prod"],
    ["pnpm --filter=!api deploy /prod"],
    ['pnpm --filter="[main]" deploy /prod'],
    ['pnpm --filter=api deploy "$TO"'],
    ['pnpm --filter="$PACKAGE" deploy /prod'],
    ["pnpm -C packages --filter=api deploy /prod"],
    ["pnpm --filter=api deploy --config.modules-dir=packages /prod"],
    ["pnpm --filter=api install /prod"],
  ])("%s may do anything", (script) => expect(deployment(script)).toBeUndefined());

  test("to a folder below one that is not known may do anything", () =>
    expect(deploymentOf(invocationOf("pnpm --filter=api deploy prod")!.call, undefined)).toBeUndefined());

  test("fills that folder alone, and is a build: it reads sources", () => {
    const invocation = invocationOf("pnpm --filter=api deploy prod")!;
    expect(invocation).toMatchObject({ purpose: "build", action: "deploy" });
    const surroundings = { cwd: "/src", env: new Map(), base: "node:20" };
    expect(filledBy(invocation, surroundings)).toEqual(["/src/prod"]);
    expect(filledBy(invocationOf("pnpm install")!, surroundings)).toBeUndefined();
  });
});
