import { once } from "node:events";
import { request, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { connect as connectHttp2, type ClientHttp2Session } from "node:http2";
import { connect, type Socket } from "node:net";

/** What a sender was told: a status of HTTP or gRPC with its text, or that the connection ended. */
export interface Told {
  readonly status: number | "ended";
  readonly text: string;
}

export interface Post {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer;
}

const ended: Told = { status: "ended", text: "" };

/** One request of HTTP/1.1 from an address of this machine. */
export const post = (url: string, from: string, { method = "POST", path = "/v1/traces", headers, body }: Post) =>
  new Promise<Told>((resolve) => {
    const sent = request(`${url}${path}`, {
      method,
      localAddress: from,
      agent: false,
      headers: { "content-type": "application/x-protobuf", ...headers },
    });
    sent.on("response", (response) => void told(response).then(resolve));
    // What is refused before all of it has come is answered, and what follows is not read.
    sent.on("error", () => resolve(ended));
    sent.end(body);
  });

async function told(response: IncomingMessage): Promise<Told> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch {
    // Cut short: what has come says why.
  }
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("latin1") };
}

const services = {
  traces: "opentelemetry.proto.collector.trace.v1.TraceService",
  metrics: "opentelemetry.proto.collector.metrics.v1.MetricsService",
  logs: "opentelemetry.proto.collector.logs.v1.LogsService",
} as const;
export type SignalName = keyof typeof services;

/** Five bytes and a message, as gRPC has it. */
export function framed(message: Buffer, { compressed = false, length = message.length } = {}): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(compressed ? 1 : 0);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
}

export const http2 = async (address: string, from: string): Promise<ClientHttp2Session> => {
  const [host, port] = address.split(":") as [string, string];
  const socket = connect({ host, port: Number(port), localAddress: from });
  await once(socket, "connect");
  const session = connectHttp2(`http://${address}`, { createConnection: () => socket });
  session.on("error", () => undefined);
  return session;
};

/** One call of gRPC. */
export const call = (session: ClientHttp2Session, signal: SignalName | string, body: Buffer, headers = {}) =>
  new Promise<Told>((resolve) => {
    const path = signal in services ? `/${services[signal as SignalName]}/Export` : signal;
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
      ...headers,
    });
    let answer: Told = ended;
    const note = (fields: Record<string, unknown>) => {
      if (fields["grpc-status"] === undefined) return;
      answer = {
        status: Number(fields["grpc-status"]),
        text: decodeURIComponent(String(fields["grpc-message"] ?? "")),
      };
    };
    stream.on("response", note);
    stream.on("trailers", note);
    stream.on("error", () => undefined);
    stream.on("close", () => resolve(answer));
    stream.resume();
    stream.end(body);
  });

/** Opens connections that begin a request, and say no more. */
export async function halfSent(url: string, from: string, count: number): Promise<Socket[]> {
  const { hostname, port } = new URL(url);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ host: hostname, port: Number(port), localAddress: from });
      socket.on("error", () => undefined);
      await Promise.race([once(socket, "connect"), once(socket, "close")]);
      socket.write(
        "POST /v1/traces HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1000\r\n\r\nabc",
      );
      return socket;
    }),
  );
}
