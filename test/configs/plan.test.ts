import assert from "node:assert/strict";
import { Refusal, sentence } from "../../components/core/problems";
import { shortOfPlan } from "../../configs/plan";
import { settingsFrom } from "../../configs/schema";

const traffic = { requestsPerDay: 1_000_000, endpoints: 600 };
const roles = { roles: ["agent", "gateway", "sampler"], tailSampling: { errors: true } };

describe("a plan in settings", () => {
  it("raises what is as it is by default, for as long as settings keep things", () => {
    const { queueSize, metricsSize, logsSize, memory, storage } = settingsFrom("dev", { plan: traffic, ...roles });
    assert.deepEqual(
      { queueSize, metricsSize, logsSize, memory, storage },
      {
        queueSize: "6 GiB",
        metricsSize: "16 GiB",
        logsSize: "10 GiB",
        memory: {
          collector: "512 MiB",
          agent: "512 MiB",
          gateway: "1 GiB",
          sampler: "2 GiB",
          jaeger: "1 GiB",
          prometheus: "3 GiB",
          loki: "512 MiB",
          victorialogs: "512 MiB",
          grafana: "512 MiB",
        },
        storage: { kind: "badger", size: "83 GiB", retention: "72h" },
      },
    );
    assert.deepEqual(shortOfPlan(settingsFrom("dev", { plan: traffic, ...roles })), []);
  });

  it("changes nothing that is written, and warns of it with the figure", () => {
    const storage = { kind: "badger", size: "40 GiB", retention: "7d" };
    const settings = settingsFrom("dev", { plan: traffic, ...roles, queueSize: "1 GiB", storage });
    assert.deepEqual([settings.queueSize, settings.storage], ["1 GiB", storage]);
    assert.deepEqual(shortOfPlan(settings).map(sentence), [
      'queueSize: less than the plan asks for, got "1 GiB"; write "6 GiB"',
      'storage.size: 192 GiB are written and kept in 7d, got "40 GiB"; write "192 GiB", keep less, or keep it for a shorter time',
    ]);
  });

  it("warns of brokers that hold less than the outage they are to last", () => {
    const short = (outage: string) =>
      shortOfPlan(
        settingsFrom("dev", { plan: traffic, ...roles, buffer: { managed: { nodes: 1, size: "18 GiB", outage } } }),
      );
    assert.deepEqual(short("24h"), []);
    assert.deepEqual(short("48h").map(sentence), [
      'buffer.managed.size: less than the plan asks for, got "18 GiB"; write "35 GiB"',
    ]);
  });

  it("warns of a storage that does not suit the volume", () => {
    const plan = { requestsPerDay: 1e8, endpoints: 600 };
    const [kind] = shortOfPlan(settingsFrom("dev", { plan, ...roles })).filter(({ path }) => path === "storage.kind");
    assert.match(kind!.remedy, /^choose .*opensearch/);
  });

  it("is no plan where nothing is said", () => {
    assert.deepEqual(shortOfPlan(settingsFrom("dev", { queueSize: "1 GiB" })), []);
    assert.equal(settingsFrom("dev", { plan: {} }).queueSize, "2 GiB");
  });

  it("is refused where it makes no sense, as sightline plan refuses it", () => {
    const said = (plan: object): string[] => {
      try {
        settingsFrom("dev", { plan });
      } catch (error) {
        if (error instanceof Refusal) return error.problems.map(sentence);
      }
      return [];
    };
    assert.deepEqual(said({ requestsPerDay: 5 }), [
      "plan.endpoints: missing; say how many there are, or give a sample",
    ]);
    assert.deepEqual(said({ ...traffic, spansPerSecond: 1 }), [
      "plan.requestsPerDay: two rates are given; give requests a day or spans a second",
    ]);
    assert.deepEqual(said({ ...traffic, requests: 1 }), [
      "plan.requests: unknown setting; use one of requestsPerDay, spansPerSecond, peakFactor, spansPerRequest, bytesPerSpan, attributesPerSpan, endpoints, services, spanNamesPerEndpoint, headShare, keptShare, nodes, cpusPerReplica, logLinesPerRequest, bytesPerLogLine, outage",
    ]);
  });
});
