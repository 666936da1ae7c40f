import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { otlp, otlpGrpc, otlpHttp } from "../../components/collector/parts";
import { otelCollector } from "../../components/collector/workload";
import { external } from "../../components/core/platform";
import { collectorQueueSize, collectorSendFailed } from "../../components/prometheus/metrics";
import { valuesOf } from "../faults/settled";
import { until } from "../support/until";
import { local, type Local } from "../storage/local";
import { otlpSink, type Sink } from "../support/otlp-sink";
import { post, spansOf } from "../support/sized";
import { authority, type Authority } from "./certificates";
import { temporaryFolder } from "./folder";
import { obtain } from "./obtain";

/** How long the first certificates are good, in milliseconds: until both Collectors run and one request is through. */
const brief = 15_000;
const day = 86_400_000;
const ends = ["server", "client"] as const;

describe("a certificate that expires between two Collectors", () => {
  const folder = temporaryFolder();
  let issuer: Authority;
  let sink: Sink;
  let receiver: Local;
  let sender: Local;
  let expiry: Date;

  before("what is not built yet is built", async function () {
    this.timeout(0);
    const { "otelcol-contrib": binary } = await obtain("otelcol-contrib");
    issuer = await authority(join(folder, "authority"));
    expiry = new Date(Date.now() + brief);
    for (const end of ends) await issuer.issue(end, expiry);
    sink = await otlpSink();
    const pem = (name: string) => issuer.pem(name);
    const tls = { certificate: pem("server"), key: { secret: pem("server-key") }, clientCa: pem("ca") };
    const receiving = otelCollector("receiver", {
      pipelines: {
        traces: {
          receivers: [otlp({ tls })],
          exporters: [otlpHttp({ name: "sink", to: external(sink.url), queue: "none" })],
        },
      },
    });
    receiver = await local(binary, receiving, join(folder, "receiver"));
    const mine = { ca: pem("ca"), certificate: pem("client"), key: { secret: pem("client-key") } };
    const next = otlpGrpc({
      name: "next",
      to: external(receiver.address(4317)),
      tls: mine,
      queue: { durability: "disk", disk: "64 MiB" },
    });
    const sending = otelCollector("sender", { pipelines: { traces: { receivers: [otlp()], exporters: [next] } } });
    sender = await local(binary, sending, join(folder, "sender"));
    await Promise.all([receiver.start(), sender.start()]);
  });
  after(async () => {
    await sender?.stop();
    await receiver?.stop();
    await sink?.close();
  });

  /** Sends spans, all of which have to be acknowledged; their ids. */
  async function sent(requests: number): Promise<readonly string[]> {
    const all = Array.from({ length: requests }, () => spansOf(50, 100));
    for (const request of all) assert.equal(await post(sender.url(4318), request), 200);
    return all.flatMap(({ ids }) => ids);
  }
  const arrived = () => new Set(sink.spans.map(({ spanId }) => spanId));
  const measured = async (name: string) => {
    const page = await (await fetch(`${sender.url(8888)}/metrics`)).text();
    return valuesOf(page, [name]).reduce((sum, value) => sum + value, 0);
  };
  const senderSays = (what: RegExp) => what.test(readFileSync(join(folder, "sender", "sender.log"), "utf8"));

  it("has spans wait on disk, and all of them are found once it is renewed in its file", async () => {
    const before = await sent(2);
    await until("the first spans arrive", () => before.every((id) => arrived().has(id)));

    await wait(expiry.getTime() - Date.now() + 1_000);
    // A connection lives on after the certificate; a receiver that is replaced has none.
    await receiver.stop();
    await receiver.start();
    const after = await sent(10);
    await until("the sender is refused", () => senderSays(/certificate has expired|expired certificate/));
    assert.ok((await measured(collectorQueueSize)) > 0);
    assert.deepEqual(
      after.filter((id) => arrived().has(id)),
      [],
    );

    const renewed = new Date(Date.now() + day);
    for (const end of ends) await issuer.issue(end, renewed);
    for (const name of ends)
      for (const suffix of ["", "-key"])
        for (const file of globSync(join(folder, `{sender,receiver}/**/${name}${suffix}.pem`)))
          writeFileSync(file, issuer.pem(`${name}${suffix}`));
    await until("all spans arrive", () => after.every((id) => arrived().has(id)));
    assert.deepEqual(arrived(), new Set([...before, ...after]));
    assert.equal(await measured(collectorSendFailed.spans), 0);
    await until("nothing waits", async () => (await measured(collectorQueueSize)) === 0);
  });
});
