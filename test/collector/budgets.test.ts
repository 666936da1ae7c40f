import assert from "node:assert/strict";
import {
  budgets,
  bytesPerEdge,
  bytesPerSeries,
  bytesPerWaitingCall,
  servicesAtLimit,
  shareForOneTrace,
} from "../../components/collector/budgets";
import { goRuntime, memoryLimiter } from "../../components/collector/processors/memory-limiter";
import { inBytes, type Size } from "../../components/core/units";

describe("budgets for names that senders choose", () => {
  it("follow from the memory of the process", () => {
    assert.deepEqual(budgets("512 MiB"), {
      seriesPerService: 1_694,
      services: 677,
      waitingCalls: 65_536,
      edges: 5_592,
      traceSize: "16384 KiB",
    });
    assert.equal(budgets("1 GiB").seriesPerService, 3_389);
  });

  for (const memory of ["64 MiB", "512 MiB", "600 MiB", "4 GiB"] satisfies Size[]) {
    it(`leave room for all else in ${memory}`, () => {
      const { seriesPerService, services, waitingCalls, edges, traceSize } = budgets(memory);
      const series = Math.max(seriesPerService * servicesAtLimit, services * 20) * bytesPerSeries;
      const kept = series + waitingCalls * bytesPerWaitingCall + edges * bytesPerEdge;
      const limit = (memoryLimiter({ memory }).config as { limit_mib: number }).limit_mib * 1024 ** 2;
      const collected = Number.parseInt(goRuntime(memory).GOMEMLIMIT) * 1024 ** 2;
      assert.ok(kept <= collected, `${kept} of ${collected}`);
      assert.ok(collected < limit && limit < inBytes(memory));
      assert.ok(inBytes(traceSize) <= inBytes(memory) * shareForOneTrace);
    });
  }
});
