/** What Next's configuration file says, and how it is told to make its standalone server. */
import { type Edit, insertAt, replace } from "../../text/index.ts";
import type { BuildContext } from "../types.ts";
import { readConfig } from "./config-files.ts";
import { positionalOf } from "./options.ts";
import { inProject } from "./paths.ts";
import { literalIn, type StaticObject } from "./static-module.ts";
import { type Reader, type Unknown, unknown } from "./types.ts";

export interface NextConfig {
  /** Undefined where the project has no such file: then everything is as by default. */
  readonly file: string | undefined;
  readonly settings: StaticObject;
  /** Modules that the file imports. */
  readonly imports: readonly string[];
  /** The folder that `next build` fills, relative to the project. */
  readonly distDir: string;
  readonly output: "standalone" | "export" | undefined;
}

/** Reads next.config.*, or why that can't be done without running it. */
export function readNextConfig(project: BuildContext): NextConfig | Unknown {
  const config = readConfig(project, "next.config", undefined);
  if (!config) return { file: undefined, settings: {}, imports: [], distDir: ".next", output: undefined };
  if ("unknown" in config) return config;
  const { file, configs, imports } = config;
  const [settings = {}, ...more] = configs;
  const { output, distDir = ".next" } = settings;
  const folder = typeof distDir === "string" ? inProject("", distDir) : undefined;
  const isKnown = output === undefined || output === "standalone" || output === "export";
  if (!isKnown || folder === undefined || more.length > 0) return unknown(`${file} computes where it writes`);
  if (folder === "") return unknown(`${file} writes to the project folder itself`);
  return { file, settings, imports, distDir: folder, output };
}

/** `next build`: `distDir` (".next"), and "out" where `output` is "export". */
export const readNext: Reader = (words, project) => {
  const [command, folder] = positionalOf(words, []);
  if (command !== "build" || folder !== undefined) return unknown(`refit does not know \`next ${words.join(" ")}\``);
  const config = readNextConfig(project);
  if ("unknown" in config) return config;
  const { distDir, output } = config;
  return { outputs: output === "export" ? [distDir, "out"] : [distDir], bundles: false, sources: [] };
};

/** Whether `next start` compiles the file before it reads it. */
export function isTypeScript(file: string | undefined): boolean {
  return /\.[cm]?ts$/.test(file ?? "");
}

/**
 * The edit of next.config.* that asks for the standalone server: one more property in the object literal that it exports, all other bytes
 * as they were. Undefined where there is no such literal, or where a spread in it may say something else.
 */
export function standaloneEdit(text: string): Edit | undefined {
  const literal = literalIn(text);
  if (!literal || literal.isOpen) return undefined;
  const { start, end } = literal.span;
  const inside = text.slice(start + 1, end - 1);
  const quote = /["'](?!use strict)/.exec(text)?.[0] ?? '"';
  const property = `output: ${quote}standalone${quote}`;
  // Below the line of the brace, indented as what comes next.
  const [line, eol] = /^[^\S\r\n]*(?:\/\*[^\r\n]*\*\/[^\S\r\n]*|\/\/[^\r\n]*)?(\r?\n)/.exec(inside) ?? [];
  if (line !== undefined) {
    const rest = inside.slice(line.length);
    const indent = /^\s*?([^\S\r\n]*)\S/.exec(rest)?.[1] ?? `${rest}  `;
    return insertAt(start + 1 + line.length, `${indent}${property},${eol}`);
  }
  if (inside.trim() === "") return replace({ start: start + 1, end: end - 1 }, ` ${property} `);
  return insertAt(start + 1 + inside.search(/\S/), `${property}, `);
}
