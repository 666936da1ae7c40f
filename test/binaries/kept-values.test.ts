import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { otlp, otlpHttp } from "../../components/collector/parts";
import { otelCollector } from "../../components/collector/workload";
import { external } from "../../components/core/platform";
import type { WantedValue } from "../../components/sampling/attribute-policy";
import { tailSampler } from "../../components/sampling/tail";
import { start, type Measured } from "../bench/process";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { fill, temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { obtain } from "./obtain";

/** A value as OTLP in JSON carries it. */
type Sent = Readonly<Record<string, unknown>>;

/** What senders may give one attribute, by a name for it. */
const sent: Readonly<Record<string, Sent>> = {
  "int 0": { intValue: "0" },
  "int 500": { intValue: "500" },
  "int 503": { intValue: "503" },
  "int 599": { intValue: "599" },
  "int 600": { intValue: "600" },
  "int -5": { intValue: "-5" },
  "int 9007199254740993": { intValue: "9007199254740993" },
  "double 500": { doubleValue: 500 },
  "double 500.5": { doubleValue: 500.5 },
  "double -0.25": { doubleValue: -0.25 },
  "bool true": { boolValue: true },
  "bool false": { boolValue: false },
  'string "500"': { stringValue: "500" },
  'string "0500"': { stringValue: "0500" },
  'string "true"': { stringValue: "true" },
  'string "gold"': { stringValue: "gold" },
  'string "say \\"$HOME\\""': { stringValue: 'say "$HOME"' },
  'string ""': { stringValue: "" },
  "array [500]": { arrayValue: { values: [{ intValue: "500" }] } },
  'array ["gold"]': { arrayValue: { values: [{ stringValue: "gold" }] } },
};

/** What is asked for, and which of these are then kept. The attribute is named after the first. */
const cases: Readonly<Record<string, readonly [wanted: readonly WantedValue[], kept: readonly string[]]>> = {
  "http.response.status_code": [
    [500, 503],
    ["int 500", "int 503", "double 500"],
  ],
  zero: [[0], ["int 0"]],
  negative: [
    [-5, -0.25],
    ["int -5", "double -0.25"],
  ],
  fraction: [[500.5], ["double 500.5"]],
  range: [[{ min: 500, max: 599 }], ["int 500", "int 503", "int 599", "double 500", "double 500.5"]],
  from: [[{ min: 599 }], ["int 599", "int 600", "int 9007199254740993"]],
  upTo: [[{ max: -0.25 }], ["int -5", "double -0.25"]],
  yes: [[true], ["bool true"]],
  no: [[false], ["bool false"]],
  text: [["gold"], ['string "gold"']],
  quoted: [['say "$HOME"', 7], ['string "say \\"$HOME\\""']],
  numeral: [["500"], ["int 500", "double 500", 'string "500"']],
  padded: [["0500", 1], ['string "0500"']],
  large: [["9007199254740993"], ["int 9007199254740993"]],
  boolean: [["true"], ["bool true", 'string "true"']],
  mixed: [
    ["gold", 503, false],
    ["int 503", "bool false", 'string "gold"'],
  ],
  'odd "$key"': [[500], ["int 500", "double 500"]],
};

const names = (place: string, kept: (key: string) => readonly string[]): string[] =>
  Object.keys(cases).flatMap((key) => kept(key).map((value) => `${place} ${key}: ${value}`));

describe("tail sampling by values of attributes, in a real Collector", () => {
  const folder = temporaryFolder();
  let sink: Sink;
  let collector: Measured;
  let url: string;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    sink = await otlpSink();
    const attributes = Object.fromEntries(Object.entries(cases).map(([key, [wanted]]) => [key, wanted]));
    const { files = {} } = otelCollector("values", {
      pipelines: {
        traces: {
          receivers: [otlp()],
          processors: [tailSampler({ keep: { attributes }, decisionWait: "1s" })],
          exporters: [otlpHttp({ name: "sink", to: external(new URL(sink.url).host), tls: false })],
        },
      },
    });
    const [file] = Object.values(files);
    const ports = await freePorts(new Set([4317, 4318, 8888, 13133]));
    const text = (file as { content: string }).content
      .replaceAll(/0\.0\.0\.0:(\d+)/g, (_, port: string) => `127.0.0.1:${ports.get(Number(port))}`)
      .replace(/host: 0\.0\.0\.0(\s+)port: 8888/, `host: 127.0.0.1$1port: ${ports.get(8888)}`);
    fill(folder, { "config.yaml": text });
    const config = `--config=${join(folder, "config.yaml")}`;
    collector = await start(binary, [config], `http://127.0.0.1:${ports.get(13133)}/`, join(folder, "log"));
    url = `http://127.0.0.1:${ports.get(4318)}/v1/traces`;
  });
  after(async () => {
    await collector?.stop();
    await sink?.close();
  });
  beforeEach(() => sink.spans.splice(0));

  for (const place of ["span", "resource"] as const) {
    it(`keeps exactly what has a wanted value of the same type, on the ${place}`, async () => {
      const now = `${Date.now()}000000`;
      const resourceSpans = names(place, () => Object.keys(sent)).map((name) => {
        const [, key, value] = /^\w+ (.*?): (.*)$/.exec(name)!;
        const attributes = [{ key: key!, value: sent[value!]! }];
        const [traceId, spanId] = [16, 8].map((bytes) => randomBytes(bytes).toString("hex"));
        const span = { traceId, spanId, name, kind: 1, startTimeUnixNano: now, endTimeUnixNano: now };
        return place === "span"
          ? { resource: {}, scopeSpans: [{ spans: [{ ...span, attributes }] }] }
          : { resource: { attributes }, scopeSpans: [{ spans: [span] }] };
      });
      const body = JSON.stringify({ resourceSpans });
      const { status } = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
      assert.equal(status, 200);
      const expected = names(place, (key) => cases[key]![1]);
      for (const deadline = Date.now() + 30_000; sink.spans.length < expected.length; await wait(200)) {
        if (Date.now() > deadline) break;
      }
      // All are decided in the same second; what should not be kept would have come by now.
      await wait(2_000);
      assert.deepEqual(sink.spans.map(({ name }) => name).sort(), expected.sort());
    });
  }
});
