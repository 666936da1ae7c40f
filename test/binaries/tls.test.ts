import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { otlp, otlpGrpc, otlpHttp } from "../../components/collector/parts";
import { otelCollector } from "../../components/collector/workload";
import { external } from "../../components/core/platform";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { local, type Local } from "../storage/local";
import { temporaryFolder } from "./folder";
import { obtain } from "./obtain";

describe("a Collector that sends with a certificate to one that asks for it", () => {
  const folder = temporaryFolder();
  const pem = (name: string): string => readFileSync(join(folder, `${name}.pem`), "utf8");
  let sink: Sink;
  let receiver: Local;
  let sender: Local;

  /** A certificate signed by an authority, or by itself. */
  async function issue(name: string, authority?: string): Promise<void> {
    const file = (suffix: string) => join(folder, `${name}${suffix}`);
    const by =
      authority === undefined
        ? []
        : ["-CA", join(folder, `${authority}.pem`), "-CAkey", join(folder, `${authority}-key.pem`)];
    const made = [
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      file("-key.pem"),
      "-out",
      file(".pem"),
    ];
    const names =
      authority === undefined ? [] : ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=CA:FALSE"];
    await execa("openssl", ["req", "-x509", ...made, "-days", "2", "-subj", `/CN=${name}`, ...by, ...names]);
  }

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    await issue("ca");
    await issue("stranger");
    await issue("server", "ca");
    await issue("client", "ca");
    sink = await otlpSink();
    const tls = { certificate: pem("server"), key: { secret: pem("server-key") }, clientCa: pem("ca") };
    const receiving = otelCollector("receiver", {
      pipelines: {
        traces: { receivers: [otlp({ tls })], exporters: [otlpHttp({ name: "sink", to: external(sink.url) })] },
      },
    });
    receiver = await local(binary, receiving, join(folder, "receiver"));
    await receiver.start();
    const mine = { ca: pem("ca"), certificate: pem("client"), key: { secret: pem("client-key") } };
    const sending = otelCollector("sender", {
      pipelines: {
        traces: {
          receivers: [otlp()],
          exporters: [
            otlpGrpc({ name: "a", to: external(receiver.address(4317)), tls: mine }),
            otlpHttp({ name: "b", to: external(`https://${receiver.address(4318)}`), tls: mine }),
          ],
        },
      },
    });
    sender = await local(binary, sending, join(folder, "sender"));
    await sender.start();
  });
  after(async () => {
    await sender?.stop();
    await receiver?.stop();
    await sink?.close();
  });

  it("gets through by gRPC and by HTTP", async () => {
    const [traceId, spanId] = [16, 8].map((bytes) => randomBytes(bytes).toString("hex"));
    const span = { traceId, spanId, name: "through", kind: 1, startTimeUnixNano: "1", endTimeUnixNano: "2" };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    const headers = { "content-type": "application/json" };
    const { status } = await fetch(`${sender.url(4318)}/v1/traces`, { method: "POST", headers, body });
    assert.equal(status, 200);
    for (const deadline = Date.now() + 30_000; sink.spans.length < 2 && Date.now() < deadline;) await wait(200);
    assert.deepEqual(
      sink.spans.map((received) => received.spanId),
      [spanId, spanId],
    );
  });

  it("is let in by its certificate alone, and knows the receiver by its authority", async () => {
    const answer = (options: object) =>
      new Promise<number | string>((resolve) => {
        const url = `https://${receiver.address(4318)}/v1/traces`;
        const headers = { "content-type": "application/json" };
        request(url, { method: "POST", headers, ...options }, (response) => resolve(response.statusCode ?? 0))
          .on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
          .end("{}");
      });
    const [ca, cert, key] = ["ca", "client", "client-key"].map(pem);
    assert.equal(await answer({ ca, cert, key }), 200);
    assert.match(String(await answer({ ca })), /CERTIFICATE_REQUIRED|ECONNRESET/);
    const [other, otherKey] = ["stranger", "stranger-key"].map(pem);
    assert.match(String(await answer({ ca, cert: other, key: otherKey })), /UNKNOWN_CA|BAD_CERTIFICATE|ECONNRESET/);
    assert.match(String(await answer({ ca: other, cert, key })), /UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED/);
  });
});
