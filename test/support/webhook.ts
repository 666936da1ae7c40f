import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What Alertmanager posts. Source: its documentation of webhooks. */
export interface Notice {
  readonly receiver: string;
  readonly status: "firing" | "resolved";
  readonly alerts: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly generatorURL: string;
  }[];
}

/** A webhook on 127.0.0.1, whose path says who is told. */
export interface Webhook {
  readonly url: string;
  /** All that was posted, whatever was answered. */
  readonly notices: readonly (Notice & { readonly path: string; readonly authorization: string | undefined })[];
  /** What each path answers from now on. */
  answer(path: string, status: number): void;
  /** Waits for something among what was posted. */
  until(what: (notice: Webhook["notices"][number]) => boolean): Promise<Webhook["notices"][number]>;
  close(): Promise<void>;
}

export async function webhook(): Promise<Webhook> {
  const notices: Webhook["notices"][number][] = [];
  const answers = new Map<string, number>();
  const posted = new EventEmitter();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      const notice = JSON.parse(Buffer.concat(chunks).toString()) as Notice;
      notices.push({ ...notice, path, authorization: request.headers.authorization });
      response.writeHead(answers.get(path) ?? 200).end();
      posted.emit("notice");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notices,
    answer: (path, status) => void answers.set(path, status),
    async until(what) {
      for (;;) {
        const found = notices.find(what);
        if (found !== undefined) return found;
        await once(posted, "notice");
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
