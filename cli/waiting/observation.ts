import { z } from "zod";

const reason = z.object({
  reason: z.string().default(""),
  message: z.string().default(""),
  exitCode: z.number().optional(),
});
const state = z.object({ waiting: reason.optional(), terminated: reason.optional() }).default({});
const containerStatus = z.object({
  name: z.string(),
  image: z.string().default(""),
  restartCount: z.number().default(0),
  state,
  lastState: state,
});
export type ContainerStatus = z.infer<typeof containerStatus>;

const pod = z.object({
  kind: z.literal("Pod"),
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
  }),
  status: z
    .object({
      phase: z.string().default("Pending"),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().default(""),
            message: z.string().default(""),
          }),
        )
        .default([]),
      initContainerStatuses: z.array(containerStatus).default([]),
      containerStatuses: z.array(containerStatus).default([]),
    })
    .prefault({}),
});
export type Pod = z.infer<typeof pod>;

const event = z.object({
  kind: z.literal("Event"),
  metadata: z.object({ uid: z.string() }),
  involvedObject: z.object({ kind: z.string().default(""), name: z.string().default("") }).prefault({}),
  reason: z.string().default(""),
  message: z.string().default(""),
  type: z.string().default("Normal"),
  count: z.number().nullish(),
  eventTime: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
});
export type Event = z.infer<typeof event>;

/** Pods of a stack and what has been said of them, at one time. */
export interface Observation {
  readonly pods: readonly Pod[];
  readonly events: readonly Event[];
}

const list = z.object({ items: z.array(z.discriminatedUnion("kind", [pod, event])) });

/** Reads what `kubectl get pods,events` prints; pods of other stacks are left out. */
export function observationFrom(text: string, stack: string): Observation {
  const { items } = list.parse(JSON.parse(text));
  return {
    pods: items
      .filter((item) => item.kind === "Pod")
      .filter(({ metadata: { labels } }) => labels["app.kubernetes.io/part-of"] === stack),
    // The API server has them in the order of their names.
    events: items.filter((item) => item.kind === "Event").toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)),
  };
}

const timeOf = ({ lastTimestamp, eventTime }: Event): string => lastTimestamp ?? eventTime ?? "";

/** What is new in an observation since a first one: what was said and has ended before is not about this update. */
export function since(first: Observation, { pods, events }: Observation): Observation {
  const said = new Set(first.events.map(identity));
  const before = new Map(
    first.pods.flatMap((one) => statuses(one).map((status) => [idOf(one, status), status.restartCount] as const)),
  );
  const anew = (one: Pod) => (status: ContainerStatus) => {
    const restartCount = status.restartCount - (before.get(idOf(one, status)) ?? 0);
    return { ...status, restartCount, lastState: restartCount > 0 ? status.lastState : {} };
  };
  return {
    pods: pods.map((one) => ({
      ...one,
      status: {
        ...one.status,
        initContainerStatuses: one.status.initContainerStatuses.map(anew(one)),
        containerStatuses: one.status.containerStatuses.map(anew(one)),
      },
    })),
    events: events.filter((one) => !said.has(identity(one))),
  };
}

/** An event that comes again is counted up. */
const identity = ({ metadata: { uid }, count }: Event): string => `${uid} ${count ?? 1}`;

const statuses = ({ status }: Pod): readonly ContainerStatus[] => [
  ...status.initContainerStatuses,
  ...status.containerStatuses,
];

const idOf = ({ metadata: { uid } }: Pod, { name }: ContainerStatus): string => `${uid} ${name}`;
