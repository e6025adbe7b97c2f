/** A Java of some modules, linked from the one of an image (the `jlink` and `java` commands of JDK 21). */
import { posix } from "node:path";
import type { JavaImage } from "../../bases/index.ts";

/** Instructions behind the FROM of each of two stages, line by line. */
export interface LinkedJava {
  /** On the image with the development kit: collects all that crosses. */
  readonly link: readonly (readonly string[])[];
  /** On the distribution: stands in the place of the image. */
  readonly base: readonly (readonly string[])[];
}

/** `name` is that of the stage that links, whose folder bears it too. */
export function linkedJava(
  { home, env, files, entrypoint }: JavaImage,
  modules: readonly string[],
  name: string,
): LinkedJava {
  const linked = home.slice(1);
  const certificates = "lib/security/cacerts";
  return {
    link: [
      [`WORKDIR /${name}`],
      [
        `RUN jlink --add-modules ${modules.join(",")} --no-header-files --no-man-pages --output ${linked}`,
        // Images have those of their distribution in the place of Java's own.
        `&& cp ${posix.join(home, certificates)} ${posix.join(linked, certificates)}`,
        // It would start slower without its archive of shared classes.
        `&& ${linked}/bin/java -Xshare:dump`,
        `&& cp -a --parents ${files.join(" ")} /${name}`,
      ],
    ],
    base: [
      [`ENV JAVA_HOME=${home}`],
      [`ENV PATH=${home}/bin:$PATH ${env.join(" ")}`],
      [`COPY --from=${name} /${name} /`],
      ...(entrypoint === undefined ? [] : [[`ENTRYPOINT ["${entrypoint}"]`]]),
    ],
  };
}

/** What an option of `java` needs beside the module that it names, by the documentation of JDK 21. */
const NEEDS: readonly (readonly [option: RegExp, module: string])[] = [
  [/(^|[\s"'=])-javaagent:/, "java.instrument"],
  [/(^|[\s"'=])(-agentlib:jdwp|-Xrunjdwp)\b/, "jdk.jdwp.agent"],
  [/(^|[\s"'=])-Dcom\.sun\.management\.jmxremote/, "jdk.management.agent"],
  [/(^|[\s"'=])-XX:(StartFlightRecording|\+FlightRecorder)\b/, "jdk.jfr"],
  [/(^|[\s"'=])-splash:/, "java.desktop"],
];

const NAMED = /--(?:add-modules|limit-modules)[=\s"',]+([\w.,]+)|--add-(?:opens|exports|reads)[=\s"',]+([\w.]+)\//g;

/** Modules of Java that options in a text ask for; the text of an instruction, a script or the value of a variable. */
export function modulesAsked(text: string): readonly string[] {
  const named = [...text.matchAll(NAMED)].flatMap(([, list = "", one = ""]) => [...list.split(","), one]);
  const needed = NEEDS.filter(([option]) => option.test(text)).map(([, module]) => module);
  return [...new Set([...named, ...needed])].filter((name) => /^(java|jdk)\./.test(name) && name !== "java.base");
}
