/** `/etc/ld.so.cache`, by which glibc's loader finds libraries; it never reads `/etc/ld.so.conf` itself (glibc, dl-cache.h). */

/** The new form may follow the old one. */
const MAGIC = "glibc-ld.so.cache1.1";
const HEADER = 48;
const ENTRY = 24;

/** Paths by the name of the library, in the order in which they are tried. Empty for a damaged file. */
export function readCache(file: Buffer): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  const base = file.indexOf(MAGIC);
  if (base < 0 || base + HEADER > file.length) return paths;
  // Byte 28 says the order of bytes in newer ones: 3 is big-endian.
  const isBig = file.readUInt8(base + 28) === 3;
  const int = (at: number) => (isBig ? file.readUInt32BE(at) : file.readUInt32LE(at));
  const text = (at: number) => file.toString("utf8", base + at, Math.max(file.indexOf(0, base + at), base + at));
  const count = int(base + 20);
  for (let index = 0; index < count; index++) {
    const at = base + HEADER + index * ENTRY;
    if (at + ENTRY > file.length) return paths;
    // Libraries for newer processors alone.
    if (int(at + 16) !== 0 || int(at + 20) !== 0) continue;
    const name = text(int(at + 4));
    paths.set(name, [...(paths.get(name) ?? []), text(int(at + 8))]);
  }
  return paths;
}
