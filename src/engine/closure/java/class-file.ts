/** What a class file says of classes (The Java Virtual Machine Specification, SE 21, 4.4). */

export interface ClassFile {
  /** `com/example/Shop`. */
  readonly name: string | undefined;
  /** Classes that it names: those that it uses, and those in descriptors and signatures, which reflection loads. */
  readonly names: readonly string[];
}

const MAGIC = 0xcafebabe;
const UTF8 = 1;
const CLASS = 7;

/** Bytes of a constant behind its tag; those of a long and of a double take two places. */
const SIZES: Readonly<Record<number, number>> = {
  ...{ 3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2 },
};
const WIDE = [5, 6];

const IN_DESCRIPTOR = /L([\w$/-]+\/[\w$]+)[;<]/g;

/** Undefined for what is no class file, or one of a form that is not known. */
export function readClass(file: Buffer): ClassFile | undefined {
  try {
    return file.readUInt32BE(0) === MAGIC ? constantsOf(file) : undefined;
  } catch (error) {
    // The file ends early.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function constantsOf(file: Buffer): ClassFile | undefined {
  const texts = new Map<number, string>();
  const classes = new Map<number, number>();
  const count = file.readUInt16BE(8);
  let at = 10;
  for (let index = 1; index < count; index++) {
    const tag = file.readUInt8(at++);
    if (tag === UTF8) {
      const size = file.readUInt16BE(at);
      texts.set(index, file.toString("latin1", at + 2, at + 2 + size));
      at += 2 + size;
      continue;
    }
    const size = SIZES[tag];
    if (size === undefined) return undefined;
    if (tag === CLASS) classes.set(index, file.readUInt16BE(at));
    at += size;
    if (WIDE.includes(tag)) index++;
  }
  const named = [...classes.values()].map((index) => texts.get(index) ?? "");
  const described = [...texts.values()].flatMap((text) => [...text.matchAll(IN_DESCRIPTOR)].map(([, name]) => name!));
  const own = texts.get(classes.get(file.readUInt16BE(at + 2)) ?? 0);
  // Those of arrays are descriptors.
  return { name: own, names: [...new Set([...named.filter((name) => /^[^[]/.test(name)), ...described])] };
}
