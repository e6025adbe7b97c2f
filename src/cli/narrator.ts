import { addTo, type FileReport, noTotals, type Reporter, type Said, type Totals } from "../report/index.ts";
import { encodeText } from "../text/index.ts";
import type { Io } from "./io.ts";
import type { Progress } from "./progress.ts";
import { bugReport } from "./run.ts";

/** Tells what happens while it happens, and remembers what the exit code needs. */
export class Narrator {
  totals: Totals = noTotals;
  failed = false;
  readonly #reporter: Reporter;
  readonly #progress: Progress;
  readonly #io: Io;

  constructor(reporter: Reporter, progress: Progress, io: Io) {
    this.#reporter = reporter;
    this.#progress = progress;
    this.#io = io;
  }

  begin(): void {
    this.#say(this.#reporter.begin());
  }

  progress(done: number, path: string): void {
    this.#progress.show(done, path);
  }

  /** `out` stands in for what the reporter would put on standard output. */
  tell(report: FileReport, out?: string): void {
    const said = this.#reporter.file(report);
    this.#say(out === undefined ? said : { ...said, out });
    this.totals = addTo(this.totals, report);
    this.failed ||= report.problems.some(({ code }) => code === "syntax" || code === "unreadable");
  }

  /** An error that no user can have caused. */
  confess(error: unknown, path: string): void {
    this.#say({ err: bugReport(error, path) });
    this.failed = true;
  }

  end(): void {
    this.#say(this.#reporter.end(this.totals));
  }

  #say({ out, err }: Said): void {
    this.#progress.clear();
    if (out) this.#io.stdout.write(encodeText(out));
    if (err) this.#io.stderr.write(encodeText(err));
  }
}
