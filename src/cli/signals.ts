const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Until the returned function is called, Ctrl-C and its like wait for `windUp`, once however often they come, and then end the process
 * as they would have.
 */
export function windUpOnSignals(windUp: () => Promise<void>): () => void {
  let ending = false;
  const listen = (signal: NodeJS.Signals) => {
    if (ending) return;
    ending = true;
    void windUp().finally(() => {
      ignore();
      process.kill(process.pid, signal);
    });
  };
  const ignore = () => {
    for (const signal of signals) process.off(signal, listen);
  };
  for (const signal of signals) process.on(signal, listen);
  return ignore;
}
