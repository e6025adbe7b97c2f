/** A file that is read in pieces. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Headers of a tar lie close together: so many bytes are read at once. */
const WINDOW = 128 * 1024;

export class OpenFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly #descriptor: number;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, "r");
    this.size = fstatSync(this.#descriptor).size;
  }

  /** `length` bytes from `offset` on, or those up to the end of the file. */
  read(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.#descriptor, bytes, filled, length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  }

  /** As `read`, for small pieces one after another. */
  peek(offset: number, length: number): Buffer {
    const isInside = offset >= this.#windowStart && offset + length <= this.#windowStart + this.#window.length;
    if (!isInside) {
      this.#window = this.read(offset, Math.max(WINDOW, length));
      this.#windowStart = offset;
    }
    const start = offset - this.#windowStart;
    return this.#window.subarray(start, start + length);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
