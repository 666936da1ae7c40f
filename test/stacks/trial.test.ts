import assert from "node:assert/strict";
import { podsOf } from "../../cli/fit/demand";
import { fit } from "../../cli/fit/fit";
import { nodesFrom } from "../../cli/fit/nodes";
import { planOf } from "../../cli/planned";
import { readStackFile, settingsOfStack } from "../../configs/stack-file";

const [trial, prod] = [settingsOfStack("trial"), settingsOfStack("prod")];

describe("the trial stack", () => {
  const status = { allocatable: { cpu: "2", memory: "8Gi", pods: "110" } };
  const nodes = nodesFrom(
    JSON.stringify({ items: [{ metadata: { name: "node1", labels: { "kubernetes.io/os": "linux" } }, status }] }),
    JSON.stringify({ items: [] }),
    trial.name,
  );
  const { problems, notes, figures } = fit(podsOf(planOf(trial).objects), nodes);

  it("fits a node of 2 CPUs and 8 GiB, and says in its file what it asks for", () => {
    assert.deepEqual([problems, notes], [[], []]);
    assert.match(figures, /^the stack requests 1\.1 CPUs, 4\.95 GiB and 10 pods;/);
    assert.match(readStackFile("trial").replaceAll("\n# ", " "), /may count on 1\.1 CPUs and 4\.95 GiB of memory/);
  });

  it("has the architecture of prod: the same workloads, as often, joined in the same way", () => {
    const shape = (settings: typeof trial) =>
      planOf(settings).workloads.map(({ name, placement, connects = [], ports }) => ({
        name,
        placement,
        connects,
        ports,
      }));
    assert.deepEqual(shape(trial), shape(prod));
  });
});
