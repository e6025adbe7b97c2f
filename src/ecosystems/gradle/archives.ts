/** What a project's scripts say of the archives that its tasks make. Scripts are programs: what is set but by a plain text is not known. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";

export interface Archives {
  /** The name of the project, and of its archives without anything else. */
  readonly name: string;
  /** The version with a dash before it; empty where there is none. */
  readonly version: string;
  readonly plugins: {
    readonly boot: boolean;
    readonly application: boolean;
    readonly war: boolean;
    readonly shadow: boolean;
  };
  /** The folder of `installDist` below `build/install`. */
  readonly application: string;
  /** The file name of a task's archive, `classifier` by default; undefined where the task is switched off. Throws `Blocked`. */
  fileOf(task: string, classifier: string, end: string): string | undefined;
}

/** Of the project in `folder` of the context; `root` is that of the root project, which lies in `home` in the image. Throws `Blocked`. */
export function archivesOf(context: BuildContext, root: string, folder: string, home: string | undefined): Archives {
  const scripts = [...new Set([folder, root])].map((at) => textOf(context, at, "build"));
  const settings = textOf(context, root, "settings");
  const isRoot = folder === root;
  const below = isRoot ? blocks(scripts[0] ?? "", "subprojects") : [];
  const own = below.reduce((code, block) => code.replace(block, ""), scripts[0] ?? "");
  const shared = isRoot ? own : (scripts[1] ?? "");
  if (/\bproject\s*\(?\s*["']:[^"']*["']\s*\)?\s*\{/.test(shared))
    throw new Blocked(`${inFolder(root, "build.gradle")} describes another project`);
  const everywhere = (isRoot ? ["allprojects"] : ["allprojects", "subprojects"])
    .flatMap((name) => blocks(shared, name))
    .join("\n");
  const code = isRoot ? own : `${own}\n${everywhere}`;
  const rootName = literal(settings, /\brootProject\s*\.\s*name\s*=\s*/) ?? (home && posix.basename(home));
  const name = isRoot ? rootName : posix.basename(folder);
  if (name === undefined) throw new Blocked("the name of the project is not known");
  const path = inFolder(folder, "build.gradle");
  const renamed =
    /\b(archivesBaseName|archivesName|buildDir|buildDirectory|libsDirName|destinationDirectory|destinationDir|appendix|archiveAppendix|layout)\b/.exec(
      code,
    )?.[1];
  const base = renamed === undefined ? undefined : literal(code, new RegExp(`\\b${renamed}\\b\\s*(=|\\.set\\()\\s*`));
  if (renamed !== undefined && (!/^archives(Base)?Name$/.test(renamed) || base === undefined))
    throw new Blocked(`${path} sets ${renamed}`);
  if (/\b(withType|matching|configureEach)\b[^\n]*\b(Jar|AbstractArchiveTask|War|BootJar)\b/.test(code))
    throw new Blocked(`${path} has its say on all archives at once`);
  const version = versionOf(top(own), context, folder, path) ?? versionOf(top(everywhere), context, root, path) ?? "";
  const has = (pattern: RegExp) => pattern.test(code);
  return {
    name: base ?? name,
    version: version === "" || version === "unspecified" ? "" : `-${version}`,
    plugins: {
      boot: has(/["']org\.springframework\.boot["']/),
      application: has(/^\s*application\s*$|["']application["']|\bapplication\s*;/m),
      war: has(/^\s*war\s*$|["']war["']/m),
      shadow: has(/["']com\.(github\.johnrengelman|gradleup)\.shadow["']/),
    },
    application: literal(code, /\bapplicationName\s*=\s*/) ?? name,
    fileOf: (task, classifier, end) => {
      const settings = blocks(code, task).join("\n");
      if (
        /\benabled\s*=\s*false\b|\benabled\s+false\b|\bisEnabled\s*=\s*false\b|\benabled\.set\(false\)/.test(settings)
      )
        return undefined;
      const set = (...names: readonly string[]) => {
        for (const each of names) {
          if (!new RegExp(`\\b${each}\\b`).test(settings)) continue;
          const text = literal(settings, new RegExp(`\\b${each}\\b\\s*(=|\\.set\\s*\\(|\\()?\\s*`));
          if (text === undefined || text.includes("$")) throw new Blocked(`${path} computes ${each} of ${task}`);
          return text;
        }
        return undefined;
      };
      const whole = set("archiveFileName", "archiveName");
      if (whole !== undefined) return whole;
      const parts = [
        set("archiveBaseName", "baseName") ?? base ?? name,
        set("archiveVersion", "version") ?? version,
        set("archiveClassifier", "classifier") ?? classifier,
      ];
      return `${parts.filter((part) => part !== "" && part !== "unspecified").join("-")}.${end}`;
    },
  };
}

function versionOf(code: string, context: BuildContext, folder: string, path: string): string | undefined {
  if (/^\s*(project\.)?version\b\s*[=("']?/m.test(code)) {
    const text = literal(code, /^\s*(?:project\.)?version\s*(?:=\s*|\s)/m);
    if (text === undefined || text.includes("$")) throw new Blocked(`${path} computes the version`);
    return text;
  }
  const properties = context.read(inFolder(folder, "gradle.properties")) ?? "";
  return /^\s*version\s*[=:]\s*(.*?)\s*$/m.exec(properties)?.[1];
}

/** The script without comments; empty where there is none. */
function textOf(context: BuildContext, folder: string, kind: string): string {
  const text = ["", ".kts"]
    .map((end) => context.read(inFolder(folder, `${kind}.gradle${end}`)))
    .find((found) => found !== undefined);
  return (text ?? "").replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\/.*|\/\*[\s\S]*?\*\//g,
    (_, string) => string ?? " ",
  );
}

/** The plain text behind `before`. */
function literal(code: string, before: RegExp): string | undefined {
  const match = before.exec(code);
  if (!match) return undefined;
  return /^["']([^"'\n]*)["']\s*(?:[)};\n]|$)/.exec(code.slice(match.index + match[0].length))?.[1];
}

/** What is outside of all braces. */
function top(code: string): string {
  let depth = 0;
  return [...code]
    .filter((character) => {
      if (character === "{") depth++;
      if (character === "}") depth--;
      return depth === 0;
    })
    .join("");
}

/** What braces behind `name` hold: `jar { … }`, `tasks.jar { … }`, `tasks.named<Jar>("jar") { … }`. */
function blocks(code: string, name: string): readonly string[] {
  const found = code.matchAll(
    new RegExp(`(?:^|[\\s.;])(?:${name}|(?:named|getByName)(?:<\\w+>)?\\(\\s*["']${name}["'][^)]*\\))\\s*\\{`, "gm"),
  );
  return [...found].map(({ index, 0: whole }) => {
    const start = index + whole.length;
    let depth = 1;
    let at = start;
    for (; at < code.length && depth > 0; at++) depth += code[at] === "{" ? 1 : code[at] === "}" ? -1 : 0;
    return code.slice(start, at - 1);
  });
}
