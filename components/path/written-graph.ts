import type { Signal } from "../collector/part";
import { largestSent, queueFacts, stateOf } from "./facts";
import type { Answer, Edge, Hop, PathGraph } from "./graph";
import { meant, used, type Collector, type Component } from "./read/collector";
import { child, items, number, partlyKnown } from "./read/node";
import { behind, processorsOf, through, type Edge as WrittenEdge, type Located, type Written } from "./read/written";

/** What configuration does not say of a process, by its name. */
export interface Known {
  /** Memory of its container, in bytes. */
  readonly memory?: number;
  /** Age in seconds above which it refuses. */
  readonly window?: number;
  /** Largest request that it takes, in bytes. */
  readonly takes?: number;
  /** Other processes that it writes to, each with the number of the port. */
  readonly connects?: readonly { readonly name: string; readonly port: number }[];
}

const signals = ["traces", "metrics", "logs"] as const;

/** The path that Collectors and Jaegers make by their configuration, with what is known of each process besides. */
export function graphOf(written: Written, known: Readonly<Record<string, Known>> = {}): PathGraph {
  const edges = written.collectors.flatMap((collector) => [
    ...written.edges.filter(({ from }) => from === collector).map((edge) => sent(edge, known)),
    ...queued(collector, known),
    ...kept(collector, known),
  ]);
  const processes = written.collectors.map((collector): Hop => {
    const { memory, window } = known[collector.name] ?? {};
    return {
      name: collector.name,
      kind: isJaeger(collector) ? "jaeger" : "collector",
      ...(memory !== undefined && { memory }),
      ...(window !== undefined && { window }),
      answers: answersOf(written, collector),
      state: stateOf(collector, memory),
    };
  });
  const others = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].filter(
    (to) => !processes.some(({ name }) => name === to),
  );
  return {
    hops: [
      ...processes,
      ...others.map((name): Hop => {
        const { memory, window } = known[name] ?? {};
        return {
          name,
          kind: known[name] === undefined ? "unknown" : "store",
          ...(memory !== undefined && { memory }),
          ...(window !== undefined && { window }),
          answers: {},
          state: [],
        };
      }),
    ],
    edges,
  };
}

const isJaeger = (collector: Collector): boolean => used(collector, "exporters", "jaeger_storage_exporter").length > 0;

/** What a process sends over OTLP. */
function sent({ from, exporter, protocol, addresses, to }: WrittenEdge, known: Readonly<Record<string, Known>>): Edge {
  const [address] = addresses;
  const named = known[from.name]?.connects?.filter(({ port }) => port === address?.port) ?? [];
  const neighbour = named.length > 1 ? named.find(({ name }) => address?.host?.includes(name)) : named[0];
  const end = to?.collector.name ?? neighbour?.name ?? address?.written ?? "?";
  const [sends, takes, queue] = [largestSent(exporter), to?.takesBytes ?? known[end]?.takes, queueFacts(exporter)];
  return {
    from: from.name,
    to: end,
    by: exporter.id,
    protocol,
    signals: signalsOf(from, exporter),
    ...(sends !== undefined && { sends }),
    ...(takes !== undefined && { takes }),
    ...(queue && { queue }),
  };
}

const signalsOf = (collector: Collector, exporter: Component): Signal[] =>
  signals.filter((signal) => through(collector, exporter).some(({ pipeline }) => pipeline.signal === signal));

/** What a process puts into Kafka, and what Jaeger takes from there. */
function queued(collector: Collector, known: Readonly<Record<string, Known>>): Edge[] {
  const named = known[collector.name]?.connects?.find(({ port }) => kafkaPorts.includes(port))?.name;
  const brokers = ({ config }: Component) => named ?? partlyKnown(items(child(config, "brokers"))[0]) ?? "kafka";
  return [
    ...used(collector, "exporters", "kafka").map((exporter): Edge => {
      const [sends, queue] = [largestSent(exporter), queueFacts(exporter)];
      const takes = number(child(exporter.config, "producer", "max_message_bytes"));
      return {
        from: collector.name,
        to: brokers(exporter),
        by: exporter.id,
        protocol: "kafka",
        signals: signalsOf(collector, exporter),
        ...(sends !== undefined && { sends }),
        ...(takes !== undefined && { takes }),
        ...(queue && { queue }),
      };
    }),
    ...used(collector, "receivers", "kafka").map((receiver): Edge => ({
      from: brokers(receiver),
      to: collector.name,
      by: receiver.id,
      protocol: "kafka",
      signals: ["traces"],
    })),
  ];
}
const kafkaPorts: readonly number[] = [9092, 9093];

/** What Jaeger writes into its storage. */
const kept = (collector: Collector, known: Readonly<Record<string, Known>>): Edge[] =>
  !isJaeger(collector)
    ? []
    : (known[collector.name]?.connects ?? [])
        .filter(({ port }) => [9042, 9200, 9000].includes(port))
        .map(({ name }) => ({
          from: collector.name,
          to: name,
          by: "storage",
          protocol: "storage",
          signals: ["traces"],
        }));

/** What the answer of a process to each signal means: what the first thing behind its receivers does that answers. */
function answersOf(written: Written, collector: Collector): Hop["answers"] {
  return Object.fromEntries(
    signals.flatMap((signal) => {
      const start = collector.pipelines.find(
        (pipeline) => pipeline.signal === signal && pipeline.receivers.some(({ id }) => isOtlp(collector, id)),
      );
      const answer = start && answerOf(written, { collector, pipeline: start });
      return answer === undefined ? [] : [[signal, answer]];
    }),
  ) as Hop["answers"];
}

const isOtlp = (collector: Collector, id: string): boolean =>
  ["otlp", "kafka"].includes(meant(collector, "receivers", id)?.type ?? "");

function answerOf(written: Written, start: Located): Answer | undefined {
  const way = [start, ...behind(written, start)].filter(({ pipeline }) => pipeline.signal === start.pipeline.signal);
  for (const place of way) {
    if (processorsOf(place).some(({ type }) => type === "tail_sampling")) return "waits in memory";
    for (const { id } of place.pipeline.exporters) {
      const exporter = meant(place.collector, "exporters", id);
      if (exporter === undefined || exporter.section === "connectors") continue;
      const queue = queueFacts(exporter);
      if (queue !== undefined) return queue.on === "disk" ? "queued on disk" : "queued in memory";
    }
  }
  return "stored";
}
