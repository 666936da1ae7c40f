import assert from "node:assert/strict";
import { inBytes, type Size } from "../../components/core/units";
import { balancerBackends, collectorQueueCapacity } from "../../components/prometheus/metrics";
import type { Fault } from "./fault";
import { samplers, updateOrder, type Path } from "./path";
import { holdsNothing, valuesOf } from "./settled";
import { answeredAtItsEnd } from "./traffic";
import { until } from "../support/until";

/** Samplers that the gateway knows, as it says itself. */
async function known(path: Path, count: number): Promise<void> {
  await until(`the gateway knows ${count} samplers`, async () => {
    const values = valuesOf(await path.metrics("gateway"), [balancerBackends]);
    return values.length > 0 && values.every((value) => value === count);
  });
}

const updatedQueue: Size = "200 MiB";

/** What an operator changes while data comes. */
export const changes: readonly Fault[] = [
  {
    name: "samplers: 2 to 1, and to 2 again",
    ended: ["sampler-1"],
    seconds: 10,
    async begin(path) {
      const { names, process } = path;
      names.list([samplers["sampler-0"]]);
      await known(path, 1);
      // It goes on until its last trace is decided and sent, as its `drain` gives it time to.
      await until("a sampler that leaves has nothing left", () => holdsNothing(path, "sampler-1"));
      await process("sampler-1").stop();
      await process("sampler-1").start();
      names.list(Object.values(samplers));
      await known(path, 2);
    },
  },
  {
    name: "an update of every process, one after the other",
    ended: updateOrder,
    exception: answeredAtItsEnd,
    seconds: 15,
    begin: (path) =>
      path.update({
        queueSize: updatedQueue,
        sampler: { replicas: 2, decisionWait: "1s" },
        names: { identifiers: "keep" },
        metricsRetention: "10d",
        logsRetention: "5d",
      }),
    async found(path) {
      const capacities = valuesOf(await path.metrics("agent"), [collectorQueueCapacity]);
      // Traces, metrics and logs, and as much again as one for the database itself.
      assert.deepEqual(capacities, Array(3).fill(inBytes(updatedQueue) / 4));
    },
  },
];
