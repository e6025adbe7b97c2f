/** The words of Gradle's command line (CommandLineOptions, its user manual's "Command-Line Interface"), sorted. */
import { Blocked } from "../blocking.ts";

export interface Words {
  /** Tasks with their paths: `:app:build`. */
  readonly tasks: readonly string[];
  /** As written; of one with a value behind a blank the two words. */
  readonly options: readonly (readonly string[])[];
}

/** Options whose value is the next word. */
const VALUED =
  /^(-[pbcgIxPDFM]|--(project-dir|build-file|settings-file|gradle-user-home|init-script|exclude-task|project-prop|system-prop|include-build|console|max-workers|priority|warning-mode|project-cache-dir|dependency-verification|write-verification-metadata|update-locks|configuration|tests|args))$/;

/** Options that lead to no other files, and write none. */
const HARMLESS =
  /^(-[qidsSw]|--(quiet|info|debug|stacktrace|full-stacktrace|warn|(no-)?daemon|console|(no-)?parallel|(no-)?build-cache|(no-)?configure-on-demand|refresh-dependencies|offline|max-workers|warning-mode|priority|configuration|no-scan|rerun-tasks|continue))(=|$)|^(-P|--project-prop)/;

/** Undefined stands for a word that only the shell knows. */
export function wordsOf(args: readonly (string | undefined)[]): { readonly known: Words; readonly unknown: boolean } {
  const tasks: string[] = [];
  const options: string[][] = [];
  let unknown = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === undefined) unknown = true;
    else if (!word.startsWith("-")) tasks.push(word);
    else if (VALUED.test(word)) {
      const value = args[++at];
      unknown ||= value === undefined;
      options.push([word, value ?? ""]);
    } else options.push([word]);
  }
  return { known: { tasks, options }, unknown };
}

/** Throws `Blocked` for a word that only the shell knows, or an option that could lead to other files. */
export function harmlessWords(args: readonly (string | undefined)[]): Words {
  const { known, unknown } = wordsOf(args);
  if (unknown) throw new Blocked("a word of the command is only known to the shell");
  const other = known.options.find(([name = ""]) => !HARMLESS.test(name));
  if (other) throw new Blocked(`the option ${other[0]} could make Gradle read other files`);
  return known;
}

/** Whether the call says something of Gradle itself and runs no script. */
export function isAboutGradle({ options }: Words): boolean {
  return options.some(([name = ""]) => /^(-[vh?]|--(version|help|stop|status))$/.test(name));
}

/** Whether tasks do nothing but report what projects depend on, and so resolve it. */
export function isReport({ tasks }: Words): boolean {
  return tasks.length > 0 && tasks.every((task) => /^(:?[\w-]+:)*:?(dependencies|buildEnvironment)$/.test(task));
}
