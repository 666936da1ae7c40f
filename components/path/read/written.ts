import { addressFrom, isStranger, type Address } from "./address";
import { meant, used, type Collector, type Component, type Pipeline, type Reference } from "./collector";
import { child, flag, has, items, number, partlyKnown, type Node } from "./node";

/** All that was read, joined into one path. */
export interface Written {
  readonly collectors: readonly Collector[];
  readonly edges: readonly Edge[];
  /** Minor version that all run, 158 for 0.158. Undefined where nobody said so. */
  readonly version?: number;
}

/** An OTLP receiver that listens. */
export interface Listener {
  readonly collector: Collector;
  readonly receiver: Component;
  readonly protocol: "grpc" | "http";
  readonly port: number;
  /** Largest message it takes, after decompression. */
  readonly takesBytes: number;
}

/** An OTLP exporter, and the receiver at the other end where it is in one of the files. */
export interface Edge {
  readonly from: Collector;
  readonly exporter: Component;
  readonly protocol: "grpc" | "http";
  readonly addresses: readonly Address[];
  readonly to?: Listener;
}

/**
 * Sizes that a receiver takes where its file says nothing: 4 MiB over gRPC, 20 MiB over HTTP.
 * Source: google.golang.org/grpc server.go (defaultServerMaxReceiveMessageSize); config/confighttp/server.go (defaultMaxRequestBodySize).
 */
export const defaultTaken = { grpc: 4 * 1024 ** 2, http: 20 * 1024 ** 2 } as const;

/** Joins Collectors: an exporter leads to the receiver of another file that listens on the port it sends to. */
export function join(collectors: readonly Collector[], version?: number): Written {
  const listening = collectors.flatMap(listeners);
  const edges = collectors.flatMap((from) =>
    used(from, "exporters", "otlp_grpc", "otlp_http", "load_balancing").map((exporter): Edge => {
      const protocol = exporter.type === "otlp_http" ? "http" : "grpc";
      const addresses = addressesOf(exporter);
      const to = otherEnd(from, protocol, addresses, listening);
      return { from, exporter, protocol, addresses, ...(to && { to }) };
    }),
  );
  return { collectors, edges: edges.map(withoutReturn), ...(version !== undefined && { version }) };
}

/** Data goes round in no circle: what leads back leads to a process whose file was not given. */
function withoutReturn(edge: Edge, i: number, all: readonly Edge[]): Edge {
  const { to, ...known } = edge;
  const isReturn = all.slice(0, i).some((other) => other.from === to?.collector && other.to?.collector === edge.from);
  return isReturn ? known : edge;
}

function listeners(collector: Collector): Listener[] {
  return used(collector, "receivers", "otlp").flatMap((receiver) =>
    (["grpc", "http"] as const).flatMap((protocol): Listener[] => {
      if (!has(receiver.config, "protocols", protocol)) return [];
      const settings = child(receiver.config, "protocols", protocol);
      const port = addressFrom(partlyKnown(child(settings, "endpoint")) ?? "").port;
      const mebibytes = number(child(settings, "max_recv_msg_size_mib"));
      const bodyBytes = number(child(settings, "max_request_body_size"));
      const takesBytes = protocol === "grpc" ? mebibytes && mebibytes * 1024 ** 2 : bodyBytes;
      return [
        {
          collector,
          receiver,
          protocol,
          port: port ?? (protocol === "grpc" ? 4317 : 4318),
          takesBytes: takesBytes || defaultTaken[protocol],
        },
      ];
    }),
  );
}

/** Where an exporter sends, as far as its file says. */
export function addressesOf({ type, config }: Component): Address[] {
  if (type !== "load_balancing") {
    const keys = ["endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint"];
    return keys.flatMap((key) => partlyKnown(child(config, key)) ?? []).map(addressFrom);
  }
  const resolver = child(config, "resolver");
  const fixed = items(child(resolver, "static", "hostnames")).flatMap((host) => partlyKnown(host) ?? []);
  const dns = partlyKnown(child(resolver, "dns", "hostname"));
  const service = partlyKnown(child(resolver, "k8s", "service"));
  const port = partlyKnown(child(resolver, "dns", "port")) ?? partlyKnown(items(child(resolver, "k8s", "ports"))[0]);
  const found = [...(dns === undefined ? [] : [dns]), ...(service === undefined ? [] : [service])];
  return [...fixed, ...found.map((host) => `${host}:${port ?? "4317"}`)].map((written) => {
    const address = addressFrom(written);
    return address.port === undefined ? { ...address, port: 4317 } : address;
  });
}

/**
 * The receiver that an exporter leads to: of another file, of the same protocol, on the same port. Where several files
 * listen there, the one whose name, or whose folder's, has a word in common with the host, `gateway.yaml` for `otel-gateway:4317`; where that
 * does not decide either, and for addresses outside one's own network, the other end is unknown.
 */
