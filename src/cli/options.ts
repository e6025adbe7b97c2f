/** The options of commands that are about Dockerfiles. */
import type { Argv } from "yargs";
import { UsageError } from "../config/index.ts";

const repeatable = { type: "string", array: true, requiresArg: true } as const;
const single = { type: "string", requiresArg: true } as const;

export function rewriteOptions(args: Argv) {
  return buildOptions(selectionOptions(args))
    .options({
      write: {
        type: "boolean",
        default: false,
        describe: "Write the files (with -: print the result instead of the diff)",
      },
      check: { type: "boolean", default: false, describe: "Write nothing; exit code 1 when something would change" },
      prove: {
        type: "boolean",
        default: false,
        describe:
          "With --write: build before and after with an engine, write only what is proved; exit code 1 when something was left out",
      },
      format: {
        choices: ["text", "diff", "json"] as const,
        default: "text" as const,
        describe: "text: the diff, then reasons on standard error; diff: the diff alone",
      },
    })
    .check((given) => {
      if (given.write && given.check) throw new UsageError("--write and --check can't be given together");
      if (given.slim && !given.prove)
        throw new UsageError(
          "--slim goes with --write --prove, or with refit prove: only a build shows that nothing is missing",
        );
      if (given.prove && !given.write) {
        throw new UsageError("--prove goes with --write; refit prove shows a proof and writes nothing");
      }
      return refuseContradictions(given);
    });
}

export function proveOptions(args: Argv) {
  return buildOptions(selectionOptions(args))
    .options({
      "save-weights": {
        ...single,
        describe: "Measure too: write how long each step takes without cache to this file, for --weights",
      },
      against: {
        type: "string",
        requiresArg: true,
        describe: "Another Dockerfile to compare with, in the place of what refit makes of the file",
      },
      promise: {
        choices: ["same-image", "same-image-less-caches", "same-runtime"] as const,
        describe: "What the file of --against promises [default: same-image]",
      },
      format: { choices: ["text", "json"] as const, default: "text" as const, describe: "How to say it" },
    })
    .check((given) => {
      for (const name of ["level", "only", "skip", "also", "slim"]) {
        if (given.against !== undefined && given[name] !== undefined && given[name] !== false) {
          throw new UsageError(`--${name} is about what refit rewrites; with --against it rewrites nothing`);
        }
      }
      return refuseContradictions(given);
    });
}

export function cleanOptions(args: Argv) {
  return args.options({
    "dry-run": { type: "boolean", default: false, describe: "Only show what would be removed" },
    format: { choices: ["text", "json"] as const, default: "text" as const, describe: "How to say it" },
  });
}

export function testsOptions(args: Argv) {
  return args
    .positional("path", { type: "string", default: "Dockerfile", describe: "The Dockerfile" })
    .options({
      out: { ...single, describe: "The file to write [default: the Dockerfile's path with .test.mjs]" },
      force: { type: "boolean", default: false, describe: "Replace a file that is there" },
      "old-from-git": { ...single, describe: "Compare with the Dockerfile of this revision [default: as it is now]" },
      context: { ...single, describe: "The build context [default: the Dockerfile's folder]" },
      config: { ...single, describe: "Config file" },
    })
    .check(refuseContradictions);
}

export function explainOptions(args: Argv) {
  return args
    .positional("path", {
      type: "string",
      default: ".",
      describe: "A Dockerfile, the folder of one, or - for standard input",
    })
    .options({
      edit: {
        ...repeatable,
        describe: "Show it for an edit of this file of the context [default: a source and a manifest that are copied]",
      },
      line: {
        type: "number",
        requiresArg: true,
        describe: "Show it for an edit of this line of the Dockerfile [default: the first RUN]",
      },
      target: { ...single, describe: "The stage that is built [default: as Compose or Bake say, else the last]" },
      "build-arg": { ...repeatable, describe: "NAME=VALUE that the build is given, may be given several times" },
      ...rewriteFlags,
      "stdin-filename": stdinFilename,
      format: { choices: ["text", "json"] as const, default: "text" as const, describe: "How to say it" },
    })
    .example("$0 explain api", "what makes the steps of api/Dockerfile run again")
    .example("$0 explain --edit src/main.go --line 12", "what these edits run again")
    .example("$0 explain --weights build.log", "in seconds, of a build with --progress rawjson")
    .check((given) => {
      if (given.line !== undefined && !(Number.isInteger(given.line) && given.line > 0)) {
        throw new UsageError("--line takes the number of a line, from 1 on");
      }
      return refuseContradictions(given);
    });
}

