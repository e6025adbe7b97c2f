import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A server on a free port of this machine. */
export interface Listening {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly server: Server;
  readonly close: () => void;
}

export async function listen(listener: RequestListener): Promise<Listening> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A server for one test; returns its host. */
export async function serve(listener: RequestListener): Promise<string> {
  const { host, close } = await listen(listener);
  onTestFinished(close);
  return host;
}
