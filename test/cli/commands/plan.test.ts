import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demandFrom } from "../../../cli/commands/plan";

describe("plan's flags", () => {
  it("are a demand", () => {
    assert.deepEqual(demandFrom({ requestsPerDay: "1e6", endpoints: "600", keptShare: "0.1", retention: "72h" }), {
      demand: { requestsPerDay: 1e6, endpoints: 600, keptShare: 0.1, retention: "72h" },
      problems: [],
    });
  });

  it("are refused all at once, by their own names", () => {
    assert.deepEqual(demandFrom({ requestsPerDay: "many", headShare: "2", sample: "/no/such/file" }).problems, [
      { path: "--sample", value: "/no/such/file", reason: "cannot be read", remedy: "name a file of traces" },
      { path: "--requests-per-day", value: "many", reason: "not a number", remedy: "write it as 1000000 or 0.5" },
      {
        path: "--head-share",
        value: 2,
        reason: "must be a share above 0, up to 1",
        remedy: "write 0.1 for one in ten",
      },
      { path: "--endpoints", reason: "missing", remedy: "give their number, or a sample" },
    ]);
  });

  it("win over a sample", () => {
    const folder = mkdtempSync(join(tmpdir(), "sightline-plan-"));
    const sample = join(folder, "traces.json");
    const text = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"1","name":"a","kind":2}]}]}]}';
    writeFileSync(sample, text);
    const { demand } = demandFrom({ spansPerSecond: "10", bytesPerSpan: "500", sample });
    rmSync(folder, { recursive: true });
    assert.deepEqual(demand, {
      spansPerSecond: 10,
      bytesPerSpan: 500,
      attributesPerSpan: 0,
      spansPerRequest: 1,
      endpoints: 1,
      services: 1,
      spanNamesPerEndpoint: 1,
    });
  });
});
