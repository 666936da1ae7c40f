import assert from "node:assert/strict";
import { sentence } from "../../components/core/problems";
import { traceStorage, type StorageSpec } from "../../components/storage";
import { badger } from "../../components/storage/backends/badger";
import { memory } from "../../components/storage/backends/memory";

/** What a settings file may hold, whatever the compiler thinks of it. */
const problems = (written: unknown): string[] =>
  (traceStorage(written as StorageSpec).problems ?? []).map((problem) => sentence(problem));

const kinds = "memory or badger or cassandra or elasticsearch or opensearch or clickhouse or grpc";

describe("traceStorage", () => {
  it("makes what a settings file names", () => {
    assert.deepEqual(
      traceStorage({ kind: "badger", size: "20 GiB", retention: "7d" }),
      badger({ size: "20 GiB", retention: "7d" }),
    );
    assert.deepEqual(traceStorage({ kind: "memory" }), memory());
  });

  it("finds nothing wrong with a good one", () => {
    assert.deepEqual(problems({ kind: "badger", size: "20 GiB", retention: "7d", fsync: true }), []);
    assert.deepEqual(problems({ kind: "memory", maxTraces: 10 }), []);
  });

  it("refuses a kind it does not know, or that only looks like one", () => {
    assert.deepEqual(problems({ kind: "casandra" }), [`kind: unknown trace storage, got "casandra"; write ${kinds}`]);
    assert.deepEqual(problems({ kind: "toString" }), [`kind: unknown trace storage, got "toString"; write ${kinds}`]);
    assert.deepEqual(problems({ kind: 7 }), [`kind: unknown trace storage, got 7; write ${kinds}`]);
  });

  it("refuses what names no kind at all", () => {
    const missing = [`kind: missing; write ${kinds}, as in { kind: badger, size: 20 GiB }`];
    assert.deepEqual([{}, "badger", null, undefined].map(problems), [missing, missing, missing, missing]);
  });

  it("refuses options the backend does not have", () => {
    assert.deepEqual(problems({ kind: "memory", size: "1 GiB" }), ["size: unknown option; use kind, maxTraces"]);
    assert.deepEqual(problems({ kind: "badger", size: "1 GiB", retenton: "1h" }), [
      "retenton: unknown option; use kind, size, retention, archiveRetention, fsync",
    ]);
  });

  it("refuses values without a unit or of another type, all at once", () => {
    assert.deepEqual(problems({ kind: "badger", size: "20GB", retention: 72, fsync: "yes" }), [
      'size: not a size, got "20GB"; write it with its unit, as "20 GiB"',
      'retention: not a duration, got 72; write it with its unit, as "72h" or "7d"',
      'fsync: neither true nor false, got "yes"; write true or false',
    ]);
    assert.deepEqual(problems({ kind: "memory", maxTraces: "many" }), [
      'maxTraces: not a whole number above zero, got "many"; write 1 or more',
    ]);
  });

  it("asks for what has no default", () => {
    assert.deepEqual(problems({ kind: "badger" }), ['size: missing; write it with its unit, as "20 GiB"']);
  });
});
