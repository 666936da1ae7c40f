import { bufferDefaults } from "../../components/buffer/buffer";
import { brokerDefaults } from "../../components/buffer/managed";
import { inBytes, inMilliseconds, isDuration, isSize } from "../../components/core/units";
import type { Settings } from "../../configs/settings-from";
import { isObject } from "./fields";
import type { Loss } from "./losses";

type Path = readonly string[];

const durabilities = ["memory", "disk", "disk-fsync"];

/** Settings that now keep less than they did. */
export function lowered(before: Settings, after: Settings): Loss[] {
  const were = new Map(leaves(whole(before)));
  const changes = leaves(whole(after)).flatMap(([path, now]) => {
    const was = were.get(path);
    const loses = was === undefined || was === now ? undefined : lost(path, String(was), String(now), after);
    return loses === undefined ? [] : [{ what: path, change: `from ${was} to ${now}`, loses }];
  });
  return [...changes, ...begunRetention(before, after), ...endedArchive(before, after), ...anotherWay(before, after)];
}

/** Settings with what is so in a buffer where they do not say. */
const whole = ({ buffer, ...others }: Settings): object => ({
  ...others,
  ...(buffer && {
    buffer: {
      ...bufferDefaults,
      ...buffer,
      ...(buffer.managed !== undefined && { managed: { ...brokerDefaults, ...buffer.managed } }),
    },
  }),
});

/** What is lost where a setting goes from one value to another; undefined where nothing is. */
function lost(path: string, was: string, now: string, { platform, storage }: Settings): string | undefined {
  const last = path.slice(path.lastIndexOf(".") + 1);
  if (last === "durability" && durabilities.indexOf(now) < durabilities.indexOf(was)) {
    return now === "memory" ? "spans that wait when a process dies" : "spans that wait when the power fails";
  }
  if (path === "storage.kind") {
    return was === "memory"
      ? "every stored trace"
      : "sight of every stored trace until it is changed back; none is deleted";
  }
  if (path === "name" || path === "platform" || path === "dockerHost") {
    return "sight of all data: the stack starts anew elsewhere, and what is stored stays where it is";
  }
  if (path === "buffer.topic") return `sight of what waits in ${was} until it is changed back`;
  if (path === "buffer.managed.nodes") return "what waits in Kafka: brokers of another number begin anew, if they can";
  if (path === "buffer.managed.partitions") {
    return Number(now) > Number(was)
      ? "what waits beyond its new share of the volume; the topic itself keeps the partitions it was made with"
      : `room: the topic keeps its ${was} partitions, each may now take more, and a volume that is full stops its broker`;
  }
  const isShorter = isDuration(was) && isDuration(now) && inMilliseconds(now) < inMilliseconds(was);
  if (path === "buffer.managed.outage") return isShorter ? `what waits in Kafka for longer than ${now}` : undefined;
  if (/retention$/i.test(last) && isShorter) {
    const ofTraces = path === "storage.retention" || path === "storage.archiveRetention";
    return ofTraces ? tracesGone(storage.kind, was, now) : `what is between ${now} and ${was} old`;
  }
  if (!/size$/i.test(last) || !isSize(was) || !isSize(now) || inBytes(now) >= inBytes(was)) return undefined;
  if (/queue/i.test(last)) return "time for which the next hop may be away before senders are refused";
  // What becomes of a claim is told by the claim. Docker holds no volume to its size.
  if (path === "buffer.managed.size" && platform === "docker") {
    return "what waits in Kafka beyond its new share of the volume";
  }
  if (path === "metricsSize") return `the oldest metrics beyond ${now}`;
  return platform === "docker" ? undefined : "nothing: Kubernetes refuses to shrink a claim, so the update fails";
}

/** Stores that note with every span, or once with their tables, how long it is kept, and those whose jobs look anew each time. */
function tracesGone(kind: string, was: string, now: string): string {
  switch (kind) {
    case "elasticsearch":
    case "opensearch":
      return `traces between ${now} and ${was} old, when the cleaner runs next`;
    case "cassandra":
    case "clickhouse":
      return `nothing by itself: tables keep what they were made with, ${was}, until they are altered`;
    default:
      return `traces from now on, when they are older than ${now}; those stored already go after ${was}`;
  }
}

/** In a cluster of somebody else's, nothing is deleted before a retention is written. */
function begunRetention({ storage: was }: Settings, { storage: is }: Settings): Loss[] {
  const [before, after] = [was, is].map((storage) => ("retention" in storage ? storage.retention : undefined));
  const isIndexed = is.kind === "elasticsearch" || is.kind === "opensearch";
  const isOn = !("jobs" in is && is.jobs === false);
  if (!isIndexed || was.kind !== is.kind || before !== undefined || after === undefined || !isOn) return [];
  const loses = `traces older than ${after}, when the cleaner runs next`;
  return [{ what: "storage.retention", change: `set to ${after}`, loses }];
}

/** An archive that nobody looks in any more. */
function endedArchive({ storage: was }: Settings, { storage: is }: Settings): Loss[] {
  const hasArchive = (storage: object) => "archiveRetention" in storage && storage.archiveRetention !== undefined;
  if (was.kind !== is.kind || !hasArchive(was) || hasArchive(is)) return [];
  const isIndexed = is.kind === "elasticsearch" || is.kind === "opensearch";
  const loses = "sight of archived traces until it is written again";
  return [
    {
      what: "storage.archiveRetention",
      change: "taken out",
      loses: isIndexed ? `${loses}; nothing deletes them meanwhile` : loses,
    },
  ];
}

/** What waits on the way that is no longer taken. */
function anotherWay({ buffer: was }: Settings, { buffer: is }: Settings): Loss[] {
  if (was === undefined && is === undefined) return [];
  if (was === undefined) {
    return [
      { what: "buffer", change: "put in", loses: "sight of what waits for Jaeger in queues, until it is taken out" },
    ];
  }
  if (is === undefined) {
    return [{ what: "buffer", change: "taken out", loses: "sight of what waits in Kafka, until it is put in again" }];
  }
  const [before, after] = [was, is].map(({ managed }) => (managed === undefined ? "external" : "managed"));
  if (before === after) return [];
  const loses = "sight of what waits in the Kafka before, until it is changed back";
  return [{ what: "buffer", change: `from ${before} to ${after}`, loses }];
}

/** Every plain value with its path: `storage.retention`. */
const leaves = (value: unknown, path: Path = []): [path: string, value: string | number | boolean][] =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, held]) => leaves(held, [...path, key]))
    : typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [[path.join("."), value]]
      : [];