export function adviseOptions(args: Argv) {
  return args
    .positional("paths", pathsToSearch)
    .options({
      "stdin-filename": stdinFilename,
      format: { choices: ["text", "json"] as const, default: "text" as const, describe: "How to say it" },
    })
    .check(refuseContradictions);
}

/** How files are rewritten. */
const rewriteFlags = {
  level: {
    choices: ["safe", "standard"] as const,
    describe: "safe: only what leaves the image the same [default: standard]",
  },
  only: { type: "string", array: true, coerce: names, describe: "Only these transforms, separated by commas" },
  skip: { type: "string", array: true, coerce: names, describe: "All but these transforms" },
  also: { type: "string", array: true, coerce: names, describe: "These transforms too, which run only where asked" },
  context: { ...single, describe: "The build context [default: the Dockerfile's folder]" },
  config: {
    ...single,
    describe: "Config file [default: the nearest refit.config.json, .refitrc.json or package.json]",
  },
  weights: {
    ...single,
    describe: "Step times to weigh by: a log of buildx --progress rawjson, or what prove --save-weights wrote",
  },
} as const;

const pathsToSearch = {
  type: "string",
  array: true,
  default: ["."],
  describe: "Files, folders to search, or - for standard input",
} as const;

const stdinFilename = { ...single, describe: "The name of what comes on standard input" } as const;

function selectionOptions(args: Argv) {
  return args.positional("paths", pathsToSearch).options({
    ...rewriteFlags,
    offline: { type: "boolean", describe: "Ask no registry" },
    "stdin-filename": stdinFilename,
    quiet: { alias: "q", type: "boolean", default: false, describe: "Say only what went wrong" },
    verbose: { alias: "v", type: "boolean", default: false, describe: "Say more" },
  });
}

/** Seconds: as long as a large image takes on a slow machine. */
const patience = 1800;

function buildOptions<Given>(args: Argv<Given>) {
  const options = {
    engine: {
      choices: ["docker", "podman", "buildah"] as const,
      describe: "What builds [default: the first of these that answers]",
    },
    "build-arg": { ...repeatable, describe: "NAME=VALUE for the builds, may be given several times" },
    target: { ...single, describe: "Compare this stage alone [default: each that has a name, and the last]" },
    platform: { ...single, describe: "Build for this platform" },
    builder: { ...single, describe: "Build with this builder of docker buildx" },
    secret: { ...repeatable, describe: "Secrets for the builds, as docker build takes them" },
    ssh: { ...repeatable, describe: "SSH agents or keys for the builds" },
    network: { ...single, describe: "The network of the builds" },
    "build-context": { ...repeatable, describe: "More build contexts, NAME=PATH" },
    timeout: { type: "number", default: patience, requiresArg: true, describe: "Seconds that one build may take" },
    probe: { ...repeatable, describe: "A path to GET from a server, may be given several times [default: /]" },
    scan: { type: "boolean", default: false, describe: "Look for vulnerabilities with trivy, grype or docker scout" },
    slim: {
      type: "boolean",
      default: false,
      describe: "Run on a smaller image of the same family, where the proof shows that nothing is missing",
    },
    rebuild: { ...single, describe: "Edit this file of the context in a copy and tell which steps run again" },
  } as const;
  return args
    .options(options)
    .group(Object.keys(options), "For proofs:")
    .check(({ timeout, probe = [] }) => {
      const wrong = probe.find((path) => !/^\/\S*$/.test(path));
      if (wrong !== undefined) throw new UsageError(`--probe takes a path that begins with /, and ${wrong} is none`);
      if (timeout <= 0 || Number.isNaN(timeout))
        throw new UsageError("--timeout takes a number of seconds greater than 0");
      return true;
    });
}

const givenOnce = [
  ...["format", "level", "context", "config", "stdin-filename", "against", "promise", "weights"],
  ...["engine", "target", "platform", "builder", "network", "timeout", "rebuild", "save-weights", "line"],
  ...["out", "old-from-git"],
];

/** yargs makes an array of an option that is given twice, and its own `conflicts` counts defaults as given. */
function refuseContradictions(args: Readonly<Record<string, unknown>>): true {
  for (const name of givenOnce) {
    if (Array.isArray(args[name])) throw new UsageError(`--${name} is given more than once`);
  }
  if (args.quiet && args.verbose) throw new UsageError("--quiet and --verbose can't be given together");
  return true;
}

function names(values: readonly string[] | undefined): string[] | undefined {
  return values?.flatMap((value) => value.split(",")).filter((name) => name !== "");
}
