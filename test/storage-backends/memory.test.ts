import assert from "node:assert/strict";
import { memory } from "../../components/storage/backends/memory";

describe("memory", () => {
  it("keeps 100,000 traces unless told otherwise, in one process", () => {
    const { search, ...storage } = memory();
    assert.deepEqual(storage, { kind: "memory", config: { max_traces: 100_000 }, shared: false, problems: [] });
    assert.equal(search?.dependencies, "from traces");
    assert.deepEqual(memory({ maxTraces: 5 }).config, { max_traces: 5 });
  });

  it("refuses zero, which Jaeger would refuse when it starts", () => {
    assert.deepEqual(memory({ maxTraces: 0 }).problems, [
      { path: "maxTraces", value: 0, reason: "not a whole number above zero", remedy: "write 1 or more" },
    ]);
  });
});
