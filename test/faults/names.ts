import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** A server of names on loopback, which knows one name and whoever it stands for. */
export interface Names {
  /** Its address; it listens on port 53, as a resolver asks it. */
  readonly address: string;
  /** From now on these are all addresses of the name. */
  list(addresses: readonly string[]): void;
  /** Whether it answers. What it is asked while it does not, it never answers. */
  answers(whether: boolean): void;
  close(): Promise<void>;
}

const [ipv4, internet] = [1, 1];
/** Seconds for which an answer may be kept: none. */
const ttl = 0;

/** @throws Error where port 53 is not given to this user */
export async function startNames(addresses: readonly string[]): Promise<Names> {
  let [listed, answering] = [addresses, true];
  const [socket, address] = await anywhere();
  socket.on("message", (asked, { port, address: by }) => {
    if (answering) socket.send(answerTo(asked, listed), port, by);
  });
  return {
    address,
    list: (others) => void (listed = others),
    answers: (whether) => void (answering = whether),
    close: () => new Promise((closed) => socket.close(() => closed())),
  };
}

/** Several suites may run on one machine: each has an address of its own. */
async function anywhere(): Promise<[Socket, string]> {
  const part = () => 1 + Math.floor(Math.random() * 254);
  const address = `127.53.${part()}.${part()}`;
  const socket = createSocket("udp4").bind(53, address);
  await once(socket, "listening");
  return [socket, address];
}

/** Every name stands for the same addresses; other questions have no answer. Source: RFC 1035, 4.1. */
function answerTo(asked: Buffer, addresses: readonly string[]): Buffer {
  let end = 12;
  while (asked[end] !== 0) end += asked[end]! + 1;
  const question = asked.subarray(12, end + 5);
  const found = asked.readUInt16BE(end + 1) === ipv4 ? addresses : [];
  const head = Buffer.alloc(12);
  asked.copy(head, 0, 0, 2);
  [0x8580, 1, found.length, 0, 0].forEach((number, n) => head.writeUInt16BE(number, 2 + 2 * n));
  const records = found.map((address) => {
    const record = Buffer.alloc(16);
    // A name as at byte 12, and four bytes of address.
    [0xc00c, ipv4, internet, 0, ttl, 4].forEach((number, n) => record.writeUInt16BE(number, 2 * n));
    address.split(".").forEach((byte, n) => record.writeUInt8(Number(byte), 12 + n));
    return record;
  });
  return Buffer.concat([head, question, ...records]);
}
