/** Workspaces of npm in TypeScript, built and run in one stage. */
import fc from "fast-check";
import type { Case } from "./case.ts";

const member = (name: string, outDir: string, more: object) => ({
  [`packages/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0", scripts: { build: "tsc" }, ...more }),
  [`packages/${name}/tsconfig.json`]: JSON.stringify({ compilerOptions: { rootDir: "src", outDir } }),
});

export const workspaces: fc.Arbitrary<Case> = fc
  .record({
    outDir: fc.constantFrom("dist", "lib"),
    build: fc.constantFrom(
      "npm run build --workspaces",
      "npm run build -w words -w packages/api",
      "npm run build -ws --if-present",
    ),
    direct: fc.boolean(),
    development: fc.boolean(),
    start: fc.constantFrom("exec", "npm"),
    user: fc.constantFrom("", "USER node"),
    manifestsFirst: fc.boolean(),
  })
  .map(({ outDir, build, direct, development, start, user, manifestsFirst }) => {
    const files = {
      "package.json": JSON.stringify({
        name: "dictionary",
        workspaces: ["packages/*"],
        scripts: { build, start: `node packages/api/${outDir}/server.js` },
        devDependencies: { typescript: "5.9.3" },
      }),
      "package-lock.json": JSON.stringify({
        lockfileVersion: 3,
        packages: {
          "node_modules/ms": { version: "2.1.3" },
          "node_modules/typescript": { version: "5.9.3", dev: true },
          "packages/words/node_modules/ms": { version: "2.0.0", dev: true },
        },
      }),
      ...member("api", outDir, { dependencies: { words: "1.0.0", ms: "2.1.3" } }),
      ...member("words", "dist", { devDependencies: { ms: "2.0.0" } }),
      "packages/api/src/server.ts": 'import { words } from "words";\nimport ms from "ms";\n',
      "packages/words/src/index.ts": development ? 'import ms from "ms";\n' : "export const words = [];\n",
    };
    const manifests = manifestsFirst
      ? [
          ...["COPY package*.json ./", "COPY packages/api/package.json packages/api/"],
          ...["COPY packages/words/package.json packages/words/", "RUN npm ci", "COPY . ."],
        ]
      : ["COPY . .", "RUN npm ci"];
    const command = start === "npm" ? 'CMD ["npm", "start"]' : `CMD ["node", "packages/api/${outDir}/server.js"]`;
    const lines = [
      "FROM node:20",
      "WORKDIR /app",
      ...manifests,
      `RUN ${direct ? build : "npm run build"}`,
      user,
      command,
    ];
    return { text: `${lines.join("\n")}\n`, files };
  });
