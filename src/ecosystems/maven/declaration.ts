import type { Declaration } from "../types.ts";

/** What there is to say of Maven. */
export const DECLARED: Declaration = {
  title: "Maven",
  files: [
    { name: "pom.xml", role: "manifest", about: "with its modules, and parents that lie in the project" },
    { name: ".mvn/", role: "settings", about: "options, extensions and the wrapper" },
    { name: "mvnw", role: "settings", about: "the wrapper's script" },
    { name: "settings.xml", role: "settings", about: "where the command names it" },
  ],
  readsMore: [
    { what: "a library with `system` scope", then: "copied" },
    { what: "a repository in the project (`file://${project.basedir}`)", then: "copied" },
    { what: "an extension that refit does not know", then: "declined" },
    { what: "a packaging that is not Maven's own", then: "declined" },
    { what: "a `SNAPSHOT` or an open version", then: "declined", how: "unless the command has `-U`" },
  ],
  installs: ["~/.m2/repository"],
  caches: [],
  intermediates: ["~/.m2"],
  network: "the repositories that `pom.xml` and `settings.xml` name, by default the central one",
  builds: [{ command: "mvn package", outputs: ["target/*.jar", "target/*.war"] }],
  developmentOnly: "Libraries with `test` or `provided` scope are not packed into the archive.",
};
