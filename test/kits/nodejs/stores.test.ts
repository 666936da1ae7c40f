import assert from "node:assert/strict";
import { built, service } from "./kit";
import { postgres, postgresPrograms, redis, type Server } from "./servers";
import { sink } from "./sink";

const call = (name: string, attributes: object) => ({ name, kind: "CLIENT", attributes });
const sql = (operation: string, text: string) =>
  call(`pg.query:${operation} postgres`, {
    "db.system.name": "postgresql",
    "db.namespace": "postgres",
    "db.query.text": text,
  });
const command = (name: string, operation: string, text: string) =>
  call(name, { "db.system.name": "redis", "db.operation.name": operation, "db.query.text": text });

/** Calls by the request that they belong to. No value is among them: parameters and literals are taken out. */
const expected = {
  "/pg": [
    sql("CREATE", "CREATE TABLE IF NOT EXISTS orders (id int, card text)"),
    sql("INSERT", "INSERT INTO orders VALUES ($1, $2)"),
    sql("SELECT", "SELECT id FROM orders WHERE card = ? LIMIT ?"),
  ],
  "/pg-error": [sql("SELECT", "SELECT nothing FROM nowhere")],
  "/redis": [command("redis-SET", "SET", "SET card [? other arguments]"), command("redis-GET", "GET", "GET card")],
  "/ioredis": [command("set", "set", "set card [? other arguments]"), command("get", "get", "get card")],
};

describe("a Node.js service that asks a database and a cache", function () {
  const servers: Server[] = [];
  before(async function () {
    const programs = postgresPrograms();
    if (programs === undefined) {
      console.log("      no PostgreSQL is installed here: apt-get install postgresql");
      return this.skip();
    }
    await built();
    servers.push(await postgres(programs), await redis());
  });
  after(async () => {
    for (const { close } of servers) await close();
  });

  for (const script of ["stores.cjs", "stores.mjs"]) {
    it(`${script}: a span for each call within a request, and none outside`, async () => {
      const otlp = await sink();
      const [{ url: POSTGRES }, { url: REDIS }] = servers as [Server, Server];
      const { said, process } = await service(script, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url, POSTGRES, REDIS });
      const answers: Record<string, string> = {};
      for (const path of ["/pg", "/pg-error", "/redis", "/ioredis"]) {
        answers[path] = await (await fetch(`http://127.0.0.1:${String(said["port"])}${path}`)).text();
      }
      process.kill("SIGTERM");
      await process;
      otlp.close();
      assert.deepEqual(answers, { "/pg": "17", "/pg-error": "42P01", "/redis": "4111", "/ioredis": "4111" });
      const roots = otlp.spans.filter(({ kind }) => kind === "SERVER");
      const calls = Object.fromEntries(
        roots.map(({ spanId, attributes }) => [
          attributes["url.path"],
          otlp.spans
            .filter(({ parentSpanId }) => parentSpanId === spanId)
            .map(({ name, kind, attributes }) => {
              const { "server.address": address, "server.port": port, ...rest } = attributes;
              assert.ok([POSTGRES, REDIS].some((url) => url.includes(`${address}:${port}`)));
              return { name, kind, attributes: rest };
            }),
        ]),
      );
      assert.deepEqual(calls, expected);
      // What was asked before the first request has made no span.
      assert.equal(otlp.spans.length, roots.length + Object.values(expected).flat().length);
      assert.deepEqual(
        roots.map(({ parentSpanId }) => parentSpanId),
        ["", "", "", ""],
      );
    });
  }
});
