import assert from "node:assert/strict";
import { deployedSettings } from "../../../cli/preview/deployed";
import { lowered } from "../../../cli/preview/lowered";
import { settingsFrom } from "../../../configs/settings-from";

const update = (config: object, result = "succeeded", kind = "update") => ({ kind, result, config });
const text = (value: string) => ({ value, secret: false });

describe("settings of the last update", () => {
  it("are those of the newest one that went through", () => {
    const history = JSON.stringify([
      update({ "sightline:queueSize": text("9 GiB") }, "failed"),
      update({ "sightline:queueSize": text("8 GiB") }, "succeeded", "refresh"),
      update({
        "sightline:queueSize": text("4 GiB"),
        "sightline:grafana": text("false"),
        "sightline:storage": text('{"kind":"badger","size":"1 GiB"}'),
        "sightline:otlpTokens": { secret: true },
        "other:key": text("x"),
      }),
      update({ "sightline:queueSize": text("1 GiB") }),
    ]);
    const deployed = deployedSettings("dev", history);
    assert.ok("settings" in deployed);
    const { queueSize, grafana, storage, otlpTokens } = deployed.settings;
    assert.deepEqual(
      { queueSize, grafana, storage, otlpTokens },
      {
        queueSize: "4 GiB",
        grafana: false,
        storage: { kind: "badger", size: "1 GiB" },
        otlpTokens: { deployed: "<secret>" },
      },
    );
  });

  it("are unknown, with the reason, where there was no update or the schema has changed since", () => {
    assert.deepEqual(deployedSettings("dev", undefined), {
      unknown: "no update of this stack is on record, so its settings are not compared",
    });
    assert.deepEqual(deployedSettings("dev", JSON.stringify([update({ "sightline:formerly": text("1") })])), {
      unknown: "the settings of the last update are not compared: formerly is not known now",
    });
  });
});

