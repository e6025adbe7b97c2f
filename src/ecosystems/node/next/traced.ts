/**
 * Whether Next's trace of what a server loads finds all that an app needs: it reads code without running it, so that a file whose name
 * is computed at run time is none that it finds. And whether the standalone server does what `next start` would.
 */
import { type BuildContext, type NextConfig, readNextConfig } from "../../../context/index.ts";
import { filesBelow } from "../../blocked.ts";
import { BUILD_FILES } from "../../build-inputs.ts";
import { Decline } from "../../decline.ts";
import { readPackageJson } from "../manifest.ts";
import { CODE, isTest } from "../runtime/source-text.ts";

const LOCKS = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"];

/** From this one on `next start` and the standalone server are told the same way where they listen. */
const OLDEST = 14;

/** From this one on sharp comes with Next, and what is fetched is kept only where code says so. */
const OF_TODAY = 15;

/** Settings that say where files are, or name code that is loaded when the server starts. */
const SETTINGS =
  /\b(outputFileTracing\w*|cacheHandlers?|server(Components)?ExternalPackages|(server|public)RuntimeConfig)\b/;

/** Modules that a configuration may use while it is read, and that leave it the same wherever that is. */
const PLAIN = /^((node:)?(path|url)|next)$/;

/** Code that may look for files, or for how it was started. */
const LOOKING: readonly (readonly [RegExp, string])[] = [
  [/["'`](node:)?fs(\/promises)?["'`]/, "reads files"],
  [/["'`](node:)?(child_process|worker_threads|module)["'`]/, "starts programs or loads modules by itself"],
  [
    /\bprocess\.(cwd\(|argv|mainModule)|\b__(dirname|filename)\b|\bimport\.meta\.(url|dirname|filename)\b/,
    "asks where it lies",
  ],
  [/\bnpm_(package|lifecycle|config)_/, "asks how npm started it"],
];

/** Keeps what it fetches in `.next/cache`, which the build fills. */
const KEEPING = /["'`](force-cache|use cache(: \w+)?)["'`]|\bunstable_cache\b/;

/**
 * Packages that load machine code, programs or data by names that they compute, so that bundlers leave them alone: of Next's list of such
 * (packages/next/src/lib/server-external-packages.jsonc) and others that are known to.
 */
const UNTRACED = new Set([
  ...[
    "@appsignal/nodejs",
    "@highlight-run/node",
    "@huggingface/transformers",
    "@libsql/client",
    "@mikro-orm/core",
    "@mikro-orm/knex",
  ],
  ...[
    "@node-rs/argon2",
    "@node-rs/bcrypt",
    "@prisma/client",
    "@react-pdf/renderer",
    "@sentry/profiling-node",
    "@sparticuz/chromium",
  ],
  ...[
    "@sparticuz/chromium-min",
    "@swc/core",
    "@xenova/transformers",
    "argon2",
    "aws-crt",
    "bcrypt",
    "better-sqlite3",
    "canvas",
  ],
  ...[
    "chromadb-default-embed",
    "config",
    "cpu-features",
    "dd-trace",
    "firebase-admin",
    "import-in-the-middle",
    "isolated-vm",
    "jsdom",
  ],
  ...[
    "libsql",
    "mdx-bundler",
    "newrelic",
    "node-pty",
    "node-web-audio-api",
    "onnxruntime-node",
    "playwright",
    "playwright-core",
  ],
  ...[
    "prisma",
    "puppeteer",
    "puppeteer-core",
    "ravendb",
    "require-in-the-middle",
    "shiki",
    "sqlite3",
    "ts-morph",
    "isomorphic-dompurify",
    "tesseract.js",
    "email-templates",
    "@grpc/proto-loader",
    "vscode-oniguruma",
  ],
  ...[
    "zeromq",
    "next-i18next",
    "i18next-fs-backend",
    "geoip-lite",
    "pino",
    "pino-pretty",
    "winston",
    "pdfkit",
    "pdfmake",
    "knex",
  ],
  ...[
    "typeorm",
    "sequelize",
    "swagger-jsdoc",
    "bullmq",
    "bull",
    "fs-extra",
    "glob",
    "fast-glob",
    "ejs",
    "pug",
    "mjml",
    "tiktoken",
  ],
]);

/** The configuration of a project whose standalone server does as `next start` would. Throws a `Decline` for any other. */
export function tracedProject(project: BuildContext): NextConfig & { readonly file: string } {
  const next = checkPackages(project);
  const config = readNextConfig(project);
  if ("unknown" in config) throw new Decline("config-computed", config.unknown);
  const { file } = config;
  if (file === undefined)
    throw new Decline("no-config", "the project has no next.config.* to ask for the standalone server in");
  checkConfig(project.read(file) ?? "", { ...config, file });
  const code = filesBelow(project, "").filter((path) => CODE.test(path) && !isTest(path) && !BUILD_FILES.test(path));
  for (const path of code) checkCode(path, project.read(path) ?? "", next);
  // `next build` puts `.env` and `.env.production` where the standalone server reads them.
  const local = [".env.local", ".env.production.local"].find((path) => project.has(path));
  if (local !== undefined)
    throw new Decline("local-settings", `${local} is read when the server starts, and Next does not trace it`);
  return { ...config, file };
}

interface Next {
  readonly major: number;
  readonly hasSharp: boolean;
}

function checkPackages(project: BuildContext): Next {
  const manifest = readPackageJson(project, "package.json");
  const dependencies = manifest?.dependencies.filter(({ kind }) => kind !== "devDependencies") ?? [];
  const next = dependencies.find(({ name }) => name === "next")?.specifier;
  const major = Number(/^[~^]?(\d+)(\.|$)/.exec(next ?? "")?.[1]);
  if (!(major >= OLDEST))
    throw new Decline(
      "next-version",
      `package.json does not say that Next is ${OLDEST} or newer (\`next\`: ${next ?? "none"})`,
    );
  if (manifest?.raw.workspaces !== undefined || project.has("pnpm-workspace.yaml"))
    throw new Decline(
      "workspaces",
      "the project is a workspace of several packages, whose root Next takes for the place to trace from",
    );
  if (!LOCKS.some((lock) => project.has(lock)))
    throw new Decline(
      "no-lock",
      "Next takes the folder of the lock for the place to trace from, and the project has none",
    );
  const untraced = dependencies.find(({ name }) => UNTRACED.has(name) || /^@(opentelemetry|google-cloud)\//.test(name));
  if (untraced)
    throw new Decline("untraced-package", `${untraced.name} loads files by names that Next's trace does not find`);
  return { major, hasSharp: major >= OF_TODAY || dependencies.some(({ name }) => name === "sharp") };
}

/** A URL is none. */
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

function checkConfig(text: string, { file, imports, output }: NextConfig & { readonly file: string }): void {
  if (output === "export")
    throw new Decline("static-export", `${file} asks for static pages, and \`next start\` serves none of these`);
  const stranger = imports.find((name) => !PLAIN.test(name));
  if (stranger !== undefined)
    throw new Decline(
      "config-imports",
      `${file} uses ${stranger}, which the standalone server would no longer run when it starts`,
    );
  if (/\bprocess\.(?!cwd\(\))|\brequire\((?!\s*["'](node:)?(path|url)["'])|\bimport\(/.test(text.replace(COMMENT, "")))
    throw new Decline(
      "config-computed",
      `${file} looks at its surroundings, which the standalone server would no longer do when it starts`,
    );
  const [setting] = SETTINGS.exec(text) ?? [];
  if (setting !== undefined) throw new Decline("config-setting", `${file} sets ${setting}`);
  if (text.includes("\uFFFD")) throw new Decline("not-utf-8", `${file} is not UTF-8`);
}

function checkCode(path: string, text: string, { major, hasSharp }: Next): void {
  const [, does] = LOOKING.find(([pattern]) => pattern.test(text)) ?? [];
  if (does !== undefined)
    throw new Decline("reads-files", `${path} ${does}, and Next's trace may not find what it needs`);
  if (KEEPING.test(text) || (major < OF_TODAY && /\bfetch\(/.test(text)))
    throw new Decline(
      "build-cache",
      `${path} keeps what it fetches in a cache that the build fills, and the standalone server starts without it`,
    );
  if (!hasSharp && /["'`]next\/(legacy\/)?image["'`]/.test(text))
    throw new Decline(
      "needs-sharp",
      `${path} uses next/image, for which the standalone server of Next ${major} needs the package sharp`,
    );
}
