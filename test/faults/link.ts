import { createServer as createHttp2 } from "node:http2";
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/**
 * What a link does to those who use it: `carries` all of it; `refuses` connections and breaks those it has, as a machine
 * that is gone; `swallows` what is sent without a word, as a network that is parted; is `slow`, each piece a second late; or
 * answers what it is asked by HTTP or gRPC itself: 503, "not now", or 429, "too much".
 */
export type LinkState = "carries" | "refuses" | "swallows" | "slow" | 503 | 429;

/** The way from one process to the next, on loopback. */
export interface Link {
  readonly port: number;
  /** Where it leads: `host:port`. */
  to(address: string): void;
  becomes(state: LinkState): void;
  close(): Promise<void>;
}

/** How late a piece is on a slow link, in milliseconds. */
const late = 1_000;

/** @param at - @default - any free port of 127.0.0.1 */
export async function openLink(at: { readonly host?: string; readonly port?: number } = {}): Promise<Link> {
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
  const grpc = createHttp2();
  grpc.on("stream", (stream) => {
    // Whoever asks may still be sending when the answer is there, or be gone: an error of the connection, not of the test.
    stream.on("error", () => stream.destroy());
    if (typeof state === "number" && !stream.destroyed) stream.respond({ ":status": state }, { endStream: true });
    else stream.close();
  });
  grpc.on("sessionError", () => undefined);
  const answer = (near: Socket, status: number): void => {
    open.add(near);
    near.on("error", () => near.destroy());
    near.on("close", () => open.delete(near));
    near.once("readable", () => {
      const first: Buffer | null = near.read() as Buffer | null;
      if (first === null) return;
      near.unshift(first);
      // As every connection of HTTP/2 begins. Source: RFC 9113, 3.4.
      if (first.subarray(0, 3).toString() === "PRI") return void grpc.emit("connection", near);
      near.resume().end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    });
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
  await new Promise<void>((listening) => server.listen(at.port ?? 0, at.host ?? "127.0.0.1", listening));

  return {
    port: (server.address() as AddressInfo).port,
    to: (address) => void (target = address),
    becomes(next) {
      // What was swallowed is gone: a connection that lost a piece cannot go on.
      const answers = typeof next === "number" || typeof state === "number";
      if (next === "refuses" || answers || state === "swallows") breakAll();
      state = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        breakAll();
      }),
  };
}
