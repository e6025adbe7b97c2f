import type { Span } from "../text/index.ts";
import { csvFields } from "./csv.ts";
import type { Flag, Instruction } from "./types.ts";

export interface MountOption {
  /** Lower case, as written otherwise: `src` and `source` are two spellings. */
  readonly key: string;
  /** Undefined for an option without `=`, such as `readonly`. */
  readonly value: string | undefined;
  /** Of the value; undefined where quotes or escapes keep it from standing in the file as it is. */
  readonly valueSpan: Span | undefined;
}

/** A `RUN --mount`. Values are not expanded. */
export interface Mount {
  readonly flag: Flag;
  /** `bind` where nothing else is said. */
  readonly type: string;
  readonly target: MountOption | undefined;
  readonly source: MountOption | undefined;
  readonly from: MountOption | undefined;
  readonly options: readonly MountOption[];
}

/** The mounts of a RUN in order; a mount that is no list of options is left out (BuildKit refuses it). */
export function mountsOf(instruction: Instruction): readonly Mount[] {
  if (instruction.keyword !== "RUN") return [];
  return instruction.flags.flatMap((flag) => (flag.name === "mount" ? (mountOf(flag) ?? []) : []));
}

function mountOf(flag: Flag): Mount | undefined {
  const { value = "", text } = flag;
  const fields = csvFields(value);
  if (!fields) return undefined;
  const shift = text.text === `--${flag.name}=${value}` ? text.text.length - value.length : undefined;
  const options = fields.map((field): MountOption => {
    const equals = field.text.indexOf("=");
    if (equals < 0) return { key: field.text.toLowerCase(), value: undefined, valueSpan: undefined };
    const isPlain = shift !== undefined && value.slice(field.start, field.end) === field.text;
    return {
      key: field.text.slice(0, equals).toLowerCase(),
      value: field.text.slice(equals + 1),
      valueSpan: isPlain
        ? text.toSourceSpan({ start: shift + field.start + equals + 1, end: shift + field.end })
        : undefined,
    };
  });
  // The last one counts.
  const named = (...keys: string[]) => options.findLast(({ key, value }) => keys.includes(key) && value !== undefined);
  return {
    flag,
    type: named("type")?.value?.toLowerCase() ?? "bind",
    target: named("target", "dst", "destination"),
    source: named("source", "src"),
    from: named("from"),
    options,
  };
}
