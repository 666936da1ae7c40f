import { sentence } from "../../components/core/problems";
import { namespacesOf } from "../../components/platforms/kubernetes/objects";
import type { KubernetesOptions } from "../../components/platforms/kubernetes/options";
import type { Kubectl } from "../kubectl";
import { observationFrom, type Observation } from "./observation";
import { kinds } from "./troubles";
import { watch } from "./watch";

/**
 * Does work that waits for pods, and says meanwhile why they are not ready. Where waiting does not mend it, the work is
 * asked to end.
 *
 * @param work gets a signal that asks it to end
 */
export async function whileWatching(
  kubectl: Kubectl,
  options: KubernetesOptions,
  say: (line: string) => void,
  work: (giveUp: AbortSignal) => Promise<number>,
): Promise<number> {
  const [done, giveUp] = [new AbortController(), new AbortController()];
  const watching = watch({
    look: () => look(kubectl, options),
    lastWords: async ({ namespace, pod, container }) => {
      const args = ["logs", pod, `--namespace=${namespace}`, `--container=${container}`, "--tail=5"];
      const before = await kubectl.ask(...args, "--previous", "--request-timeout=5s");
      const { stdout } = before.code === 0 ? before : await kubectl.ask(...args, "--request-timeout=5s");
      return stdout || "it has said nothing";
    },
    say,
    until: done.signal,
  }).then((trouble) => {
    if (trouble === undefined) return;
    const { what, why, kind } = trouble;
    say(
      `\ngave up, because waiting does not help: ${sentence({ path: what, reason: why, remedy: kinds[kind].remedy })}`,
    );
    giveUp.abort();
  });
  // A watch that fails is no reason to end what it watches.
  const watched = watching.catch((error: unknown) => say(`pods are not watched any more: ${String(error)}`));
  try {
    return await work(giveUp.signal);
  } finally {
    done.abort();
    await watched;
  }
}

async function look(kubectl: Kubectl, options: KubernetesOptions): Promise<Observation | undefined> {
  const namespaces = namespacesOf(options);
  const answers = await Promise.all(
    namespaces.map((namespace) =>
      kubectl.ask("get", "pods,events", `--namespace=${namespace}`, "--output=json", "--request-timeout=5s"),
    ),
  );
  if (answers.some(({ code }) => code !== 0)) return undefined;
  const seen = answers.map(({ stdout }) => observationFrom(stdout, options.name));
  return { pods: seen.flatMap(({ pods }) => pods), events: seen.flatMap(({ events }) => events) };
}
