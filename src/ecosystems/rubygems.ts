import { subcommands } from "./subcommands.ts";

/** Ruby's `gem`: packages by name, whatever the app. */
export const rubygems = subcommands({
  name: "rubygems",
  commands: ["gem"],
  purposes: { system: ["install", "update"], files: ["sources"], build: ["build"], clean: ["cleanup", "uninstall"] },
});
