import type { Declaration } from "../types.ts";

/** What there is to say of Gradle. */
export const DECLARED: Declaration = {
  title: "Gradle",
  files: [
    { name: "settings.gradle", role: "manifest", about: "or `.kts`, with the projects that it includes" },
    { name: "settings.gradle.kts", role: "manifest" },
    { name: "build.gradle", role: "manifest", about: "or `.kts`, of every project" },
    { name: "build.gradle.kts", role: "manifest" },
    { name: "gradle/libs.versions.toml", role: "manifest", about: "the version catalog" },
    { name: "gradle.lockfile", role: "lock" },
    { name: "gradle.properties", role: "settings" },
    { name: "gradlew", role: "settings", about: "the wrapper's script" },
    { name: "gradle/wrapper/", role: "settings", about: "the wrapper's program, and which Gradle it downloads" },
  ],
  readsMore: [
    { what: "a word of a script that refit does not know", then: "declined", how: "scripts are programs" },
    { what: "a plugin that refit does not know", then: "declined" },
    { what: "`buildSrc`, or another build that is included", then: "declined" },
    { what: "a script that another one applies", then: "declined" },
  ],
  installs: ["~/.gradle/caches/modules-2"],
  caches: [],
  intermediates: ["~/.gradle", "**/.gradle"],
  network: "the repositories that the scripts name, and for the wrapper the address in `gradle-wrapper.properties`",
  builds: [
    { command: "gradle build", outputs: ["build/libs/*.jar", "build/distributions/*"] },
    { command: "gradle installDist", outputs: ["build/install/*"] },
  ],
  developmentOnly: "Libraries of `testImplementation` and `compileOnly` are not packed into the archive.",
};
