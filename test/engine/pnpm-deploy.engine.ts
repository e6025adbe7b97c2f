/** A package of a workspace that real versions of pnpm deploy: the folder that they fill is all that its container needs. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/engine/folders.ts";
import { proveApp, splitting } from "../harness/apps.ts";
import { sampled } from "./sampled.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();

/** By the version of pnpm, what deploys, and where the container starts. */
const cases = [
  { version: "9.15.9", deploy: "pnpm deploy --filter=api --prod /prod/api", folder: "/prod/api" },
  { version: "9.15.9", deploy: "pnpm --filter=./packages/api deploy out", folder: "/src/out" },
  { version: "10.34.9", deploy: "pnpm -F api --prod deploy --legacy pruned", folder: "/src/pruned" },
  {
    version: "10.34.9",
    deploy: "pnpm --filter=api deploy --prod --config.inject-workspace-packages=true /prod/api",
    folder: "/prod/api",
  },
  { version: "12.21.0", deploy: "pnpm --filter=api --prod deploy /prod/api", folder: "/prod/api" },
];

test.each(sampled(cases))("pnpm $version: $deploy", async ({ version, deploy, folder }) => {
  const work = mkdtempSync(join(tmpdir(), "refit-deploy-"));
  try {
    cpSync(join(root, "test/fixtures/pnpm-deploy"), work, { recursive: true });
    const lines = [
      ...["FROM node:20", `RUN npm install --global pnpm@${version}`, "WORKDIR /src", "COPY . ."],
      ...["RUN pnpm install --frozen-lockfile", `RUN pnpm -r build && ${deploy}`],
      ...[`WORKDIR ${folder}`, 'CMD ["npm", "start"]'],
    ];
    writeFileSync(join(work, "Dockerfile"), `${lines.join("\n")}\n`);
    const app = { name: "dictionary", folder: work, why: "", edit: "packages/words/src/index.ts", split: {} };
    const { result, proof } = await proveApp(app, work, session(), splitting(app));
    expect(result.after, JSON.stringify(result.outcomes)).toContain(`COPY --from=builder ${folder} `);
    expect(proof.verdict, JSON.stringify(proof.targets, null, 1)).toBe("kept");
    const { behaviour, trace } = proof.targets.at(-1)!;
    expect(behaviour?.same).not.toEqual([]);
    expect(trace?.notTraced).toBeUndefined();
    expect(proof.surface!.after.bytes).toBeLessThan(proof.surface!.before.bytes);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});
