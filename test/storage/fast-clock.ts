import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";

/** A way to an engine on which all that is said of ages is larger: a day passes in seconds. */
export interface FastClock {
  readonly url: string;
  /** Milliseconds that pass while this much time does for whoever asks through it. */
  real(milliseconds: number): number;
  end(): Promise<void>;
}

const day = 86_400_000;

/**
 * Hands every request on as it is, but for two things: when an index was made, which the programs that delete read; and
 * the age from which an index is followed by the next, which they ask for.
 */
export async function fastClock(engine: string, secondsPerDay: number): Promise<FastClock> {
  const speed = day / (secondsPerDay * 1_000);
  const real = (milliseconds: number) => milliseconds / speed;
  const server = createServer((asked, response) => {
    void (async () => {
      const answer = await forward(engine, asked, await bodyOf(asked, real));
      response.writeHead(answer.statusCode ?? 502, headersOf(answer, "content-type"));
      response.end(older(await buffer(answer), speed));
    })().catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  // A connection that is closed for idleness may be just what the next question goes to.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    real,
    end: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const headersOf = ({ headers }: IncomingMessage, ...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));

/** `{"max_age":"540m"}`, as what that is on the clock of the engine. */
async function bodyOf(asked: IncomingMessage, real: FastClock["real"]): Promise<Buffer> {
  const sent = await buffer(asked);
  const body = asked.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
  if (!asked.url?.includes("/_rollover")) return body;
  const own = (_: string, minutes: string) => `"max_age":"${Math.round(real(Number(minutes) * 60_000))}ms"`;
  return Buffer.from(String(body).replace(/"max_age":"(\d+)m"/, own));
}

/** Searches may be GET requests with a body, which no `fetch` sends. */
const forward = (engine: string, asked: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { method, url } = asked;
    const headers = { ...headersOf(asked, "content-type", "accept"), "content-length": body.length };
    request(engine + url, { method: method!, headers }, resolve)
      .on("error", reject)
      .end(body);
  });

function older(body: Buffer, speed: number): Buffer {
  if (!body.includes("index.creation_date")) return body;
  const made = (_: string, time: string) => {
    const now = Date.now();
    return `"index.creation_date":"${Math.round(now - (now - Number(time)) * speed)}"`;
  };
  return Buffer.from(String(body).replaceAll(/"index\.creation_date":"(\d+)"/g, made));
}
