import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parse, stringify } from "yaml";
import type { Workload } from "../../components/core/workload";
import { images } from "../../components/images";
import { jaeger } from "../../components/jaeger/workload";
import { badger } from "../../components/storage/backends/badger";
import { grpc } from "../../components/storage/backends/grpc";
import { binaries } from "../../toolchain/catalog";
import { obtain } from "../binaries/obtain";
import { compareWithJaeger } from "../support/jaeger-count";
import { load } from "../support/load";
import { local, type Local } from "./local";
import { probe, send } from "./probe";
import { always, another, ask, questions } from "./questions";
import { sitStacked, type Stacked } from "./stacked";

const { version } = binaries.jaeger;
const port = 17271;
const arrival = 60_000;

/** A Jaeger that gives what it keeps in Badger to others, by the API that `grpc` speaks. */
function server(): Workload {
  const image = { ...images.jaeger, version };
  const described = jaeger("server", { storage: badger({ size: "1 GiB" }), image });
  const files = Object.entries(described.files ?? {}).map(([path, file]) => {
    if (typeof file !== "object" || !("content" in file) || !path.endsWith("config.yaml")) return [path, file];
    const config = parse(String(file.content)) as {
      extensions: Record<string, unknown>;
      service: { extensions: string[] };
    };
    config.extensions["remote_storage"] = { endpoint: `0.0.0.0:${port}`, storage: "traces" };
    config.service.extensions.push("remote_storage");
    return [path, { content: stringify(config) }];
  });
  return { ...described, files: Object.fromEntries(files) };
}

describe("a server of Jaeger's storage API", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-remote-"));
  let store: Local;
  let at: Stacked;

  before(async () => {
    const {
      jaeger: binary,
      "otelcol-contrib": collector,
      prometheus,
    } = await obtain("jaeger", "otelcol-contrib", "prometheus");
    store = await local(binary, server(), join(folder, "server"));
    await store.start();
    const storage = grpc({ external: { address: store.address(port), tls: false } });
    at = await sitStacked(storage, { jaeger: binary, version, collector, prometheus }, folder);
  });
  after(async () => {
    await at?.end();
    await store?.stop(true);
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes traces, and finds them by all that its own storage can search", async () => {
    const { probe: sent, body } = probe("long");
    await send(at.otlp, body);
    const { missing } = await compareWithJaeger(at.query, new Map([[sent.traceId, [...sent.spanIds]]]), arrival);
    assert.deepEqual(missing, []);
    for (const [by, asked] of Object.entries({ ...always, ...questions })) {
      assert.equal((await ask(at.query, sent, asked(sent))).answer, "found", by);
    }
    assert.equal((await ask(at.query, sent, another(sent))).answer, "nothing");
  });

  it("loses nothing when it is killed while spans come", async () => {
    const sending = load({ url: at.otlp, seconds: 8, spansPerSecond: 200 });
    await wait(2_000);
    await store.stop(true);
    await wait(1_000);
    await store.start();
    const { acknowledged, acknowledgedSpans } = await sending;
    assert.equal(acknowledgedSpans, 1_600);
    assert.deepEqual((await compareWithJaeger(at.query, acknowledged, arrival)).missing, []);
  });
});
