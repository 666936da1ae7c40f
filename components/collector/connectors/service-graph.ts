import { goDuration, type Duration } from "../../core/units";
import * as check from "../checks";
import type { Connector } from "../part";
import { httpBuckets } from "./buckets";
import { rising } from "./span-metrics";

export interface ServiceGraphOptions {
  /** Tells several of them apart. @default - the type alone */
  readonly name?: string;
  /** Span attributes that become labels, of both ends: `client_…` and `server_…`. @default - none */
  readonly dimensions?: readonly string[];
  /** @default - those of HTTP instrumentation, 5 ms to 10 s */
  readonly buckets?: readonly [Duration, ...Duration[]];
  /** How long one end of a call waits for the other, and how many may wait. @default - 10 s, since SDKs send every 5 s; 10,000 */
  readonly store?: { readonly ttl?: Duration; readonly maxItems?: number };
  /** @default "15s" */
  readonly flushInterval?: Duration;
  /** Attributes that name a peer which sends no spans itself. @default - peer.service, db.name, db.system */
  readonly virtualNodePeerAttributes?: readonly string[];
  /**
   * Attributes that name a database, which sends no spans either. Each value is a node for at least 15 minutes, and there
   * is no limit to them.
   *
   * @default - db.name
   */
  readonly databaseNameAttributes?: readonly string[];
}

/**
 * Counts calls between services: `traces_service_graph_request_total` and so on. Both spans of a call must reach one
 * process, so behind several Collectors it stands where traces are whole.
 *
 * Source: connector/servicegraphconnector of the Collector's contrib repository.
 */
export const serviceGraph = ({
  name,
  dimensions = [],
  buckets = httpBuckets,
  store: { ttl = "10s", maxItems = 10_000 } = {},
  flushInterval = "15s",
  virtualNodePeerAttributes = [],
  databaseNameAttributes = [],
}: ServiceGraphOptions = {}): Connector<"traces", "metrics"> => ({
  role: "connector",
  type: "service_graph",
  formerly: { type: "servicegraph", before: "0.158.0" },
  ...(name !== undefined && { name }),
  accepts: { traces: true },
  emits: { metrics: true },
  config: {
    latency_histogram_buckets: buckets.map(goDuration),
    ...(dimensions.length > 0 && { dimensions }),
    store: { ttl: goDuration(ttl), max_items: maxItems },
    metrics_flush_interval: goDuration(flushInterval),
    ...(virtualNodePeerAttributes.length > 0 && { virtual_node_peer_attributes: virtualNodePeerAttributes }),
    ...(databaseNameAttributes.length > 0 && { database_name_attributes: databaseNameAttributes }),
  },
  problems: [
    ...rising(buckets),
    ...check.duration("store.ttl", ttl),
    ...check.count("store.maxItems", maxItems),
    ...check.duration("flushInterval", flushInterval),
  ],
});
