/** Where things stand in a JSON text: JSON.parse tells no lines, and no place at all of what it could read. */

export interface JsonPlaces {
  /** Offsets of keys, and of what stands in arrays, by the keys and indices on the way down with dots between: `options.merge-runs`. */
  readonly places: ReadonlyMap<string, number>;
  /** Where the text stops being JSON; undefined where it never does. */
  readonly error: number | undefined;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

export function placesIn(text: string): JsonPlaces {
  const places = new Map<string, number>();
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const next = (): string => {
    take(SPACE);
    return text[at] ?? "";
  };
  const punctuation = (one: string): boolean => {
    const isNext = next() === one;
    if (isNext) at++;
    return isNext;
  };
  /** Members up to `end`; false where they are none. */
  const list = (end: string, member: (index: number) => boolean): boolean => {
    if (punctuation(end)) return true;
    for (let index = 0; member(index); index++) {
      if (punctuation(end)) return true;
      if (!punctuation(",")) return false;
    }
    return false;
  };
  const below = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);
  const value = (path: string): boolean => {
    if (punctuation("{"))
      return list("}", () => {
        next();
        const start = at;
        const key = take(STRING);
        if (key === undefined) return false;
        const own = below(path, JSON.parse(key));
        places.set(own, start);
        return punctuation(":") && value(own);
      });
    if (punctuation("["))
      return list("]", (index) => {
        next();
        const own = below(path, String(index));
        places.set(own, at);
        return value(own);
      });
    return next() === '"' ? take(STRING) !== undefined : take(SCALAR) !== undefined;
  };
  const isWhole = value("") && next() === "";
  return { places, error: isWhole ? undefined : at };
}
