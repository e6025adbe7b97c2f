/** Small files of Java that hold nothing but what a proof reads of them. */
import { deflateRawSync } from "node:zlib";

/** A class that names classes, `described` in a descriptor alone. */
export function writeClass(name: string, named: readonly string[], described: readonly string[] = []): Buffer {
  const constants: Buffer[] = [];
  const add = (...bytes: readonly (number | Buffer)[]) => {
    constants.push(Buffer.concat(bytes.map((each) => (typeof each === "number" ? Buffer.from([each]) : each))));
    return constants.length;
  };
  const text = (value: string) => add(1, sixteen(Buffer.byteLength(value)), Buffer.from(value));
  const classes = [name, ...named].map((each) => add(7, sixteen(text(each))));
  for (const each of described) text(`(L${each};I)V`);
  // A long takes two places.
  add(5, Buffer.alloc(8));
  const header = Buffer.concat([Buffer.from("cafebabe00000041", "hex"), sixteen(constants.length + 2)]);
  return Buffer.concat([header, ...constants, sixteen(1), sixteen(classes[0]!)]);
}

/** A zip archive; what ends in `.jar` is stored, as nested archives are, and the rest deflated. */
export function writeArchive(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const isStored = name.endsWith(".jar");
    const packed = isStored ? content : deflateRawSync(content);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(isStored ? 0 : 8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    parts.push(header, Buffer.from(name), packed);
    entries.push(entry, Buffer.from(name));
    at += header.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...entries, end]);
}

/** The index of `lib/modules`, with one class in each package of each module. */
export function writeModules(modules: Readonly<Record<string, readonly string[]>>): Buffer {
  const strings: Buffer[] = [Buffer.from([0])];
  const offsetOf = (text: string) => {
    const at = Buffer.concat(strings).length;
    strings.push(Buffer.from(`${text}\0`));
    return at;
  };
  const extension = offsetOf("class");
  const locations = Object.entries(modules).flatMap(([module, packages]) =>
    packages.map((name) =>
      Buffer.concat([
        attribute(1, offsetOf(module)),
        attribute(2, offsetOf(name)),
        attribute(4, extension),
        Buffer.from([0]),
      ]),
    ),
  );
  const offsets = locations.map((_, index) => Buffer.concat(locations.slice(0, index)).length);
  const [allStrings, allLocations] = [Buffer.concat(strings), Buffer.concat(locations)];
  const numbers = [0xcafedada, 0x10000, 0, locations.length, locations.length];
  return Buffer.concat([
    ...[...numbers, allLocations.length, allStrings.length].map(thirtyTwo),
    ...locations.map(() => thirtyTwo(0)),
    ...offsets.map(thirtyTwo),
    allLocations,
    allStrings,
  ]);
}

/** Of a kind, in two bytes. */
function attribute(kind: number, value: number): Buffer {
  return Buffer.concat([Buffer.from([(kind << 3) | 1]), sixteen(value)]);
}

function sixteen(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function thirtyTwo(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
