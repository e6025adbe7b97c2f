/** What of Java the development kit alone has (the JDK 21 documentation, "Tools and Commands" and the modules `jdk.*`). */
import type { BuildContext } from "../../context/index.ts";

/** Programs beside `java` and `keytool` that a Java of all modules has without the development kit. */
export const JRE_PROGRAMS: readonly string[] = ["jfr", "jrunscript", "jwebserver", "rmiregistry"];

/** Programs of the development kit alone. */
export const JDK_PROGRAMS: readonly string[] = [
  ...["jar", "jarsigner", "javac", "javadoc", "javap", "jcmd", "jconsole", "jdb", "jdeprscan", "jdeps", "jhsdb"],
  ...["jimage", "jinfo", "jlink", "jmap", "jmod", "jpackage", "jps", "jshell", "jstack", "jstat", "jstatd"],
];

/** The compiler, the debugger's interface, attaching to another process. */
const JDK_PACKAGES =
  /\b(javax\.tools\.|ToolProvider\b|com\.sun\.(tools|source|jdi)\.|jdk\.(jshell|javadoc|jlink|jpackage)\b)/;

/** A file of `context` whose code asks for something that the development kit alone has. */
export function jdkUser(context: BuildContext): string | undefined {
  return context
    .files()
    .find(
      (path) =>
        /\.(java|kts?|groovy|scala|clj)$/.test(path) &&
        !/(^|\/)(src\/test|tests?)\//.test(path) &&
        JDK_PACKAGES.test(context.read(path) ?? ""),
    );
}
