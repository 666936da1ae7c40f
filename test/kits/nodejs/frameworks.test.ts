import assert from "node:assert/strict";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { built, service, services } from "./kit";
import { sink, type Sink, type Span } from "./sink";

/** The same services with the major versions before. */
const older = join(services, "older");
const scripts = readdirSync(services).filter((file) => /\.[cm]js$/.test(file));

/** `kind name` of each span, indented beneath its parent. */
function tree(spans: readonly Span[], parent = "", depth = 0): string[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent)
    .flatMap((span) => [`${"  ".repeat(depth)}${span.kind} ${span.name}`, ...tree(spans, span.spanId, depth + 1)]);
}

describe("a Node.js service with the kit", () => {
  let otlp: Sink;
  before(async () => {
    await built();
    for (const script of scripts) cpSync(join(services, script), join(older, script));
  });
  after(() => scripts.forEach((script) => rmSync(join(older, script), { force: true })));
  beforeEach(async () => (otlp = await sink()));
  afterEach(() => otlp.close());

  const env = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });

  const web = [
    ...["express", "fastify", "koa"].flatMap((name) => [
      `${name}.cjs`,
      `${name}.mjs`,
      `older/${name}.cjs`,
      `older/${name}.mjs`,
    ]),
  ];
  for (const script of web) {
    it(`${script}: one span for each request and call, by its route, and none beside them`, async () => {
      const { said, process, lines, errors } = await service(script, env());
      const response = await fetch(`http://127.0.0.1:${String(said["port"])}/orders/17?card=4111`);
      assert.equal(await response.text(), "ok");
      const spans = await otlp.received(3);
      process.kill("SIGTERM");
      const { signal } = await process;
      assert.equal(signal, "SIGTERM", errors());
      assert.deepEqual(tree(spans), ["SERVER GET /orders/:id", "  CLIENT GET", "    SERVER GET /leaf"]);
      const [server] = spans.filter(({ name }) => name === "GET /orders/:id");
      assert.equal(server!.attributes["http.route"], "/orders/:id");
      assert.equal(server!.attributes["url.query"], "card=REDACTED");
      assert.equal(server!.attributes["http.response.status_code"], 200);
      const [client] = spans.filter(({ kind }) => kind === "CLIENT");
      assert.match(String(client!.attributes["url.full"]), /\/leaf\?token=REDACTED$/);
      const line = JSON.parse(lines().find((text) => text.includes("asked for an order")) ?? "{}") as Record<
        string,
        string
      >;
      assert.deepEqual([line["trace_id"], line["span_id"]], [server!.traceId, server!.spanId]);
    });
  }

  for (const script of ["http.cjs", "http.mjs"]) {
    it(`${script}: requests of probes make no spans`, async () => {
      const { said, process } = await service(script, env());
      await fetch(`http://127.0.0.1:${String(said["port"])}/healthz`);
      await fetch(`http://127.0.0.1:${String(said["port"])}/orders/17`);
      const spans = await otlp.received(3);
      process.kill("SIGTERM");
      await process;
      assert.deepEqual(tree(spans), ["SERVER GET", "  CLIENT GET", "    SERVER GET"]);
    });
  }

  for (const script of ["grpc.cjs", "grpc.mjs"]) {
    it(`${script}: a call and who answers it are one trace`, async () => {
      const { process } = await service(script, env());
      const { exitCode } = await process;
      assert.equal(exitCode, 0);
      assert.deepEqual(tree(otlp.spans), ["CLIENT grpc.shop.Orders/Ask", "  SERVER grpc.shop.Orders/Ask"]);
    });
  }

  it("says in one line what it sends, and who it is", async () => {
    const { said, process, errors } = await service("express.cjs", env());
    await fetch(`http://127.0.0.1:${String(said["port"])}/leaf`);
    const [span] = await otlp.received(1);
    process.kill("SIGTERM");
    await process;
    assert.equal(
      errors(),
      `sightline: services sends traces to ${otlp.url}; keeps 100 %; instruments http, fetch, @grpc/grpc-js, express, fastify, ioredis, koa, pg, pino\n`,
    );
    const { resource } = span!;
    assert.deepEqual([resource["service.name"], resource["service.version"]], ["services", "1.4.0"]);
    assert.deepEqual(
      Object.keys(resource).filter((key) => /command|owner/.test(key)),
      [],
    );
  });

  it("counts requests, and measures the process", async () => {
    const { said, process } = await service("express.cjs", { ...env(), OTEL_METRICS_EXPORTER: "otlp" });
    await fetch(`http://127.0.0.1:${String(said["port"])}/healthz`);
    process.kill("SIGTERM");
    await process;
    assert.ok(otlp.metrics.includes("http.server.request.duration"), String(otlp.metrics));
    assert.ok(otlp.metrics.includes("nodejs.eventloop.utilization"), String(otlp.metrics));
  });
});