function otherEnd(
  from: Collector,
  protocol: Listener["protocol"],
  addresses: readonly Address[],
  listening: readonly Listener[],
): Listener | undefined {
  const [address] = addresses;
  if (address === undefined || isStranger(address)) return undefined;
  const onPort = listening.filter(
    (one) => one.collector !== from && one.protocol === protocol && one.port === address.port,
  );
  if (onPort.length < 2) return onPort[0];
  // By words that tell hops apart, else by any: `collector.yaml` for `otel-collector:4317`.
  for (const words of [wordsOf, allWordsOf]) {
    const host = words(address.written);
    // The name of a file, else of its folder: `gateway.yaml`, `gateway/config.yaml`.
    for (const part of [-1, -2]) {
      const named = onPort.filter(({ collector }) =>
        words(collector.name.split("/").at(part) ?? "").some((word) => host.includes(word)),
      );
      if (named.length === 1) return named[0];
    }
  }
  return undefined;
}

/** Words that tell no hop from another. */
const common = [
  "otel",
  "opentelemetry",
  "collector",
  "config",
  "configuration",
  "yaml",
  "yml",
  "otelcol",
  "http",
  "dns",
];

const allWordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");

const wordsOf = (name: string): string[] => allWordsOf(name).filter((word) => !common.includes(word));

/** A pipeline of a process. */
export interface Located {
  readonly collector: Collector;
  readonly pipeline: Pipeline;
}

export const pipelines = ({ collectors }: Written): Located[] =>
  collectors.flatMap((collector) => collector.pipelines.map((pipeline) => ({ collector, pipeline })));

const names = (references: readonly Reference[], id: string): boolean => references.some((one) => one.id === id);

/** Pipelines that take what a pipeline sends: through connectors, and through exporters whose other end was read. */
export function next(written: Written, { collector, pipeline }: Located): Located[] {
  return pipeline.exporters.flatMap(({ id }) => {
    const component = meant(collector, "exporters", id);
    if (component === undefined) return [];
    if (component.section === "connectors") {
      return collector.pipelines
        .filter(({ receivers }) => names(receivers, id))
        .map((following) => ({ collector, pipeline: following }));
    }
    const to = written.edges.find(({ from, exporter }) => from === collector && exporter === component)?.to;
    if (to === undefined) return [];
    return to.collector.pipelines
      .filter(({ signal, receivers }) => signal === pipeline.signal && names(receivers, to.receiver.id))
      .map((following) => ({ collector: to.collector, pipeline: following }));
  });
}

/** All pipelines behind one, each once, without itself. */
export function behind(written: Written, start: Located): Located[] {
  const found: Located[] = [];
  const visit = (place: Located): void => {
    for (const following of next(written, place)) {
      if (following.pipeline === start.pipeline || found.some(({ pipeline }) => pipeline === following.pipeline))
        continue;
      found.push(following);
      visit(following);
    }
  };
  visit(start);
  return found;
}

/** Processors of a pipeline, in order, those that are missing left out. */
export const processorsOf = ({ collector, pipeline }: Located): (Component & { readonly reference: Reference })[] =>
  pipeline.processors.flatMap((reference) => {
    const component = meant(collector, "processors", reference.id);
    return component ? [{ ...component, reference }] : [];
  });

/** Pipelines that send through an exporter. */
export const through = (collector: Collector, exporter: Component): Located[] =>
  collector.pipelines
    .filter(({ exporters }) => names(exporters, exporter.id))
    .map((pipeline) => ({ collector, pipeline }));

/** Settings of an exporter's queue, wherever its type keeps them. Undefined where it has none. */
export interface Queue {
  readonly path: readonly string[];
  readonly settings: Node | undefined;
  readonly enabled: boolean;
  /** Id of the extension that keeps it on disk. */
  readonly storage?: string;
}

/**
 * Exporters that queue unless they are told not to.
 * Source: exporter/exporterhelper/README.md; each one's createDefaultConfig.
 */
const queueing = ["otlp_grpc", "otlp_http", "kafka", "zipkin", "clickhouse", "loki", "splunk_hec", "coralogix"];

export function queueOf({ type, config }: Component): Queue | undefined {
  const path = type === "jaeger_storage_exporter" ? ["queue"] : ["sending_queue"];
  const settings = child(config, ...path);
  if (!queueing.includes(type) && !has(config, ...path)) return undefined;
  const storage = partlyKnown(child(settings, "storage"));
  return {
    path,
    settings,
    enabled: flag(child(settings, "enabled")) ?? true,
    ...(storage !== undefined && { storage }),
  };
}
