/** JSON with comments and trailing commas, as TypeScript and many tools read it. Undefined for anything else. */
export function parseJsonc(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "").replace(TOKEN, (token) => (token.startsWith('"') ? token : "")));
  } catch {
    return undefined;
  }
}

/** A string, a comment, or a comma before a closing bracket (comments between allowed, each matched in one way alone: they may be many). */
const TOKEN =
  /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n]*(?=\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*[}\]])/g;

/** The object that a JSON text holds; undefined where it holds none. */
export function objectOf(text: string | undefined): JsonObject | undefined {
  return text === undefined ? undefined : asObject(parseJsonc(text));
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asStrings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}
