import assert from "node:assert/strict";
import { deployedSettings } from "../../../cli/preview/deployed";
import { lowered } from "../../../cli/preview/lowered";
import { settingsFrom } from "../../../configs/schema";

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
        "sightline:otlpToken": { secret: true },
        "other:key": text("x"),
      }),
      update({ "sightline:queueSize": text("1 GiB") }),
    ]);
    const deployed = deployedSettings("dev", history);
    assert.ok("settings" in deployed);
    const { queueSize, grafana, storage, otlpToken } = deployed.settings;
    assert.deepEqual(
      { queueSize, grafana, storage, otlpToken },
      { queueSize: "4 GiB", grafana: false, storage: { kind: "badger", size: "1 GiB" }, otlpToken: "<secret>" },
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
      { what: "metricsRetention", change: "from 15d to 1d", loses: "what is older than 1d" },
    ]);
    assert.deepEqual(lowered(before, before), []);
  });

  it("include another storage and another name, which start empty", () => {
    const after = settingsFrom("dev", { durability: "disk-fsync", name: "other", storage: { kind: "memory" } });
    assert.deepEqual(
      lowered(before, after).map(({ what, loses }) => `${what}: ${loses}`),
      [
        "name: all data: the stack starts anew elsewhere",
        "storage.kind: every stored trace: the new storage starts empty",
      ],
    );
  });
});
