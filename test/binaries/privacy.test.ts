import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { bodyOf } from "../support/otlp-sink";
import { temporaryFolder } from "./folder";
import { limitedCollector, type LimitedCollector } from "./limited-collector";
import { obtain } from "./obtain";

/** What no store should keep, each by a word of its own that nothing else has in it. */
const bait = {
  bearer: "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJiYWl0In0.c2lnbmF0dXJlLWJhaXQ",
  cookie: "session=bait-cookie-7f3a",
  apiKey: "bait-api-key-91c2",
  query: "bait-query-55d1",
  sql: "bait-literal-8e40",
  cache: "bait-cached-3b7c",
  email: "bait.person@example.com",
  card: "4111 1111 1111 1111",
  iban: "DE89 3704 0044 0532 0130 00",
} as const;
/** What has to stay as it is. */
const kept = {
  traceId: "5b8efff798038103d269b633813fc60c",
  spanId: "eee19b7ec3c1b174",
  uuid: "8d3c1f60-41d2-4a7e-9b1c-2f5e6a7b8c9d",
  route: "/orders/{id}",
  hash: "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  version: "4.18.2",
} as const;

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const now = `${Date.now()}000000`;
const resource = {
  attributes: [
    text("service.name", "baited"),
    text("host.contact", bait.email),
    text("service.instance.id", kept.uuid),
  ],
};

const requests = {
  traces: {
    resourceSpans: [
      {
        resource,
        scopeSpans: [
          {
            spans: [
              {
                traceId: kept.traceId,
                spanId: kept.spanId,
                name: `GET /pay?card=${bait.query}`,
                kind: 2,
                startTimeUnixNano: now,
                endTimeUnixNano: now,
                status: { code: 2, message: `declined ${bait.card} for ${bait.email}` },
                attributes: [
                  text("http.request.header.authorization", bait.bearer),
                  text("http.request.header.cookie", bait.cookie),
                  text("http.request.header.x-api-key", bait.apiKey),
                  text("url.full", `https://shop.example.com/pay?token=${bait.query}`),
                  text("db.query.text", `SELECT * FROM users WHERE name = '${bait.sql}'`),
                  text("app.note", `paid from ${bait.iban}`),
                  text("http.route", kept.route),
                  text("app.hash", kept.hash),
                ],
                events: [{ timeUnixNano: now, name: "exception", attributes: [text("exception.message", bait.email)] }],
              },
              {
                traceId: kept.traceId,
                spanId: "aaaaaaaaaaaaaaa1",
                name: "SET",
                kind: 3,
                startTimeUnixNano: now,
                endTimeUnixNano: now,
                attributes: [text("db.system.name", "redis"), text("db.query.text", `SET user:1 ${bait.cache}`)],
              },
            ],
          },
        ],
      },
    ],
  },
  metrics: {
    resourceMetrics: [
      {
        resource,
        scopeMetrics: [
          {
            metrics: [
              {
                name: "baited.payments",
                gauge: { dataPoints: [{ timeUnixNano: now, asInt: "1", attributes: [text("customer", bait.email)] }] },
              },
            ],
          },
        ],
      },
    ],
  },
  logs: {
    resourceLogs: [
      {
        resource,
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: now,
                traceId: kept.traceId,
                spanId: kept.spanId,
                body: {
                  stringValue: `authorization: ${bait.bearer} card ${bait.card} trace_id=${kept.traceId} v${kept.version}`,
                },
                attributes: [text("user.mail", bait.email)],
              },
              {
                timeUnixNano: now,
                body: { kvlistValue: { values: [text("mail", bait.email), text("order", kept.uuid)] } },
              },
            ],
          },
        ],
      },
    ],
  },
};

describe("what no store should keep", () => {
  const folder = temporaryFolder();
  /** All that the stores were sent, as text: names and texts stand in OTLP as they are. */
  let stored = "";
  let collector: LimitedCollector;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      stored += body.toString("latin1");
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  });

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    collector = await limitedCollector(
      binary,
      folder,
      { jaeger: port, prometheus: port },
      { privacy: { rules: { cards: true, ibans: true } } },
    );
    for (const [signal, request] of Object.entries(requests)) {
      const headers = { "content-type": "application/json" };
      const { status } = await fetch(`${collector.url}/v1/${signal}`, {
        method: "POST",
        headers,
        body: JSON.stringify(request),
      });
      assert.equal(status, 200, signal);
    }
    // The span's route, the point's name, the last line, and what was counted.
    const last = [
      "/orders/{id}",
      "baited.payments",
      kept.version,
      "sightline.logs.redacted",
      "sightline.spans.redacted",
    ];
    for (const deadline = Date.now() + 60_000; !last.every((one) => stored.includes(one)); await wait(200)) {
      assert.ok(Date.now() < deadline, `did not arrive: ${last.filter((one) => !stored.includes(one)).join(", ")}`);
    }
  });
  after(async () => {
    await collector.stop();
    server.close();
    server.closeAllConnections();
  });

  for (const [name, value] of Object.entries(bait)) {
    it(`is not stored: ${name}`, () => {
      const at = stored.indexOf(value);
      assert.equal(at, -1, stored.slice(Math.max(0, at - 60), at + 60));
    });
  }

  for (const [name, value] of Object.entries(kept)) {
    it(`leaves what is none of it: ${name}`, () => {
      const isThere = stored.includes(value) || stored.includes(Buffer.from(value, "hex").toString("latin1"));
      assert.ok(isThere, value);
    });
  }
});
