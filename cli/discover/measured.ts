import type { Call, Seen, Traffic } from "../../components/discovery";
import { edgeRequests, failed, served, spanCalls } from "../../components/prometheus/metrics";
import type { Backend } from "../verify/backend";
import { instant, type Instant } from "../verify/instant";

/** What Prometheus knows of services that send spans, over the last hour. */
export interface Measured extends Seen {
  /** By name of the service. */
  readonly traffic: Readonly<Record<string, Traffic>>;
}

export const queries = {
  rate: `sum by (service_name) (rate(${spanCalls}{${served}}[1h]))`,
  failing: `sum by (service_name) (rate(${spanCalls}{${served},${failed}}[1h]))`,
  calls: `sum by (client, server) (increase(${edgeRequests}[1h])) > 0`,
  sending: `group by (service_name) (${spanCalls})`,
  routeless: `group by (service_name) (${spanCalls}{span_kind="SPAN_KIND_SERVER",http_request_method!="",http_route=""})`,
} as const;

/** @throws NoAnswer where Prometheus does not answer */
export async function measured(prometheus: Backend): Promise<Measured> {
  const result = (query: string) => instant(prometheus, query);
  const [rate, failing, calls, sending, routeless] = await Promise.all([
    result(queries.rate),
    result(queries.failing),
    result(queries.calls),
    result(queries.sending),
    result(queries.routeless),
  ]);
  const byService = (series: readonly Instant[]) =>
    new Map(series.map(({ metric, value: [, value] }) => [metric["service_name"] ?? "", Number(value)]));
  const [rates, failures] = [byService(rate), byService(failing)];
  return {
    traffic: Object.fromEntries(
      [...rates].map(([name, each]) => [name, { rate: each, errors: each > 0 ? (failures.get(name) ?? 0) / each : 0 }]),
    ),
    calls: calls.flatMap(({ metric: { client: from, server: to } }): Call[] =>
      from === undefined || to === undefined || from === to ? [] : [{ from, to }],
    ),
    sending: [...byService(sending).keys()].sort(),
    routeless: [...byService(routeless).keys()].sort(),
  };
}
