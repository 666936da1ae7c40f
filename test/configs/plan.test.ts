import assert from "node:assert/strict";
import { Refusal, sentence } from "../../components/core/problems";
import { shortOfPlan } from "../../configs/plan";
import { settingsFrom } from "../../configs/settings-from";

const traffic = { requestsPerDay: 1_000_000, endpoints: 600 };
const roles = { roles: ["agent", "gateway", "sampler"], tailSampling: { errors: true } };

describe("a plan in settings", () => {
  it("changes no setting, and says of each that is too small what fits, for as long as settings keep things", () => {
    const settings = settingsFrom("dev", { plan: traffic, ...roles });
    assert.deepEqual({ ...settings, plan: {} }, settingsFrom("dev", roles));
    assert.deepEqual(
      shortOfPlan(settings).map(({ path, value, needs }) => [path, value, needs]),
      [
        ["queueSize", "2 GiB", "6 GiB"],
        ["memory.prometheus", "1 GiB", "3 GiB"],
        ["metricsSize", "10 GiB", "16 GiB"],
        ["storage.size", "20 GiB", "83 GiB"],
      ],
    );
  });

  it("warns of what is written with the figure", () => {
    const storage = { kind: "badger", size: "40 GiB", retention: "7d" };
    const settings = settingsFrom("dev", { plan: traffic, ...roles, queueSize: "1 GiB", storage });
    const written = shortOfPlan(settings).filter(({ path }) => path === "queueSize" || path.startsWith("storage"));
    assert.deepEqual(written.map(sentence), [
      'queueSize: less than the traffic plan needs, got "1 GiB"; write "6 GiB"',
      'storage.size: 192 GiB are written in 7d and kept, got "40 GiB"; write "192 GiB", store less, or shorten the retention',
    ]);
  });

  it("warns of brokers that hold less than the outage they are to last", () => {
    const short = (outage: string) =>
      shortOfPlan(
        settingsFrom("dev", { plan: traffic, ...roles, buffer: { managed: { nodes: 1, size: "18 GiB", outage } } }),
      ).filter(({ path }) => path.startsWith("buffer"));
    assert.deepEqual(short("24h"), []);
    assert.deepEqual(short("48h").map(sentence), [
      'buffer.managed.size: less than the traffic plan needs, got "18 GiB"; write "35 GiB"',
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
    assert.deepEqual(said({ requestsPerDay: 5 }), ["plan.endpoints: missing; give their number, or a sample"]);
    assert.deepEqual(said({ ...traffic, spansPerSecond: 1 }), [
      "plan.requestsPerDay: two rates are given; give requests per day or spans per second",
    ]);
    assert.deepEqual(said({ ...traffic, requests: 1 }), [
      "plan.requests: unknown setting; use one of requestsPerDay, spansPerSecond, peakFactor, spansPerRequest, bytesPerSpan, attributesPerSpan, endpoints, services, spanNamesPerEndpoint, headShare, keptShare, nodes, cpusPerReplica, logLinesPerRequest, bytesPerLogLine, outage",
    ]);
  });
});
