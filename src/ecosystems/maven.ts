import { subcommands } from "./subcommands.ts";

/** Maven and its wrapper. */
export const maven = subcommands({
  name: "maven",
  commands: ["mvn", "mvnw"],
  purposes: { dependencies: ["dependency:go-offline", "dependency:resolve", "dependency:resolve-plugins"] },
  valued: ["-f", "--file", "-s", "--settings", "-pl", "--projects", "-P", "-T"],
  otherwise: "build",
});
