import type { Readable } from "node:stream";

/** What `-` stands for. */
export const stdinPath = "/dev/stdin";

/** More than any Dockerfile; the reader of the bytes says so. */
const enough = 8 * 1024 * 1024;

/** All bytes of a stream, or the first too many. */
export async function readAll(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    length += chunks.at(-1)!.length;
    if (length > enough) break;
  }
  return Buffer.concat(chunks);
}
