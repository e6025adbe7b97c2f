/** Ctrl-C and its like while an engine works for refit. */
import type { Session } from "../engine/types.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Interruptible {
  /** To be awaited where work ended early: never resolves once a signal came, since nothing is left to be said. */
  goOn(): Promise<void>;
  /** A signal again means what it means to any program. */
  release(): void;
}

/**
 * A signal that asks this process to end closes the session first; then the process dies by that signal, as its parent expects. A second
 * one does not wait; what is left is the next run's to remove.
 */
export function closeOnSignal(session: Session): Interruptible {
  let interrupted = false;
  const onSignal = (signal: NodeJS.Signals) => {
    interrupted = true;
    release();
    void session.close().finally(() => process.kill(process.pid, signal));
  };
  const release = () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return { goOn: () => (interrupted ? new Promise(() => {}) : Promise.resolve()), release };
}
