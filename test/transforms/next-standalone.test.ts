/** What no snapshot folder can say: other builds of the file, and bytes that are no text. */
import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import type { Use } from "../../src/pipeline/types.ts";
import { transforms } from "../../transforms/index.ts";

const dockerfile = `FROM node:22 AS build
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build

FROM node:22
WORKDIR /app
COPY --from=build /app ./
CMD ["npx", "next", "start"]
`;
const files = {
  "package.json": '{ "scripts": { "build": "next build" }, "dependencies": { "next": "^15.1.0" } }',
  "package-lock.json": '{ "lockfileVersion": 3, "packages": {} }',
  "next.config.js": "module.exports = {};\n",
};

function codeOf({ uses = [], more = {} }: { readonly uses?: readonly Use[]; readonly more?: Record<string, string> }) {
  const context = memoryContext({ ...files, ...more });
  const named = uses.map((use) => ({ ...use, context: use.context ?? context }));
  const only = ["next-standalone"];
  return refit(dockerfile, { transforms, only, context, uses: named, strict: true }).outcomes[0]?.code;
}

const web: Use = { name: "service web in compose.yaml", context: undefined, args: new Map(), contexts: [] };

describe("next-standalone", () => {
  test("runs only when asked", () => {
    const context = memoryContext(files);
    const { outcomes } = refit(dockerfile, { transforms, context });
    expect(outcomes.map(({ transform }) => transform)).not.toContain("next-standalone");
    const also = ["next-standalone"];
    expect(refit(dockerfile, { transforms, also, context }).files).toHaveLength(1);
  });

  test("applies where Compose builds the same", () => expect(codeOf({ uses: [web] })).toBe("applied"));

  test("leaves a builder alone that somebody asks for", () =>
    expect(codeOf({ uses: [{ ...web, target: "build" }] })).toBe("builder-in-use"));

  test("leaves a configuration alone that another build has not", () =>
    expect(codeOf({ uses: [{ ...web, context: memoryContext(files) }] })).toBe("other-build"));

  test.each([
    ["not-utf-8", { "next.config.js": "module.exports = { basePath: '/\uFFFD' };\n" }],
    [
      "next-version",
      { "package.json": '{ "scripts": { "build": "next build" }, "dependencies": { "next": "latest" } }' },
    ],
    ["workspaces", { "pnpm-workspace.yaml": "packages:\n  - packages/*\n" }],
    ["config-computed", { "next.config.js": "const config = {};\nmodule.exports = Object.assign(config, {});\n" }],
    ["config-computed", { "next.config.js": "module.exports = { env: { HOME: process.env.HOME } };\n" }],
    ["reads-files", { "app/page.js": "export const at = process.cwd();\n" }],
    ["reads-files", { "app/page.js": "export const from = process.env.npm_package_version;\n" }],
    ["build-cache", { "app/page.js": "'use cache';\nexport const price = () => fetch('https://prices.example');\n" }],
    ["applied", { "app/page.js": "export const price = () => fetch('https://prices.example');\n" }],
    ["applied", { "app/page.test.js": 'import "node:fs";\n', "eslint.config.mjs": 'import "node:fs";\n' }],
    ["applied", { "next.config.js": "// As process.env has it.\nmodule.exports = {};\n" }],
  ])("%s", (code, more) => expect(codeOf({ more })).toBe(code));
});
