/** Next.js apps: built and started in one stage, or with a last stage that copies what another one built. */
import fc from "fast-check";
import type { Case } from "./case.ts";

const lock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    "node_modules/next": { version: "15.5.4" },
    "node_modules/typescript": { version: "5.9.3", dev: true },
  },
});

const CONFIGS: Readonly<Record<string, string>> = {
  empty: "module.exports = {};\n",
  typed:
    '/** @type {import("next").NextConfig} */\nconst config = {\n\t// Nothing yet.\n};\n\nmodule.exports = config;\n',
  folder: "module.exports = () => ({ distDir: 'build', compress: false });\r\n",
  done: 'module.exports = { output: "standalone" };\n',
  surroundings: "module.exports = { basePath: process.env.BASE };\n",
};

const project: fc.Arbitrary<Project> = fc.record({
  config: fc.constantFrom(...Object.keys(CONFIGS)),
  start: fc.constantFrom(
    "next start",
    "next start -p 8080",
    "next start --hostname 127.0.0.1",
    "node warm.js && next start",
  ),
  hasPublic: fc.boolean(),
  reads: fc.integer({ min: 1, max: 6 }).map((n) => n === 6),
});

interface Project {
  readonly config: string;
  readonly start: string;
  readonly hasPublic: boolean;
  readonly reads: boolean;
}

function filesOf({ config, start, hasPublic, reads }: Project): Record<string, string> {
  return {
    "package.json": JSON.stringify({
      name: "shop",
      scripts: { build: "next build", start },
      dependencies: { next: "15.5.4", react: "19.1.0" },
      devDependencies: { typescript: "5.9.3" },
    }),
    "package-lock.json": lock,
    "next.config.js": CONFIGS[config] ?? "",
    "app/page.js": reads ? 'import { readFileSync } from "node:fs";\n' : "export default () => null;\n",
    ...(hasPublic ? { "public/robots.txt": "User-agent: *\n" } : {}),
  };
}

const settings = fc.subarray(
  [
    "ENV NODE_ENV=production",
    "ENV PORT=8000",
    "EXPOSE 3000",
    "LABEL a=1",
    "USER node",
    "RUN mkdir -p /data",
    "VOLUME /data",
  ],
  { maxLength: 3 },
);
const COMMANDS = [
  'CMD ["npm", "start"]',
  "CMD npm run start",
  'CMD ["npx", "next", "start"]',
  'ENTRYPOINT ["npm", "start"]',
];

/** A last stage that copies the project, and starts it. */
export const nextApps: fc.Arbitrary<Case> = fc
  .record({
    app: project,
    settings,
    chown: fc.constantFrom("", "", "--chown=node:node "),
    whole: fc.boolean(),
    commented: fc.boolean(),
    command: fc.constantFrom(...COMMANDS),
    extra: fc.constantFrom(
      "",
      "",
      "",
      "RUN node warm.js",
      "COPY warm.js ./",
      "HEALTHCHECK CMD wget -q http://localhost:3000",
    ),
  })
  .map(({ app, settings: [first = "LABEL b=2", ...more], chown, whole, commented, command, extra }) => {
    const copy = (path: string) => `COPY --from=build ${chown}/app/${path} ./${path}`;
    const dist = app.config === "folder" ? "build" : ".next";
    const files = filesOf(app);
    const parts = ["package.json", "next.config.js", "node_modules", dist, ...(app.hasPublic ? ["public"] : [])];
    const lines = [
      ...["FROM node:22 AS build", "WORKDIR /app", "COPY . .", "RUN npm ci", "RUN npm run build", ""],
      ...["FROM node:22", "WORKDIR /app", first, ...(commented ? ["# What runs."] : [])],
      ...(whole ? [`COPY --from=build ${chown}/app .`] : parts.map(copy)),
      ...[extra, ...more, command],
    ];
    return { text: `${lines.join("\n")}\n`, files: { ...files, "warm.js": "" } };
  });

/** One stage that starts the standalone server where Next puts it. */
export const standaloneApps: fc.Arbitrary<Case> = fc
  .record({ app: project, settings, user: fc.constantFrom("", "USER node"), joined: fc.boolean() })
  .map(({ app, settings: more, user, joined }) => {
    const files = filesOf({ ...app, config: "done" });
    const copies = [
      ...(app.hasPublic ? ["cp -r public .next/standalone/"] : []),
      "cp -r .next/static .next/standalone/.next/",
    ];
    const build = joined ? [["npm run build", ...copies].join(" && ")] : ["npm run build", ...copies];
    const lines = [
      ...["FROM node:22", "WORKDIR /app", "COPY . .", "RUN npm ci", ...build.map((text) => `RUN ${text}`)],
      ...[...more, user, 'CMD ["node", ".next/standalone/server.js"]'],
    ];
    return { text: `${lines.join("\n")}\n`, files };
  });
