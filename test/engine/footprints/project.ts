/** Projects in which real tools run under a tracer, in a build. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { docker } from "../../../scripts/engine/docker.ts";
import { readTrace, type Touched, TRACER_FOLDER, tracerWords } from "./trace.ts";

export type Files = Readonly<Record<string, string>>;

/** Paths in a context that a tool looks for or reads, though what lies there changes nothing. Each with its reason. */
export type Idle = readonly (readonly [path: RegExp, why: string])[];

export interface Project {
  /** A sentence without its subject: `reads the members of a workspace`. */
  readonly says: string;
  /** The build context. Files that an install has no business with are added. */
  readonly files: Files;
  /** A script that makes what is missing in the context: a lock, an archive. It runs where the command does. */
  readonly prepare?: string;
  readonly command: string;
  /** The folder of the context that the command starts in; the root where left out. */
  readonly from?: string;
  readonly env?: Files;
  /** Why refit says that it can't tell what is read; where left out, it tells. */
  readonly blocked?: RegExp;
  readonly idle?: Idle;
  /** A file that proves the tool reads more than manifests. */
  readonly reads?: string;
}

export interface Tool {
  readonly name: string;
  /** The base image as a Dockerfile would name it. */
  readonly base: string;
  /** The image that stands in for the base where that can't be had. */
  readonly standIn?: string;
  /** Stages that `setup` copies from. */
  readonly stages?: string;
  /** Instructions that put the tool on the base. */
  readonly setup?: string;
  readonly projects: readonly Project[];
  readonly idle: Idle;
  /** Why it asks of every file in the project whether it is there; such a file counts where it is opened. */
  readonly asks?: string;
}

/** A project after its command ran. */
export interface Traced {
  /** The context just before, by path. */
  readonly before: Files;
  /** Files of the context that are no longer as they were. */
  readonly changed: readonly string[];
  readonly status: number;
  readonly output: string;
  readonly touched: Touched;
}

/** Where the context lies in the image. */
export const HOME = "/app";

/** What projects have beside their manifests, and an install has no business with. */
const SOURCES = [
  ...["index.js", "server.js", "src/main.js", "src/main.py", "tsconfig.json", ".env", ".eslintrc.json", ".babelrc"],
  ...[".gitignore", ".npmignore", ".editorconfig", "Dockerfile", "Makefile", "README.md", "LICENSE", "docs/index.md"],
  ...["public/index.html", "scripts/release.js", "test/main.test.js"],
];

/** Runs the commands of all projects of `tool`, each in a stage of its own of one build. */
export function traceProjects(tool: Tool): readonly Traced[] {
  const work = mkdtempSync(join(tmpdir(), "refit-footprints-"));
  const [context, results] = [join(work, "context"), join(work, "results")];
  try {
    for (const [index, { files }] of tool.projects.entries()) {
      const sources = Object.fromEntries(SOURCES.map((path) => [path, ""]));
      for (const [path, text] of Object.entries({ ...sources, ...files })) write(join(context, `${index}`, path), text);
    }
    write(join(context, "Dockerfile"), dockerfileOf(tool));
    docker(["build", "--progress=plain", `--output=type=local,dest=${results}`, context]);
    return tool.projects.map((project, index) => readResult(join(results, `${index}`), project));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function dockerfileOf({ base: named, standIn: base = named, stages: before = "", setup = "", projects }: Tool): string {
  const stages = projects.map(({ command, prepare = "true", from = ".", env = {} }, index) => {
    const variables = Object.entries(env).map(([name, value]) => `ENV ${name}=${JSON.stringify(value)}\n`);
    const same = 'cmp -s "$1" "$2" && test "$(stat -c %a:%u:%g "$1")" = "$(stat -c %a:%u:%g "$2")"';
    const words = [...tracerWords("/result/trace"), "sh", "-c", `'${command.replaceAll("'", `'"'"'`)}'`];
    return `FROM tool AS project${index}
COPY ${index} ${HOME}
WORKDIR ${posix.join(HOME, from)}
${variables.join("")}RUN mkdir /result && { ${prepare}; } && cp -a ${HOME} /result/before
RUN --mount=type=bind,from=tracer,target=${TRACER_FOLDER} ${words.join(" ")} >/result/output 2>&1; echo $? >/result/status
RUN cd /result/before && find . -type f | while read -r file; do sh -c '${same}' - "$file" "${HOME}/$file" || echo "$file"; done >/result/changed
`;
  });
  const copies = projects.map((_, index) => `COPY --from=project${index} /result /${index}\n`);
  return `${before}
FROM ${base} AS tool\n${setup}\n${stages.join("")}FROM scratch\n${copies.join("")}`;
}

function readResult(folder: string, { from = "." }: Project): Traced {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  return {
    before: filesOf(join(folder, "before")),
    changed: text("changed")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.replace("./", "")),
    status: Number(text("status")),
    output: text("output"),
    touched: readTrace(text("trace"), posix.join(HOME, from)),
  };
}

function filesOf(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}
