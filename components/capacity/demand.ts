import type { Problem } from "../core/problems";
import type { Duration } from "../core/units";
import { inSeconds, isDuration } from "../core/units";

/** What a tracing platform is to take. One of the two rates has to be given, and how many endpoints there are. */
export interface Demand {
  /** Requests that users make, a day. Each becomes one trace. */
  readonly requestsPerDay?: number;
  /** Spans a second, on average over a day, before any sampling; instead of requests. */
  readonly spansPerSecond?: number;
  /** The busiest minutes against the average of a day. @default 3 */
  readonly peakFactor?: number;
  /** Spans of one request. A sample measures it. @default 20 */
  readonly spansPerRequest?: number;
  /** Bytes of one span as OTLP carries it, before compression. A sample measures it. @default 643 */
  readonly bytesPerSpan?: number;
  /** Attributes of one span, its events and its resource, `service.name` included. A sample measures it. @default 11 */
  readonly attributesPerSpan?: number;
  /** Endpoints of all services: `GET /orders/{id}` is one. */
  readonly endpoints: number;
  /** @default - one for ten endpoints */
  readonly services?: number;
  /** Span names for one endpoint: its own, and those of the calls it makes. @default 2 */
  readonly spanNamesPerEndpoint?: number;
  /** Share of requests for which SDKs make spans at all, above 0 up to 1. @default 1 */
  readonly headShare?: number;
  /** Share of what arrives that tail sampling keeps, above 0 up to 1. @default 1 */
  readonly keptShare?: number;
  /** How long a sampler waits for the rest of a trace. @default "30s" */
  readonly decisionWait?: Duration;
  /** How long traces can be found. @default "7d" */
  readonly retention?: Duration;
  /** How long the next hop may be away with nothing lost. @default "1h" */
  readonly outage?: Duration;
  /** How long the storage may be away where traces wait for it in Kafka. @default "24h" */
  readonly bufferOutage?: Duration;
  /** Machines with an agent each. @default - one for 500 requests a second at peak, and at least 3 */
  readonly nodes?: number;
  /** CPUs of one Collector or Jaeger process. @default 2 */
  readonly cpusPerReplica?: number;
  /** @default "15d" */
  readonly metricsRetention?: Duration;
  /** Lines of log for one request. @default 5 */
  readonly logLinesPerRequest?: number;
  /** @default 300 */
  readonly bytesPerLogLine?: number;
  /** @default "7d" */
  readonly logsRetention?: Duration;
}

/** A demand with every default filled in. */
export type CompleteDemand = Required<Omit<Demand, "requestsPerDay" | "spansPerSecond">> & {
  /** On average, before any sampling. */
  readonly requestsPerSecond: number;
};

const secondsOfDay = 86_400;
/** Assumed: what the services of one machine answer. */
const requestsPerSecondOfNode = 500;

/** How long a hop or a store may be away without loss, unless it is said. */
export const usualOutage: Duration = "1h";

/** Fills in what was not said. Call {@link demandProblems} first: figures that make no sense stay as they are. */
export function complete(demand: Demand): CompleteDemand {
  const { requestsPerDay, spansPerSecond, ...rest } = demand;
  const spansPerRequest = demand.spansPerRequest ?? 20;
  const requestsPerSecond =
    requestsPerDay === undefined ? (spansPerSecond ?? 0) / spansPerRequest : requestsPerDay / secondsOfDay;
  return {
    peakFactor: 3,
    bytesPerSpan: 643,
    attributesPerSpan: 11,
    services: Math.ceil(demand.endpoints / 10),
    spanNamesPerEndpoint: 2,
    headShare: 1,
    keptShare: 1,
    decisionWait: "30s",
    retention: "7d",
    outage: usualOutage,
    bufferOutage: "24h",
    nodes: Math.max(3, Math.ceil((requestsPerSecond * (demand.peakFactor ?? 3)) / requestsPerSecondOfNode)),
    cpusPerReplica: 2,
    metricsRetention: "15d",
    logLinesPerRequest: 5,
    bytesPerLogLine: 300,
    logsRetention: "7d",
    ...rest,
    spansPerRequest,
    requestsPerSecond,
  };
}

const above = ["requestsPerDay", "spansPerSecond", "spansPerRequest", "bytesPerSpan", "cpusPerReplica"] as const;
const counts = ["endpoints", "services", "spanNamesPerEndpoint", "nodes"] as const;
const shares = ["headShare", "keptShare"] as const;
const amounts = ["attributesPerSpan", "logLinesPerRequest", "bytesPerLogLine"] as const;
const times = ["decisionWait", "retention", "outage", "bufferOutage", "metricsRetention", "logsRetention"] as const;

/** Everything that is wrong with a demand. */
export function demandProblems(demand: Demand): Problem[] {
  const checked = <K extends keyof Demand>(
    keys: readonly K[],
    fits: (value: NonNullable<Demand[K]>) => boolean,
    reason: string,
    remedy: string,
  ): Problem[] =>
    keys.flatMap((path) => {
      const value = demand[path];
      return value === undefined || fits(value) ? [] : [{ path, value, reason, remedy }];
    });
  const { requestsPerDay, spansPerSecond, spansPerRequest = 20, services, endpoints } = demand;
  const problems = [
    ...checked(above, (value) => value > 0 && Number.isFinite(value), "must be a number above 0", "write as 1000000"),
    ...checked(
      counts,
      (value) => Number.isSafeInteger(value) && value > 0,
      "must be a whole number above 0",
      "write as 600",
    ),
    ...checked(
      shares,
      (value) => value > 0 && value <= 1,
      "must be a share above 0, up to 1",
      "write 0.1 for one in ten",
    ),
    ...checked(
      amounts,
      (value) => value >= 0 && Number.isFinite(value),
      "must be a number, 0 or more",
      "write 0 for none",
    ),
    ...checked(
      ["peakFactor"],
      (value) => value >= 1 && Number.isFinite(value),
      "must be at least 1: a peak is no less than the average",
      "write as 3",
    ),
    ...checked(
      times,
      (value) => isDuration(value) && inSeconds(value) > 0,
      "must be a duration above 0",
      'write as "30s", "72h" or "7d"',
    ),
  ];
  if (demand.endpoints === undefined) {
    problems.push({ path: "endpoints", reason: "missing", remedy: "give their number, or a sample" });
  }
  if ((requestsPerDay === undefined) === (spansPerSecond === undefined)) {
    problems.push({
      path: "requestsPerDay",
      reason: requestsPerDay === undefined ? "no rate is given" : "two rates are given",
      remedy: "give requests per day or spans per second",
    });
  }
  if (spansPerRequest < 1) {
    problems.push({
      path: "spansPerRequest",
      value: spansPerRequest,
      reason: "less than one span",
      remedy: "set headShare to the share of requests that SDKs trace",
    });
  }
  if (services !== undefined && services > endpoints) {
    problems.push({
      path: "services",
      value: services,
      reason: `more than endpoints (${endpoints})`,
      remedy: "count at least one endpoint for each service",
    });
  }
  return problems;
}
