import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/**
 * What a link does to those who use it: `carries` all of it; `refuses` connections and breaks those it has, as a machine
 * that is gone; `swallows` what is sent without a word, as a network that is parted; is `slow`, each piece a second late; or
 * answers what it is asked by HTTP itself: 503, "not now", or 429, "too much".
 */
export type LinkState = "carries" | "refuses" | "swallows" | "slow" | 503 | 429;

/** The way from one process to the next, on 127.0.0.1. */
export interface Link {
  readonly port: number;
  /** Where it leads: `host:port`. */
  to(address: string): void;
  becomes(state: LinkState): void;
  close(): Promise<void>;
}

/** How late a piece is on a slow link, in milliseconds. */
const late = 1_000;

export async function openLink(): Promise<Link> {
  let target = "127.0.0.1:9";
  let state: LinkState = "carries";
  const open = new Set<Socket>();

  const carry = (from: Socket, to: Socket): void => {
    // One after the other: a slow link delays, and never changes the order.
    let before: Promise<unknown> = Promise.resolve();
    from.on("data", (piece) => {
      const came = state;
      if (came === "swallows") return;
      const due = came === "slow" ? wait(late) : undefined;
      before = before.then(() => due).then(() => to.writable && to.write(piece));
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      open.delete(from);
      // Behind what is still on its way.
      void before.then(() => to.destroy());
    });
    open.add(from);
  };
  const answer = (near: Socket, status: number): void => {
    near.on("error", () => near.destroy());
    near.once("data", () => near.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`));
  };
  const breakAll = (): void => open.forEach((socket) => socket.destroy());

  const server = createServer((near) => {
    if (state === "refuses") return void near.destroy();
    if (typeof state === "number") return answer(near, state);
    const [host, port] = target.split(":");
    const far = createConnection(Number(port), host);
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

  return {
    port: (server.address() as AddressInfo).port,
    to: (address) => void (target = address),
    becomes(next) {
      // What was swallowed is gone: a connection that lost a piece cannot go on.
      if (next === "refuses" || typeof next === "number" || state === "swallows") breakAll();
      state = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        breakAll();
      }),
  };
}
