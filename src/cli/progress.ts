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

/** What is being done now, where one file takes minutes. */
export interface StepProgress {
  show(what: string): void;
  clear(): void;
}

/** On a terminal one line that is overwritten; elsewhere, when asked for more, a line each. */
export function stepProgress(
  io: Io,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
): StepProgress {
  if (!io.stderr.isTTY) {
    return { show: (what) => verbose && io.stderr.write(`${oneLine(what)}\n`), clear() {} };
  }
  let visible = false;
  return {
    show(what) {
      if (quiet) return;
      visible = true;
      io.stderr.write(`\r\x1b[K${oneLine(what).slice(0, terminalWidth - 1)}`);
    },
    clear() {
      if (visible) io.stderr.write("\r\x1b[K");
      visible = false;
    },
  };
}

/** A longer line would not be overwritten whole. */
const terminalWidth = 80;

/** A step of a build may hold anything, control characters too. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ").trim();
}
