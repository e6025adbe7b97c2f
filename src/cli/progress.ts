import { basename } from "node:path";
import type { Io } from "./io.ts";

/** One line on a terminal that is overwritten and leaves nothing behind. */
export interface Progress {
  show(done: number, path: string): void;
  clear(): void;
}

const fewFiles = 8;
/** A terminal that scrolls is slower than refit: at most this many updates a second. */
const perSecond = 10;

export function progressOf(io: Io, total: number, quiet: boolean): Progress {
  if (!io.stderr.isTTY || quiet || total <= fewFiles) return { show() {}, clear() {} };
  let visible = false;
  let last = 0;
  return {
    show(done, path) {
      const now = Date.now();
      if (now - last < 1000 / perSecond) return;
      last = now;
      visible = true;
      io.stderr.write(`\r\x1b[K${done}/${total} ${basename(path).slice(0, 60)}`);
    },
    clear() {
      if (visible) io.stderr.write("\r\x1b[K");
      visible = false;
    },
  };
}
