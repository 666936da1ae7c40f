import type { PlannedObject } from "../components/core/platform";
import type { Problem } from "../components/core/problems";
import { stackLabel } from "../components/platforms/kubernetes/objects";
import type { Settings } from "../configs/settings-from";
import { clusterOf } from "../stacks/host";
import { clusterFacts, factProblems } from "./cluster-facts";
import { askForRoom } from "./fit";
import { findKubectl } from "./kubectl";

/** What a cluster says to a plan. */
export interface Asked {
  readonly problems: readonly Problem[];
  /** What was not looked at, and why. */
  readonly notes: readonly string[];
  /** What is asked for, and what is free. @default - that is not known */
  readonly figures?: string;
}

/**
 * What the cluster would refuse or has no room for, or why it was not asked. Nobody is asked for a stack on Docker.
 *
 * @param isUp says whether the stack runs, so that what bears its name is its own; it takes Pulumi, and is asked where
 *   something bears that name alone
 * @param fits whether it is taken to fit, without asking what is free
 */
export async function askCluster(
  settings: Settings,
  objects: readonly PlannedObject[],
  { isUp, fits = false }: { readonly isUp: () => Promise<boolean>; readonly fits?: boolean },
): Promise<Asked> {
  if (settings.platform !== "kubernetes") return { problems: [], notes: [] };
  const options = clusterOf(settings);
  const skipped = (why: string) => ({
    problems: [],
    notes: [`room, storage classes, sizes of claims and owners of namespaces, since the cluster was not asked: ${why}`],
  });
  const kubectl = await findKubectl(options);
  if (kubectl === undefined) return skipped("there is no kubectl");
  const answer = await clusterFacts(kubectl, options);
  if ("unreachable" in answer) return skipped(answer.unreachable);
  const isNamed = answer.facts.namespaces.some(({ labels }) => labels[stackLabel] === options.name);
  const problems = factProblems(options, objects, answer.facts, isNamed && (await isUp()));
  if (fits) return { problems, notes: ["whether nodes have room, as you wish"] };
  const room = await askForRoom(kubectl, options, objects, answer.facts);
  return { ...room, problems: [...problems, ...room.problems] };
}