describe("settings that keep less", () => {
  const before = settingsFrom("dev", { durability: "disk-fsync" });

  it("are those that go down, and none that stay or go up", () => {
    const after = settingsFrom("dev", { durability: "disk", queueSize: "4 GiB", metricsRetention: "1d" });
    assert.deepEqual(lowered(before, after), [
      { what: "durability", change: "from disk-fsync to disk", loses: "spans that wait when the power fails" },
      { what: "metricsRetention", change: "from 15d to 1d", loses: "what is between 1d and 15d old" },
    ]);
    assert.deepEqual(lowered(before, before), []);
  });

  it("include another storage and another name, which start empty", () => {
    const after = settingsFrom("dev", { durability: "disk-fsync", name: "other", storage: { kind: "memory" } });
    assert.deepEqual(
      lowered(before, after).map(({ what, loses }) => `${what}: ${loses}`),
      [
        "name: sight of all data: the stack starts anew elsewhere, and what is stored stays where it is",
        "storage.kind: sight of every stored trace until it is changed back; none is deleted",
      ],
    );
  });

  it("say how much of what is stored goes, and when, as each storage has it", () => {
    const indexed = { external: { urls: ["https://search.example.com"] }, replicas: 0 };
    const loses = (kind: string, options: object, retention: string, setting = "retention") => {
      const [was, now] = ["72h", retention].map((kept) =>
        settingsFrom("dev", { storage: { kind, ...options, [setting]: kept } }),
      );
      return lowered(was!, now!).map(({ what, loses }) => `${what}: ${loses}`);
    };
    assert.deepEqual(loses("badger", { size: "1 GiB" }, "24h"), [
      "storage.retention: traces from now on, when they are older than 24h; those stored already go after 72h",
    ]);
    assert.deepEqual(loses("opensearch", indexed, "24h"), [
      "storage.retention: traces between 24h and 72h old, when the cleaner runs next",
    ]);
    assert.deepEqual(loses("cassandra", { external: { servers: ["c:9042"], datacenter: "dc1" } }, "24h"), [
      "storage.retention: nothing by itself: tables keep what they were made with, 72h, until they are altered",
    ]);
    assert.deepEqual(loses("opensearch", indexed, "96h"), []);
    assert.deepEqual(loses("badger", { size: "1 GiB" }, "24h", "archiveRetention"), [
      "storage.archiveRetention: traces from now on, when they are older than 24h; those stored already go after 72h",
    ]);
  });

  it("are what waits in a buffer that changes, or on the way around it", () => {
    const managed = { nodes: 1, size: "50 GiB", partitions: 12 };
    const loses = (was: object, now: object) => {
      const [before, after] = [was, now].map((buffer) => settingsFrom("dev", { buffer }));
      return lowered(before!, after!).map(({ what, change, loses }) => `${what} ${change}: ${loses}`);
    };
    assert.deepEqual(loses({}, { managed }), [
      "buffer put in: sight of what waits for Jaeger in queues, until it is taken out",
    ]);
    assert.deepEqual(loses({ managed }, {}), [
      "buffer taken out: sight of what waits in Kafka, until it is put in again",
    ]);
    assert.deepEqual(loses({ managed }, { managed: { ...managed, partitions: 24 } }), [
      "buffer.managed.partitions from 12 to 24: what waits beyond its new share of the volume; the topic itself keeps the partitions it was made with",
    ]);
    assert.deepEqual(loses({ managed, topic: "one" }, { managed, topic: "other" }), [
      "buffer.topic from one to other: sight of what waits in one until it is changed back",
    ]);
    const three = (nodes: number) =>
      settingsFrom("prod", { platform: "kubernetes", buffer: { managed: { ...managed, nodes } } });
    assert.deepEqual(
      lowered(three(1), three(3)).map(({ loses }) => loses),
      ["what waits in Kafka: brokers of another number begin anew, if they can"],
    );
    assert.deepEqual(loses({ managed }, { managed }), []);
    const plain = { nodes: 1, size: "50 GiB" };
    assert.deepEqual(
      loses({ managed: plain }, { managed: { ...plain, size: "5 GiB", outage: "1h", partitions: 6 }, topic: "other" }),
      [
        "buffer.topic from otlp_spans to other: sight of what waits in otlp_spans until it is changed back",
        "buffer.managed.outage from 24h to 1h: what waits in Kafka for longer than 1h",
        "buffer.managed.partitions from 12 to 6: room: the topic keeps its 12 partitions, each may now take more, and a volume that is full stops its broker",
        "buffer.managed.size from 50 GiB to 5 GiB: what waits in Kafka beyond its new share of the volume",
      ],
    );
    assert.deepEqual(loses({ managed: plain }, { managed: { ...plain, outage: "48h", partitions: 12 } }), []);
    assert.deepEqual(loses({ managed }, { external: { brokers: ["kafka.example.com:9092"] } }), [
      "buffer from managed to external: sight of what waits in the Kafka before, until it is changed back",
    ]);
  });

  it("are sight of an archive that is taken out", () => {
    const loses = (storage: object) => {
      const [was, now] = [{ archiveRetention: "365d" }, {}].map((kept) =>
        settingsFrom("dev", { storage: { ...storage, ...kept } }),
      );
      return lowered(was!, now!).map(({ what, change, loses }) => `${what} ${change}: ${loses}`);
    };
    const gone = "storage.archiveRetention taken out: sight of archived traces until it is written again";
    assert.deepEqual(loses({ kind: "badger", size: "1 GiB" }), [gone]);
    const external = { urls: ["https://search.example.com"] };
    assert.deepEqual(loses({ kind: "opensearch", external }), [`${gone}; nothing deletes them meanwhile`]);
  });

  it("include a retention where there was none", () => {
    const external = { urls: ["https://search.example.com"] };
    const [was, now] = [{}, { retention: "24h" }].map((kept) =>
      settingsFrom("dev", { storage: { kind: "opensearch", external, ...kept } }),
    );
    assert.deepEqual(lowered(was!, now!), [
      { what: "storage.retention", change: "set to 24h", loses: "traces older than 24h, when the cleaner runs next" },
    ]);
  });

  it("lose nothing on Docker, which holds no volume to its size, and are refused as claims", () => {
    const loses = (platform: string) => {
      const [was, now] = ["20 GiB", "5 GiB"].map((size) =>
        settingsFrom("dev", { platform, storage: { kind: "badger", size }, logsSize: size, metricsSize: size }),
      );
      return lowered(was!, now!).map(({ what, loses }) => `${what}: ${loses}`);
    };
    assert.deepEqual(loses("docker"), ["metricsSize: the oldest metrics beyond 5 GiB"]);
    const never = "nothing: Kubernetes refuses to shrink a claim, so the update fails";
    assert.deepEqual(loses("kubernetes"), [
      `storage.size: ${never}`,
      "metricsSize: the oldest metrics beyond 5 GiB",
      `logsSize: ${never}`,
    ]);
  });
});
