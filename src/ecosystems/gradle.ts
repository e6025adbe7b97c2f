import { subcommands } from "./subcommands.ts";

/** Gradle and its wrapper. */
export const gradle = subcommands({
  name: "gradle",
  commands: ["gradle", "gradlew"],
  purposes: { dependencies: ["dependencies", "resolveDependencies", "downloadDependencies"], clean: ["clean"] },
  otherwise: "build",
});
