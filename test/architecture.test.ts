/** Who may import whom. AGENTS.md has the table in words; this holds it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Each room with the rooms it may import from. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  text: [],
  dockerfile: ["text"],
  shell: ["text"],
  bases: ["text", "dockerfile"],
  context: ["text", "dockerfile", "shell"],
  ecosystems: ["text", "dockerfile", "bases", "shell", "context"],
  image: ["text", "dockerfile", "bases", "shell", "context", "ecosystems"],
  promises: ["text", "dockerfile", "bases", "shell", "context", "ecosystems", "image"],
  transform: ["text", "dockerfile", "bases", "shell", "context", "ecosystems", "image", "promises"],
  pipeline: ["text", "dockerfile", "bases", "shell", "context", "ecosystems", "image", "promises", "transform"],
  registry: ["text", "dockerfile", "bases", "image"],
  engine: [
    "text",
    "dockerfile",
    "bases",
    "shell",
    "context",
    "ecosystems",
    "image",
    "promises",
    "transform",
    "pipeline",
  ],
  report: ["text", "dockerfile", "bases", "image", "promises", "transform", "pipeline", "engine"],
  config: ["text", "image", "transform", "pipeline"],
  cli: [
    "text",
    "dockerfile",
    "bases",
    "context",
    "image",
    "transform",
    "pipeline",
    "registry",
    "engine",
    "report",
    "config",
  ],
};

/** Node modules that reach outside the process. */
const io = /^node:(fs|child_process|net|http|https|dns|tls|http2|dgram|worker_threads)(\/|$)/;
const roomsWithIo = ["context", "registry", "engine", "config", "cli"];

interface Import {
  readonly from: string;
  /** The path inside the project, or the name of a package. */
  readonly target: string;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(
    /(?:^|\n)(?:import|export)\b[^;"]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g,
  );
  return [...found].map(([, statement, dynamic, bare]) => {
    const name = (statement ?? dynamic ?? bare)!;
    return { from: file, target: name.startsWith(".") ? relative(root, resolve(root, dirname(file), name)) : name };
  });
}

function sourcesIn(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
}

function roomOf(path: string): string | undefined {
  const [top, room, file] = path.split(sep);
  return top === "src" && file !== undefined ? room : undefined;
}

const imports = ["src", "transforms", "bin"].flatMap(sourcesIn).flatMap(importsOf);

function offenders(isOffence: (edge: Import) => boolean): readonly string[] {
  return imports.filter(isOffence).map(({ from, target }) => `${from} imports ${target}`);
}

describe("architecture", () => {
  test("the imports of this project are found", () => {
    expect(imports.length).toBeGreaterThan(50);
    expect(imports).toContainEqual({ from: "src/pipeline/plan.ts", target: "src/transform/index.ts" });
  });

  test("every room is in the table", () => {
    const rooms = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rooms.map(({ name }) => name).sort()).toEqual(Object.keys(mayImport).sort());
  });

  test("a room imports rooms to its left only", () => {
    const wrong = offenders(({ from, target }) => {
      const [importer, imported] = [roomOf(from), roomOf(target)];
      if (importer === undefined || imported === undefined || importer === imported) return false;
      return !mayImport[importer]?.includes(imported);
    });
    expect(wrong).toEqual([]);
  });

  test("a room is entered by its face or its types", () => {
    const wrong = offenders(({ from, target }) => {
      const imported = roomOf(target);
      if (imported === undefined || imported === roomOf(from)) return false;
      return ![`src/${imported}/index.ts`, `src/${imported}/types.ts`].includes(target);
    });
    expect(wrong).toEqual([]);
  });

  test("src does not import transforms, but for the library's face", () => {
    expect(
      offenders(
        ({ from, target }) => from.startsWith("src/") && from !== "src/index.ts" && target.startsWith("transforms/"),
      ),
    ).toEqual([]);
  });

  test("a transform imports the kit and its own folder", () => {
    const wrong = offenders(({ from, target }) => {
      if (!from.startsWith("transforms/") || from === "transforms/index.ts") return false;
      const own = `transforms/${from.split(sep)[1]}/`;
      // Paths are text; node:path does no io.
      return !["src/transform/index.ts", "node:path"].includes(target) && !target.startsWith(own);
    });
    expect(wrong).toEqual([]);
  });

  test("only rooms whose job it is touch the disk, the network or other programs", () => {
    const wrong = offenders(({ from, target }) => io.test(target) && !roomsWithIo.includes(roomOf(from) ?? ""));
    expect(wrong).toEqual([]);
  });

  test("nothing below bin ends the process or prints past its io", () => {
    // A program of its own, which ends in a container.
    const programs = ["src/engine/behaviour/prober-program.ts"];
    const files = [...sourcesIn("src"), ...sourcesIn("transforms")].filter((file) => !programs.includes(file));
    const wrong = files.filter((file) =>
      /process\.exit\(|process\.exitCode|console\./.test(readFileSync(join(root, file), "utf8")),
    );
    expect(wrong).toEqual([]);
  });
});
