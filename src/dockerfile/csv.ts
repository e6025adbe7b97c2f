import type { Piece } from "./go-text.ts";

/** The fields of one CSV line, as Go's encoding/csv reads the options of `--mount`; undefined where it reports an error. */
export function csvFields(line: string): Piece[] | undefined {
  if (line === "") return undefined;
  const fields: Piece[] = [];
  for (let at = 0; at <= line.length; ) {
    const field = line[at] === '"' ? quotedField(line, at) : plainField(line, at);
    if (!field) return undefined;
    fields.push(field);
    at = field.end + 1;
  }
  return fields;
}

function plainField(line: string, start: number): Piece | undefined {
  const comma = line.indexOf(",", start);
  const end = comma < 0 ? line.length : comma;
  const text = line.slice(start, end);
  return text.includes('"') ? undefined : { text, start, end };
}

function quotedField(line: string, start: number): Piece | undefined {
  let text = "";
  for (let at = start + 1; ; ) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return undefined;
    text += line.slice(at, quote);
    if (line[quote + 1] !== '"') {
      const end = quote + 1;
      return end === line.length || line[end] === "," ? { text, start, end } : undefined;
    }
    text += '"';
    at = quote + 2;
  }
}
