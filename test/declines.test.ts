/** Each sentence that says why a place is left alone is shown by a snapshot, where somebody has read it beside a real file. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ParserOptions, parse } from "@babel/parser";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Where declines are made. */
const ROOMS = ["src/context/toolchain", "src/ecosystems", "src/image", "src/shell", "src/transform", "transforms"];

/** What the model says of a build that fails, or of two that differ: a broken promise is no decline. */
const OF_THE_MODEL = /^src\/image\/(run\/|(config|configure|copy|execute|oracle)\.ts$)/;

/** What package managers are asked, and what an answer lacks: a step whose packages are not known declines in words of its own. */
const OF_DATABASES = /^src\/ecosystems\/system-packages\/database\//;

/** Sentences that no snapshot can show, each with its reason. */
const UNSHOWN: Readonly<Record<string, string>> = {
  "it is not known whether … lies in the project": "transforms ask from a folder that is known; the model asks anyway",
  "the name of the project is not known": "the same",
  "the folder behind `-C` is computed": "what works in such a folder is an unknown step; the model asks anyway",
  "a heredoc behind continued lines": "the form of the RUN is what is said of such a script",
  "it is nested too deeply": "200 brackets deep",
  "it holds a NUL character": "an editor writes none",
  "… has the mode …, which a COPY of it would not take along":
    "git, which keeps the snapshots, keeps no modes of folders",
  "`…` is not understood": "for what the parser of scripts passes over in silence; no such text is known",
};

test("every sentence that declines is in a report of snapshots/", () => {
  const reports = [...new Set(filesIn("snapshots", "report.txt").flatMap((file) => textOf(file).split("\n")))].join(
    "\n",
  );
  const sentences = ROOMS.flatMap((folder) => filesIn(folder, ".ts"))
    .filter((file) => !OF_THE_MODEL.test(file) && !OF_DATABASES.test(file))
    .flatMap((file) => sentencesOf(textOf(file)).map((parts) => ({ file, parts, sentence: parts.join("…") })));
  expect(sentences.length).toBeGreaterThan(500);
  const unshown = sentences.filter(({ sentence, parts }) => !(sentence in UNSHOWN) && !isIn(reports, parts));
  expect(unshown.map(({ file, sentence }) => `${file}: ${sentence}`)).toEqual([]);
  const needless = Object.keys(UNSHOWN).filter((text) => !sentences.some(({ sentence }) => sentence === text));
  expect(needless).toEqual([]);
});

function filesIn(folder: string, ending: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** Whether a line has the fixed parts of a sentence, with something between them. */
function isIn(reports: string, parts: readonly string[]): boolean {
  const escaped = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(escaped.join(".+").replace(/^\.\+|\.\+$/g, "")).test(reports);
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** What stands beside declines: declarations for the pages, reasons of rewrites, mistakes of callers. */
const OTHER_KEYS = ["declares", "summary", "why", "actions", "describe"];
const OTHER_CALLS = ["Error", "TypeError", "UsageError"];

/** The fixed parts of each text that reads as a sentence, between what is filled in. */
function sentencesOf(code: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const visit = (node: Node, parent?: Node): void => {
    if (isOther(node)) return;
    const parts = fixedParts(node);
    // A template with a tag is code, and a text with a method behind it is a list.
    const isText = !["TaggedTemplateExpression", "MemberExpression"].includes(parent?.type ?? "");
    if (parts && isText && isSentence(parts)) found.push(parts);
    for (const child of childrenOf(node)) visit(child, node);
  };
  const options: ParserOptions = { sourceType: "module", plugins: ["typescript"], attachComment: false };
  visit(parse(code, options).program as unknown as Node);
  return found;
}

function isOther(node: Node): boolean {
  const named = (node.key ?? node.callee ?? node.id) as { name?: string; typeAnnotation?: Node } | undefined;
  if (/^Import|^TSType|^TSInterface|^ExportAll/.test(node.type)) return true;
  if (node.type === "ObjectProperty") return OTHER_KEYS.includes(named?.name ?? "");
  if (node.type === "NewExpression") return OTHER_CALLS.includes(named?.name ?? "");
  return node.type === "VariableDeclarator" && JSON.stringify(named?.typeAnnotation ?? "").includes('"Declaration"');
}

function fixedParts(node: Node): readonly string[] | undefined {
  if (node.type === "StringLiteral") return [node.value as string];
  if (node.type !== "TemplateLiteral") return undefined;
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
}

/** Words that lists of programs and packages lack. */
const OF_SENTENCES = /(^|\s)(the|an?|is|are|may|has|no|not|of|in|to|by|it|its|what|which|without|can't)\s/;

function isSentence(parts: readonly string[]): boolean {
  const text = parts.join("…");
  const words = text.trim().split(/\s+/);
  const isLong = words.length >= 3 && words.some((word) => /^[a-z']{2,}$/.test(word));
  return isLong && (parts.length > 1 || OF_SENTENCES.test(text));
}

function childrenOf(node: Node): readonly Node[] {
  const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === "string";
  return Object.values(node).flat().filter(isNode);
}
