/** The example app in Dockerfiles of many shapes, split by the command line tool and built before and after. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../../scripts/engine/folders.ts";
import { compareBuilds } from "./pair.ts";
import { refitted } from "./refitted.ts";
import { sampled } from "./sampled.ts";

const work = mkdtempSync(join(tmpdir(), "refit-split-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const start = 'CMD ["node", "dist/server.js"]';
const shapes: Readonly<Record<string, readonly string[]>> = {
  "a folder and files that belong to a user": [
    ...["RUN mkdir -p /app && chown node:node /app", "WORKDIR /app", "USER node", "COPY --chown=node:node . ."],
    ...["RUN npm ci", "RUN npm run build"],
  ],
  "sources of root built by a user": ["USER node", "WORKDIR /app", "COPY . .", "RUN npm ci", "RUN npm run build"],
  "chown between install and build": [
    ...["WORKDIR /app", "COPY . .", "RUN npm ci", "RUN chown -R node:node /app", "USER node", "RUN npm run build"],
  ],
  "chown without a group before the install": [
    ...["WORKDIR /app", "COPY . .", "RUN chown -R node /app", "USER node", "RUN npm ci", "RUN npm run build"],
  ],
  "chown after the build": [
    ...["WORKDIR /app", "COPY . .", "RUN npm ci", "RUN npm run build"],
    ...["RUN mkdir -p uploads && chown -R node:node /app", "USER node"],
  ],
  "configuration everywhere": [
    ...["ARG REVISION=unknown", "WORKDIR /app", 'CMD ["dist/links.js"]', "HEALTHCHECK CMD node -e 1", "COPY . ."],
    ...["ENV PORT=3000", "LABEL revision=$REVISION", "VOLUME /app/data", 'SHELL ["/bin/bash", "-c"]', "RUN npm ci"],
    ...["STOPSIGNAL SIGINT", "ENV ADMIN_PORT=${PORT}1", "EXPOSE $PORT", "ARG LATE=1", "RUN npm run build"],
    ...["ENV LATE=$LATE", "USER node", 'ENTRYPOINT ["node"]', 'CMD ["dist/server.js"]'],
  ],
  "system packages and users after the copy": [
    ...["WORKDIR /app", "COPY . .", "RUN groupadd -r web && useradd -r -g web web", "COPY README.md /etc/motd"],
    ...["RUN npm ci", "RUN npm run build", "USER web"],
  ],
  "files copied one by one, made and removed": [
    ...["WORKDIR /app", "COPY package*.json ./", "RUN npm ci", "COPY tsconfig.json .", "COPY src ./src"],
    ...["COPY public public/", "RUN cp public/index.html extra.html && echo A=1 > .env", "RUN npm run build"],
    ...["RUN rm -rf src", "ENV NODE_ENV=production"],
  ],
};

test.each(sampled(Object.entries(shapes)))("%s", async (name, lines) => {
  const folder = join(work, name.replaceAll(" ", "-"));
  cpSync(join(root, "examples/shortlinks"), folder, {
    recursive: true,
    filter: (path) => !/\/(node_modules|dist)$/.test(path),
  });
  const before = `${["FROM node:20", ...lines, ...(lines.some((line) => line.startsWith("CMD")) ? [] : [start])].join("\n")}\n`;
  writeFileSync(join(folder, "Dockerfile"), before);
  const after = refitted(folder, ["--offline", "--only", "split-builder"]);
  writeFileSync(join(folder, "Dockerfile"), before);
  expect(after).toContain("FROM base AS builder");
  expect(await compareBuilds({ before, after, context: folder, promise: "same-runtime" })).toEqual({
    builds: true,
    broken: [],
  });
});
