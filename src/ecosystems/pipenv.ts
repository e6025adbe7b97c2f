import { subcommands } from "./subcommands.ts";

/** Pipenv, for Python. */
export const pipenv = subcommands({
  name: "pipenv",
  purposes: { dependencies: ["install", "sync", "lock", "requirements", "update"], build: ["run"], clean: ["--clear"] },
});
