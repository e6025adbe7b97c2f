import { isError, type PlacedProblem, type Reporter, type Said } from "../report/index.ts";
import { encodeText } from "../text/index.ts";
import type { Io } from "./io.ts";
import type { Progress } from "./progress.ts";
import { bugReport } from "./run.ts";

/** How reports are summed up. */
export interface Tally<Report, Totals> {
  readonly none: Totals;
  add(totals: Totals, report: Report): Totals;
}

/** Tells what happens while it happens, and remembers what the exit code needs. */
export class Narrator<Report extends { readonly problems: readonly PlacedProblem[] }, Totals> {
  totals: Totals;
  failed = false;
  readonly #reporter: Reporter<Report, Totals>;
  readonly #tally: Tally<Report, Totals>;
  readonly #progress: Pick<Progress, "clear">;
  readonly #io: Io;

  constructor(
    reporter: Reporter<Report, Totals>,
    tally: Tally<Report, Totals>,
    progress: Pick<Progress, "clear">,
    io: Io,
  ) {
    this.#reporter = reporter;
    this.#tally = tally;
    this.totals = tally.none;
    this.#progress = progress;
    this.#io = io;
  }

  begin(): void {
    this.#say(this.#reporter.begin());
  }

  /** `out` stands in for what the reporter would put on standard output. */
  tell(report: Report, out?: string): void {
    const said = this.#reporter.file(report);
    this.#say(out === undefined ? said : { ...said, out });
    this.totals = this.#tally.add(this.totals, report);
    this.failed ||= report.problems.some(isError);
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
