import type { Config } from "../../core/config";
import { connectsTo, hostPort, type Endpoint } from "../../core/platform";
import { within, type Problem } from "../../core/problems";
import { goDuration, type Duration } from "../../core/units";
import type { Needs } from "../../core/workload";
import * as check from "../checks";
import { batchUpTo, unknownNeighbours } from "../limits";
import type { Exporter } from "../part";
import { loginHeader } from "./client";
import { queue, type QueueOptions } from "./queue";

/** How the receivers are found. */
export type Resolver =
  | { readonly kind: "static"; readonly endpoints: readonly [Endpoint, ...Endpoint[]] }
  /** All addresses of one name, asked for again and again (by default every 5 s, for 1 s at most), and shown its login. */
  | { readonly kind: "dns"; readonly endpoint: Endpoint; readonly interval?: Duration; readonly timeout?: Duration }
  /** The endpoints of a Kubernetes service, watched; `service` is `name.namespace`. By default port 4317. */
  | { readonly kind: "k8s"; readonly service: string; readonly ports?: readonly [number, ...number[]] };

export interface LoadBalancingOptions {
  /** Tells several of them apart: `sampler`. */
  readonly name: string;
  readonly resolver: Resolver;
  /** What stays together: all spans of a trace, or all of a service. @default "traceID" */
  readonly routingKey?: "traceID" | "service";
  /** @default false */
  readonly tls?: boolean;
  /** @default "zstd" */
  readonly compression?: "zstd" | "gzip" | "snappy" | "none";
  /** @default - in memory */
  readonly queue?: QueueOptions | "none";
  /** Longest time until all receivers have answered, at whose end all is sent again. @default "5s" */
  readonly timeout?: Duration;
  /**
   * Largest request that a receiver takes, in MiB.
   *
   * @default 4, as gRPC servers have it
   */
  readonly largest?: number;
}

/**
 * Sends everything that belongs together to one of several receivers.
 *
 * Queue and retries stand before the choice of the receiver: behind it they would be lost with a receiver that goes
 * away. A request is split among receivers, and when one of them fails the whole of it is sent again, so receivers may
 * see spans twice. All replicas must have one version of the Collector, since versions choose differently.
 *
 * Source: exporter/loadbalancingexporter/README.md of the Collector's contrib repository.
 */
export function loadBalancing({
  name,
  resolver,
  routingKey = "traceID",
  tls = false,
  compression = "zstd",
  largest = unknownNeighbours.sends,
  timeout,
  ...options
}: LoadBalancingOptions): Exporter<"traces" | "logs"> {
  const { config, extensions, problems } = queue(options.queue);
  const { login } = resolver.kind === "dns" ? resolver.endpoint : {};
  const shown = login && loginHeader(login);
  const until = timeout && { timeout: goDuration(timeout) };
  return {
    role: "exporter",
    type: "load_balancing",
    formerly: { type: "loadbalancing", before: "0.153.0" },
    name,
    carries: { traces: true, logs: true },
    config: {
      routing_key: routingKey,
      ...until,
      resolver: resolverConfig(resolver),
      protocol: {
        otlp: {
          tls: { insecure: !tls },
          ...(shown && { headers: { authorization: shown.reference } }),
          compression,
          ...until,
          retry_on_failure: { enabled: false },
          sending_queue: inParts(largest),
        },
      },
      ...config,
    },
    needs: { ...resolverNeeds(resolver), ...(shown && { env: shown.env }) },
    extensions,
    problems: [
      ...within("queue", problems),
      ...check.count("largest", largest),
      ...check.duration("timeout", timeout),
      ...resolverProblems(resolver),
    ],
  };
}

/**
 * What is for one receiver can be larger than the request it came in: where a resource has spans in several scopes, it is
 * written once for each. So it is cut into parts that the receiver takes. Nothing waits here: the answer comes when every
 * part is answered, and all is sent again when one is not.
 */
const inParts = (mebibytes: number): Config => {
  const { sizer, max } = batchUpTo(mebibytes);
  return {
    enabled: true,
    wait_for_result: true,
    sizer: "requests",
    queue_size: 1_000,
    num_consumers: 100,
    block_on_overflow: true,
    batch: { flush_timeout: "200ms", sizer, min_size: 0, max_size: max },
  };
};

function resolverConfig(resolver: Resolver): Config {
  if (resolver.kind === "static") return { static: { hostnames: resolver.endpoints.map(hostPort) } };
  if (resolver.kind === "k8s") return { k8s: { service: resolver.service, ports: resolver.ports ?? [4317] } };
  const { endpoint, interval = "5s", timeout = "1s" } = resolver;
  return {
    dns: {
      hostname: endpoint.peers ?? endpoint.host,
      port: String(endpoint.port),
      interval: goDuration(interval),
      timeout: goDuration(timeout),
    },
  };
}

function resolverNeeds(resolver: Resolver): Needs {
  if (resolver.kind === "static") return connectsTo(...resolver.endpoints);
  if (resolver.kind === "dns") return connectsTo(resolver.endpoint);
  return {
    access: [{ apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["get", "list", "watch"] }],
  };
}

function resolverProblems(resolver: Resolver): Problem[] {
  if (resolver.kind === "static") {
    return [
      ...check.some("resolver.endpoints", resolver.endpoints, "name a receiver"),
      ...resolver.endpoints.flatMap((to, i) => check.bare(`resolver.endpoints.${i}`, to)),
    ];
  }
  if (resolver.kind === "dns") {
    return [
      ...check.bare("resolver.endpoint", resolver.endpoint),
      ...check.duration("resolver.interval", resolver.interval),
      ...check.duration("resolver.timeout", resolver.timeout),
    ];
  }
  return check.unless(/^[a-z0-9-]+\.[a-z0-9-]+$/.test(resolver.service), {
    path: "resolver.service",
    value: resolver.service,
    reason: "not a service and its namespace",
    remedy: 'write both, as "sampler-headless.tracing"',
  });
}
