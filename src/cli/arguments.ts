import yargs from "yargs";
import { UsageError } from "../config/index.ts";
import type { Command } from "./run.ts";
import { stdinPath } from "./stdin.ts";
import { version } from "./version.ts";

/** From words to the command to run, or to the text that `--help` and `--version` print. Throws a `UsageError`. */
export function parseArguments(argv: readonly string[]): Command | string {
  let command: Command | undefined;
  let text = "";
  const parser = yargs()
    .scriptName("refit")
    .locale("en")
    .strict()
    .parserConfiguration({ "greedy-arrays": false, "dot-notation": false, "parse-positional-numbers": false })
    .exitProcess(false)
    .wrap(100)
    .fail((message, error) => {
      throw error ?? new UsageError(`${message.replaceAll("\n", " ")}; refit --help says more`);
    })
    .command(
      "$0 [paths..]",
      "Show what would change in Dockerfiles, and why",
      (args) => rewriteOptions(args),
      (args) => {
        command = async (io, load) => (await import("./rewrite.ts")).rewrite(args, io, load);
      },
    )
    .command(
      "transforms [name]",
      "List what refit knows, or explain one transform",
      (args) => args.positional("name", { type: "string", describe: "A transform" }),
      ({ name }) => {
        command = async (io, load) => (await import("./transforms.ts")).showTransforms(name, io, load);
      },
    )
    .version(version)
    .help()
    .alias({ help: "h", version: "V" });
  // yargs loses a lone dash.
  const words = argv.map((word) => (word === "-" ? stdinPath : word));
  parser.parse(words, {}, (error, _, output) => {
    if (error) throw error;
    text = output;
  });
  return command ?? text;
}

type Parser = ReturnType<typeof yargs>;

function rewriteOptions(args: Parser) {
  return args
    .positional("paths", {
      type: "string",
      array: true,
      default: ["."],
      describe: "Files, folders to search, or - for standard input",
    })
    .options({
      write: {
        type: "boolean",
        default: false,
        describe: "Write the files (with -: print the result instead of the diff)",
      },
      check: { type: "boolean", default: false, describe: "Write nothing; exit code 1 when something would change" },
      format: {
        choices: ["text", "diff", "json"] as const,
        default: "text" as const,
        describe: "text: the diff, then reasons on standard error; diff: the diff alone",
      },
      level: {
        choices: ["safe", "standard"] as const,
        describe: "safe: only what leaves the image the same [default: standard]",
      },
      only: { type: "string", array: true, coerce: names, describe: "Only these transforms, separated by commas" },
      skip: { type: "string", array: true, coerce: names, describe: "All but these transforms" },
      context: {
        type: "string",
        requiresArg: true,
        describe: "The build context [default: the Dockerfile's folder]",
      },
      offline: { type: "boolean", describe: "Ask no registry" },
      config: {
        type: "string",
        requiresArg: true,
        describe: "Config file [default: the nearest refit.config.json, .refitrc.json or package.json]",
      },
      "stdin-filename": {
        type: "string",
        requiresArg: true,
        describe: "The name of what comes on standard input",
      },
      quiet: { alias: "q", type: "boolean", default: false, describe: "Say only what went wrong" },
      verbose: { alias: "v", type: "boolean", default: false, describe: "Say more" },
    })
    .check(refuseContradictions);
}

/** yargs makes an array of an option that is given twice, and its own `conflicts` counts defaults as given. */
function refuseContradictions(args: Readonly<Record<string, unknown>>): true {
  for (const name of ["format", "level", "context", "config", "stdin-filename"]) {
    if (Array.isArray(args[name])) throw new UsageError(`--${name} is given more than once`);
  }
  if (args.write && args.check) throw new UsageError("--write and --check can't be given together");
  if (args.quiet && args.verbose) throw new UsageError("--quiet and --verbose can't be given together");
  return true;
}

function names(values: readonly string[] | undefined): string[] | undefined {
  return values?.flatMap((value) => value.split(",")).filter((name) => name !== "");
}
