import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands before a store that asks nobody who they are, and lets in those who know a user's password. */
export interface Gate {
  readonly url: string;
  /** From now on another password is the right one. */
  change(password: string): void;
  close(): Promise<void>;
}

/** Opens a gate on a free port of 127.0.0.1 to a store's port there. */
export async function openGate(port: number, user: string, password: string): Promise<Gate> {
  let right = basic(user, password);
  const server = createServer((incoming, answer) => {
    const { headers, method, url: path } = incoming;
    if (headers.authorization !== right) {
      incoming.resume();
      answer.writeHead(401, { "www-authenticate": 'Basic realm="store"', "content-type": "application/json" });
      return answer.end('{"status":401,"error":"who are you?"}');
    }
    const passed = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    return incoming.pipe(passed);
  });
  // A connection that is closed for idleness may be just what the next question goes to.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    change: (password) => (right = basic(user, password)),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
