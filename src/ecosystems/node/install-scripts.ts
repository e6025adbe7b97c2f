/**
 * Install scripts of dependencies. Most compile or download for their own folder; some look at the project that they are installed into
 * (npm tells them where it is, as `INIT_CWD`), and would find less of it before its sources are copied.
 */
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import { filesOfAll, gitHooks, prismaSchema, type ScriptFiles, svelteTypes } from "./lifecycle.ts";
import type { PackageJson } from "./manifest.ts";

/** They compile, download or print, inside their own package; those that read `package.json` find it. */
const HARMLESS = new Set([
  ...["esbuild", "fsevents", "sharp", "bcrypt", "core-js", "core-js-pure", "core-js-bundle", "node-sass", "sqlite3"],
  ...["better-sqlite3", "canvas", "argon2", "bufferutil", "utf-8-validate", "cpu-features", "ssh2", "protobufjs"],
  ...[
    "@apollo/protobufjs",
    "grpc",
    "@grpc/grpc-js",
    "grpc-tools",
    "puppeteer",
    "puppeteer-core",
    "cypress",
    "playwright",
  ],
  ...["phantomjs-prebuilt", "chromedriver", "geckodriver", "electron", "ngrok", "gifsicle", "mozjpeg", "optipng-bin"],
  ...["pngquant-bin", "jpegtran-bin", "cwebp-bin", "guetzli", "zopflipng-bin", "es5-ext", "ejs", "nodemon", "preact"],
  ...[
    "styled-components",
    "swagger-ui-react",
    "msgpackr-extract",
    "lmdb",
    "unrs-resolver",
    "@swc/core",
    "re2",
    "zeromq",
  ],
  ...["@parcel/watcher", "@nestjs/core", "@nestjs/cli", "leveldown", "snappy", "iltorb", "farmhash", "heapdump", "usb"],
  ...["isolated-vm", "keytar", "serialport", "@serialport/bindings-cpp", "@serialport/bindings", "dtrace-provider"],
  ...["secp256k1", "keccak", "scrypt", "websocket", "web3", "web3-bzz", "web3-shh", "ursa-optional", "bignum", "libpq"],
  ...["node-pty", "kerberos", "mongodb-client-encryption", "couchbase", "oracledb", "ibm_db", "tree-sitter", "nan"],
  ...[
    "@sentry/cli",
    "@sentry/profiling-node",
    "@datadog/native-metrics",
    "dd-trace",
    "newrelic",
    "@newrelic/native-metrics",
  ],
  ...["@tensorflow/tfjs-node", "onnxruntime-node", "ffmpeg-static", "ffprobe-static", "youtube-dl-exec", "workerd"],
  ...["@fortawesome/fontawesome-free", "@fortawesome/fontawesome-common-types", "@fortawesome/free-solid-svg-icons"],
  ...["@fortawesome/fontawesome-svg-core", "@fortawesome/free-brands-svg-icons", "@fortawesome/free-regular-svg-icons"],
  ...["vue-demi", "uglifyjs-webpack-plugin", "spawn-sync", "deasync", "fibers", "sodium-native", "libxmljs", "xxhash"],
  ...["@scarf/scarf", "bootstrap-vue", "less", "@angular/cli", "@firebase/util", "aws-crt", "meteor-node-stubs"],
  ...[
    "gatsby",
    "gatsby-cli",
    "gatsby-telemetry",
    "babel-plugin-emotion",
    "hiredis",
    "microtime",
    "weak-napi",
    "ref-napi",
  ],
  ...["ffi-napi", "posix", "pg-native", "sse4_crc32", "bson-ext", "@discordjs/opus", "sodium", "node-expat"],
  ...[
    "@prisma/engines",
    "@prisma/engines-version",
    "@mongodb-js/zstd",
    "@google-cloud/profiler",
    "pprof",
    "v8-profiler-next",
  ],
  // They have no script: locks of pnpm 8 and older say so of optional packages that they did not look into.
  ...["@colors/colors", "@pkgjs/parseargs", "pg-cloudflare"],
]);

const GIT_HOOKS = new Set(["husky", "yorkie", "ghooks", "pre-commit", "git-hooks", "simple-git-hooks", "lefthook"]);

/** Known to read or write the project. */
const NOSY = new Set(["nx", "@nrwl/workspace", "contentlayer", "electron-builder"]);

/** Settings that download scripts look for in the project's folder and above (cosmiconfig, rc). */
const SETTINGS = /^(\.puppeteerrc|\.config\/puppeteerrc|puppeteer\.config|\.prebuild-installrc|\.node-gyp)/;

export interface Scripted {
  /** Packages with an install script; every installed package where the lock does not tell which. */
  readonly packages: readonly string[];
  /** Whether `packages` are all known to have one, so that a name refit never heard of counts. */
  readonly certain: boolean;
}

/** Files of the project that its dependencies' install scripts read. */
export function dependencyScriptInputs(
  context: BuildContext,
  folder: string,
  manifest: PackageJson,
  { packages, certain }: Scripted,
): ScriptFiles {
  const settings = packages.length > 0 ? settingsOfScripts(context, folder) : undefined;
  if (settings !== undefined) return { blocked: `install scripts of dependencies read ${settings}` };
  const found: ScriptFiles[] = [];
  for (const name of packages) {
    if (name === "msw" && manifest.raw.msw !== undefined)
      found.push({ blocked: `the install script of msw writes where the msw field of ${manifest.path} says` });
    else if (GIT_HOOKS.has(name)) found.push(gitHooks(context, folder, "install", manifest));
    else if (name === "@prisma/client" || name === "prisma")
      found.push(prismaSchema(context, folder, "postinstall", manifest));
    else if (name === "@sveltejs/kit") found.push(svelteTypes(context, folder, `the install script of ${name}`));
    else if (NOSY.has(name)) found.push({ blocked: `the install script of ${name} reads the project` });
    else if (certain && name !== "msw" && !HARMLESS.has(name))
      found.push({ blocked: `the install script of ${name} is not known to leave the project alone` });
  }
  return filesOfAll(found);
}

function settingsOfScripts(context: BuildContext, folder: string): string | undefined {
  for (const at of [folder, ...foldersAbove(folder)]) {
    const names = [...context.list(at), ...context.list(inFolder(at, ".config")).map((name) => `.config/${name}`)];
    const found = names.find((name) => SETTINGS.test(name));
    if (found !== undefined) return inFolder(at, found);
  }
  return undefined;
}
