import { badger } from "./backends/badger";
import { cassandra } from "./backends/cassandra";
import { clickhouse } from "./backends/clickhouse";
import { elasticsearch } from "./backends/elasticsearch";
import { grpc } from "./backends/grpc";
import { memory } from "./backends/memory";
import { opensearch } from "./backends/opensearch";
import type { TraceStorage } from "./storage";

/** Every backend: adding one is its file and a line here. */
const backends = {
  memory,
  badger,
  cassandra,
  elasticsearch,
  opensearch,
  clickhouse,
  grpc,
} satisfies Record<string, (options: never) => TraceStorage>;

export type StorageKind = keyof typeof backends;
type OptionsOf<K extends StorageKind> = NonNullable<Parameters<(typeof backends)[K]>[0]>;

/** A storage as a settings file writes it: `{ kind: badger, size: 20 GiB }`. */
export type StorageSpec<K extends StorageKind = StorageKind> = {
  [P in K]: { readonly kind: P } & OptionsOf<P>;
}[K];

const makers: { readonly [K in StorageKind]: (options: OptionsOf<K>) => TraceStorage } = backends;

/** The storage a settings file asks for. What is wrong with it comes back as problems. */
export function traceStorage<K extends StorageKind>(spec: StorageSpec<K>): TraceStorage {
  return isKnown(spec) ? makers[spec.kind](spec) : unknown(spec);
}

/** Settings files may hold anything: the type alone says nothing about them. */
const isKnown = (spec: unknown): boolean =>
  typeof spec === "object" && spec !== null && "kind" in spec && Object.hasOwn(backends, String(spec.kind));

function unknown(spec: unknown): TraceStorage {
  const kind = typeof spec === "object" && spec !== null && "kind" in spec ? spec.kind : undefined;
  const known = Object.keys(backends).join(" or ");
  return {
    kind: String(kind),
    config: {},
    shared: true,
    problems: [
      kind === undefined
        ? { path: "kind", reason: "missing", remedy: `write ${known}, as in { kind: badger, size: 20 GiB }` }
        : { path: "kind", value: kind, reason: "unknown trace storage", remedy: `write ${known}` },
    ],
  };
}
