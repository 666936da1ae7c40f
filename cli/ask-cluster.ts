import type { PlannedObject } from "../components/core/platform";
import type { Problem } from "../components/core/problems";
import type { Settings } from "../configs/schema";
import { clusterOf } from "../stacks/host";
import { clusterFacts, factProblems } from "./cluster-facts";
import { findKubectl } from "./kubectl";

/** What the cluster would refuse, or why it was not asked. Nobody is asked for a stack on Docker. */
export async function askCluster(
  settings: Settings,
  objects: readonly PlannedObject[],
  isUp: boolean,
): Promise<{ readonly problems: readonly Problem[]; readonly notes: readonly string[] }> {
  if (settings.platform !== "kubernetes") return { problems: [], notes: [] };
  const options = clusterOf(settings);
  const skipped = (why: string) => ({
    problems: [],
    notes: [`storage classes, sizes of claims and owners of namespaces, since the cluster was not asked: ${why}`],
  });
  const kubectl = await findKubectl(options);
  if (kubectl === undefined) return skipped("there is no kubectl");
  const answer = await clusterFacts(kubectl, options);
  if ("unreachable" in answer) return skipped(answer.unreachable);
  return { problems: factProblems(options, objects, answer.facts, isUp), notes: [] };
}
