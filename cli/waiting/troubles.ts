import type { ContainerStatus, Event, Observation, Pod } from "./observation";

/** Why something does not get ready. */
export interface Trouble {
  /** As `kubectl` names it: `pod/sampler-0`. */
  readonly what: string;
  readonly kind: keyof typeof kinds;
  readonly why: string;
  /** Container that has said more, before it ended. */
  readonly ended?: { readonly namespace: string; readonly pod: string; readonly container: string };
}

/**
 * How each kind is taken, in milliseconds: `shownAfter`, since much of it is a part of every start, and `hopelessAfter`,
 * where waiting longer changes nothing.
 */
export const kinds = {
  unschedulable: {
    shownAfter: 2_000,
    hopelessAfter: 30_000,
    remedy: "lower the requests of the stack, or add capacity: no node fits it, and none is being added",
  },
  unbound: {
    shownAfter: 10_000,
    hopelessAfter: 180_000,
    remedy: "check its claims with `kubectl describe`: their class may not provision volumes of that size",
  },
  image: {
    shownAfter: 0,
    hopelessAfter: 30_000,
    remedy:
      "check that the image is in its registry, that nodes can reach it, and that kubernetes.imagePullSecrets are right",
  },
  noImage: {
    shownAfter: 0,
    hopelessAfter: 0,
    remedy: "load the image onto the nodes, or use one they have",
  },
  unstartable: {
    shownAfter: 5_000,
    hopelessAfter: 30_000,
    remedy: "check that the Secrets, ConfigMaps and programs it names exist",
  },
  crashed: { shownAfter: 0, hopelessAfter: Infinity, remedy: "" },
  crashLoop: {
    shownAfter: 0,
    hopelessAfter: 0,
    remedy: "check its output above, and the settings it reads",
  },
  refused: {
    shownAfter: 2_000,
    hopelessAfter: 30_000,
    remedy: "check quotas and admission rules of that namespace",
  },
  unready: { shownAfter: 20_000, hopelessAfter: Infinity, remedy: "" },
} as const;

/** A process that ends so often does not start: a neighbour that came late has been there for long. */
const tooOften = 3;

/** Everything that keeps pods from being ready now. */
export const troublesOf = ({ pods, events }: Observation): Trouble[] => [
  ...pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).flatMap((pod) => podTrouble(pod, events)),
  ...notCreated(events),
];

function podTrouble(pod: Pod, events: readonly Event[]): Trouble[] {
  const { conditions, initContainerStatuses, containerStatuses } = pod.status;
  const what = `pod/${pod.metadata.name}`;
  const is = (type: string) => conditions.find((condition) => condition.type === type);
  if (is("Ready")?.status === "True" || pod.status.phase === "Succeeded") return [];
  const scheduled = is("PodScheduled");
  if (scheduled?.status === "False") {
    const said = (reason: string) =>
      events.some((e) => e.involvedObject.name === pod.metadata.name && e.reason === reason);
    // A node is on its way: from the Cluster Autoscaler, or from Karpenter.
    const isHoped = said("TriggeredScaleUp") || said("Nominated");
    const kind = /unbound .*PersistentVolumeClaim/.test(scheduled.message) ? "unbound" : "unschedulable";
    return isHoped ? [] : [{ what, kind, why: `is not scheduled: ${shortened(scheduled.message)}` }];
  }
  const stopped = [
    ...initContainerStatuses.filter(({ state }) => state.terminated?.exitCode !== 0),
    ...containerStatuses,
  ].flatMap((status) => containerTrouble(pod, status));
  return stopped.length > 0 ? stopped : unready(pod, events);
}

/** The scheduler goes on about what it could drive away. */
const shortened = (message: string): string =>
  message.replace(/ (no new claims to deallocate, )?preemption:.*$/s, "").replace(/\.$/, "");

function containerTrouble(pod: Pod, status: ContainerStatus): Trouble[] {
  const { name: container, image, restartCount, state, lastState } = status;
  const what = `pod/${pod.metadata.name}`;
  const { reason = "", message = "" } = state.waiting ?? {};
  if (reason === "ErrImageNeverPull") return [{ what, kind: "noImage", why: `has no image: ${message}` }];
  if (["ErrImagePull", "ImagePullBackOff", "InvalidImageName"].includes(reason)) {
    return [{ what, kind: "image", why: `cannot pull ${image}: ${cause(message)}` }];
  }
  if (reason === "CreateContainerConfigError" || reason === "CreateContainerError") {
    return [{ what, kind: "unstartable", why: `is not started: ${message}` }];
  }
  const last = state.terminated ?? lastState.terminated;
  if (last === undefined) return [];
  const memory = last.reason === "OOMKilled" ? ", killed for want of memory: raise its limit" : "";
  const neverBegan = last.reason === "StartError" || last.reason === "ContainerCannotRun";
  const isDown = state.terminated !== undefined || reason === "CrashLoopBackOff";
  const times = restartCount + (isDown ? 1 : 0);
  return [
    {
      what,
      kind: times >= tooOften ? "crashLoop" : "crashed",
      why: `ended with exit code ${last.exitCode}${neverBegan ? `, ${cause(last.message)}` : memory}${times > 1 ? `, ${times} times so far` : ""}`,
      ...(!neverBegan && { ended: { namespace: pod.metadata.namespace, pod: pod.metadata.name, container } }),
    },
  ];
}

/** The kubelet and the runtime name the image once more at each level. */
const cause = (message: string): string =>
  message.replace(/^Back-off pulling image "[^"]*": ErrImagePull: /, "").replace(/^(failed to [^:"]*"[^"]*": )+/, "");

const ofStart = new Set(["Unhealthy", "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"]);

/** What a probe or the kubelet said last. */
function unready({ metadata: { name } }: Pod, events: readonly Event[]): Trouble[] {
  const last = events.findLast((e) => e.involvedObject.name === name && ofStart.has(e.reason));
  return last === undefined
    ? []
    : [{ what: `pod/${name}`, kind: "unready", why: `is not ready: ${last.message.trim()}` }];
}

/** Each pod that is not taken would have had another name. */
const withoutName = (message: string): string =>
  message.replace(/^\(combined from similar events\): /, "").replace(/ pods? "[^"]*"/, " a pod");

const isSame = (a: Event["involvedObject"], b: Event["involvedObject"]): boolean =>
  a.kind === b.kind && a.name === b.name;

const controllers = new Set(["StatefulSet", "ReplicaSet", "DaemonSet", "Job"]);

/** Pods that the API server does not even take. */
const notCreated = (events: readonly Event[]): Trouble[] =>
  events
    .filter(({ involvedObject, reason }) => reason === "FailedCreate" && controllers.has(involvedObject.kind))
    .filter(
      (event) =>
        event ===
        events.findLast(
          ({ involvedObject, reason }) => isSame(involvedObject, event.involvedObject) && /Create$/.test(reason),
        ),
    )
    .map(({ involvedObject: { kind, name }, message }) => ({
      what: `${kind.toLowerCase()}/${name}`,
      kind: "refused",
      why: `gets no pod: ${withoutName(message)}`,
    }));
