import yargs from "yargs";
import { UsageError } from "../config/index.ts";
import { adviseOptions, cleanOptions, explainOptions, proveOptions, rewriteOptions, testsOptions } from "./options.ts";
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
      // yargs has an error of its own for an option without its value.
      if (error !== undefined && error.name !== "YError") throw error;
      throw new UsageError(`${(message || error!.message).replace(/\s+/g, " ")}; refit --help says more`);
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
      "prove [paths..]",
      "Build Dockerfiles as they are and as they would be, and compare the images",
      (args) => proveOptions(args),
      (args) => {
        command = async (io, load) => (await import("./with-engine.ts")).proveFiles(args, io, load);
      },
    )
    .command(
      "tests [path]",
      "Write property tests for a Dockerfile, to run with node --test or vitest",
      (args) => testsOptions(args),
      (args) => {
        command = async (io, load) => (await import("./with-engine.ts")).writeTests(args, io, load);
      },
    )
    .command(
      "explain [path]",
      "Show what makes each step run again, before and after",
      (args) => explainOptions(args),
      (args) => {
        command = async (io, load) => (await import("./explain.ts")).explain(args, io, load);
      },
    )
    .command(
      "advise [paths..]",
      "Show what is known of base images: end of life, smaller variants, which Dockerfiles share them",
      (args) => adviseOptions(args),
      (args) => {
        command = async (io, load) => (await import("./advise.ts")).advise(args, io, load);
      },
    )
    .command(
      "clean",
      "Remove what proofs that were killed left behind: containers, images, build cache, files",
      (args) => cleanOptions(args),
      (args) => {
        command = async (io) => (await import("./with-engine.ts")).cleanUp(args, io);
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
