import { kafkaBuffer, type TraceBuffer } from "../../components/buffer/buffer";
import type { Search, TraceStorage } from "../../components/storage/storage";
import { badger } from "../../components/storage/backends/badger";
import { cassandra } from "../../components/storage/backends/cassandra";
import { elasticsearch } from "../../components/storage/backends/elasticsearch";
import { memory } from "../../components/storage/backends/memory";
import { opensearch } from "../../components/storage/backends/opensearch";
import type { EngineName } from "../../toolchain/engines";

/** A storage that sits the exam. */
export interface Candidate {
  /** The engine it needs, and the port that engine gets here. @default - Jaeger itself is the engine */
  readonly engine?: { readonly name: EngineName; readonly port: number };
  /** Kafka before it, and the port that gets here. @default - the Collector sends to Jaeger */
  readonly buffer?: number;
  /** The storage for one sitting: `name` is a word of letters and digits that no other sitting has. */
  readonly storage: (name: string) => TraceStorage;
  /** What is there of all it has acknowledged, once Jaeger, or the engine, has been killed and started again. */
  readonly keeps: "everything" | "nothing" | "what was written";
  /** What older Jaegers answer otherwise. */
  readonly exceptions?: Readonly<Record<string, Partial<Search>>>;
  /** Traces that are sent at once and read back. @default 10_000 */
  readonly traces?: number;
  /** Spans a second that are sent while something is killed. */
  readonly spansPerSecond: number;
}

const ports = { cassandra: 8142, opensearch: 8241, elasticsearch: 8251, kafka: 8261 } as const;

const indexed = (make: typeof opensearch, port: number) => (name: string) =>
  make({ external: { urls: [`http://127.0.0.1:${port}`] }, prefix: name, replicas: 0 });

/** A topic of its own for one sitting. */
export const onKafka = (port: number, topic: string): TraceBuffer =>
  kafkaBuffer({ external: { brokers: [`127.0.0.1:${port}`], tls: false }, topic });

export const candidates: Readonly<Record<string, Candidate>> = {
  memory: {
    storage: () => memory(),
    keeps: "nothing",
    exceptions: { "2.13.0": { failure: "nothing" } },
    spansPerSecond: 200,
  },
  badger: {
    storage: () => badger({ size: "1 GiB" }),
    keeps: "everything",
    spansPerSecond: 200,
  },
  cassandra: {
    engine: { name: "cassandra", port: ports.cassandra },
    storage: (name) =>
      cassandra({
        external: { servers: [`127.0.0.1:${ports.cassandra}`], datacenter: "datacenter1", tls: false },
        keyspace: name,
        replicationFactor: 1,
      }),
    keeps: "everything",
    traces: 500,
    spansPerSecond: 50,
  },
  opensearch: {
    engine: { name: "opensearch", port: ports.opensearch },
    storage: indexed(opensearch, ports.opensearch),
    keeps: "what was written",
    traces: 2_000,
    spansPerSecond: 200,
  },
  elasticsearch: {
    engine: { name: "elasticsearch", port: ports.elasticsearch },
    storage: indexed(elasticsearch, ports.elasticsearch),
    keeps: "what was written",
    traces: 2_000,
    spansPerSecond: 200,
  },
  /** Traces wait in Kafka for OpenSearch. */
  kafka: {
    engine: { name: "opensearch", port: ports.opensearch },
    buffer: ports.kafka,
    storage: indexed(opensearch, ports.opensearch),
    keeps: "what was written",
    traces: 2_000,
    spansPerSecond: 200,
  },
};
