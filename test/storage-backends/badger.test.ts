import assert from "node:assert/strict";
import { badger } from "../../components/storage/backends/badger";
import { storageConfig } from "../../components/storage/version";

describe("badger", () => {
  it("keeps keys and values for 72 hours on one persistent volume", () => {
    assert.deepEqual(badger({ size: "20 GiB" }), {
      kind: "badger",
      shared: false,
      retention: "72h",
      limits: { textBytes: 64_000 },
      search: {
        attribute: "found",
        eventAttribute: "found",
        failure: "found",
        duration: "found",
        attributeAndDuration: "found",
        withoutService: "found",
        dependencies: "from traces",
      },
      config: {
        ephemeral: false,
        directories: { keys: "/badger/keys", values: "/badger/values" },
        ttl: { spans: "72h" },
        consistency: false,
      },
      needs: { volumes: { "/badger": { kind: "persistent", name: "badger", size: "20 GiB" } } },
      problems: [],
    });
  });

  it("writes days as hours, since Go knows no days", () => {
    assert.deepEqual(storageConfig(badger({ size: "1 GiB", retention: "15d" }), "2.20.0")["ttl"], { spans: "360h" });
  });

  it("waits for the disk where it is told to", () => {
    assert.equal(storageConfig(badger({ size: "1 GiB", fsync: true }), "2.20.0")["consistency"], true);
  });

  it("refuses a size or retention of nothing", () => {
    assert.deepEqual(badger({ size: "0 GiB", retention: "0h" }).problems, [
      { path: "size", value: "0 GiB", reason: "not a size", remedy: 'write it with its unit, as "20 GiB"' },
      {
        path: "retention",
        value: "0h",
        reason: "not a duration",
        remedy: 'write it with its unit, as "72h" or "7d"',
      },
    ]);
  });

  it("stays a storage of one process when its options are wrong, so that this is said too", () => {
    assert.equal(badger({ size: "0 GiB" }).shared, false);
  });
});
