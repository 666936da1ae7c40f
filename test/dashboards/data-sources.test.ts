import assert from "node:assert/strict";
import { yaml } from "../../components/core/config";
import { external } from "../../components/core/platform";
import { dataSources } from "../../components/dashboards/data-sources";

const args = {
  prometheus: external("prometheus:9090"),
  jaeger: external("jaeger:16686"),
  logs: { kind: "loki", at: external("loki:3100") },
} as const;

/** What Grafana makes of a value in a provisioning file: every variable is empty here. */
const interpolated = (text: string) =>
  text
    .split("$$")
    .map((part) => part.replaceAll(/\$(\w+|\{[^}]*\})/g, ""))
    .join("$");

describe("dataSources", () => {
  it("says how to go from a span to logs and metrics, from a line and an exemplar to a trace", () => {
    assert.equal(
      yaml(dataSources(args)),
      `apiVersion: 1
prune: true
datasources:
  - name: Prometheus
    uid: prometheus
    type: prometheus
    access: proxy
    url: http://prometheus:9090
    isDefault: true
    editable: false
    jsonData:
      httpMethod: POST
      prometheusType: Prometheus
      timeInterval: 15s
      manageAlerts: true
      exemplarTraceIdDestinations:
        - name: trace_id
          datasourceUid: jaeger
          urlDisplayLabel: Open trace
  - name: Jaeger
    uid: jaeger
    type: jaeger
    access: proxy
    url: http://jaeger:16686
    editable: false
    jsonData:
      nodeGraph:
        enabled: true
      spanBar:
        type: Duration
      traceIdTimeParams:
        enabled: true
      tracesToLogsV2:
        datasourceUid: logs
        spanStartTimeShift: -5m
        spanEndTimeShift: 5m
        customQuery: true
        query: '{service_name=~".+"} | trace_id="$\${__trace.traceId}"'
      tracesToMetrics:
        datasourceUid: prometheus
        spanStartTimeShift: -15m
        spanEndTimeShift: 15m
        queries:
          - name: Calls a second
            query: sum by (service_name) (rate(traces_span_metrics_calls_total{span_name="$\${__span.name}"}[5m]))
          - name: Failed share
            query: (sum by (service_name) (rate(traces_span_metrics_calls_total{status_code="STATUS_CODE_ERROR",span_name="$\${__span.name}"}[5m])) or 0 * sum by (service_name) (rate(traces_span_metrics_calls_total{span_name="$\${__span.name}"}[5m]))) / (sum by (service_name) (rate(traces_span_metrics_calls_total{span_name="$\${__span.name}"}[5m])) > 0)
          - name: Duration, 95th percentile
            query: histogram_quantile(0.95, sum by (le, service_name) (rate(traces_span_metrics_duration_milliseconds_bucket{span_name="$\${__span.name}"}[5m]))) >= 0
  - name: Logs
    uid: logs
    type: loki
    access: proxy
    url: http://loki:3100
    editable: false
    jsonData:
      maxLines: "1000"
      derivedFields:
        - name: Trace
          matcherType: label
          matcherRegex: trace_id
          url: $\${__value.raw}
          datasourceUid: jaeger
          urlDisplayLabel: Open trace
`,
    );
  });

  it("keeps Grafana from reading its own variables as those of the environment", () => {
    const read = interpolated(yaml(dataSources(args)));
    assert.match(read, /\| trace_id="\$\{__trace\.traceId\}"/);
    assert.match(read, /url: \$\{__value\.raw\}/);
    assert.match(read, /span_name="\$\{__span\.name\}"/);
  });

  it("asks VictoriaLogs by its own plugin, in its own words", () => {
    const text = yaml(dataSources({ ...args, logs: { kind: "victorialogs", at: external("victorialogs:9428") } }));
    assert.match(
      text,
      / {4}type: victoriametrics-logs-datasource\n {4}access: proxy\n {4}url: http:\/\/victorialogs:9428\n/,
    );
    assert.match(interpolated(text), /query: trace_id:="\$\{__trace\.traceId\}"\n/);
  });

  it("links to no logs where none are kept", () => {
    const { prometheus, jaeger } = args;
    const text = yaml(dataSources({ prometheus, jaeger }));
    assert.doesNotMatch(text, /logs|loki/i);
  });

  it("takes the longest time between two samples", () => {
    assert.match(yaml(dataSources({ ...args, resolution: "60s" })), /timeInterval: 60s/);
  });
});
