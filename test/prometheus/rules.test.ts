import assert from "node:assert/strict";
import { ruleProblems } from "../../components/prometheus/rule";
import { tracingRules } from "../../components/prometheus/rules";
import { logStoreKinds } from "../../components/logs";
import { scenariosWith } from "./rule-scenarios";
import { alertsWith, allRules, promtoolFiles } from "./rule-tests";

const alerts = alertsWith("victorialogs");

describe("rules on the health of tracing", () => {
  it("are these alerts", () => {
    assert.deepEqual(
      alerts.map(({ alert, severity }) => `${severity} ${alert}`),
      [
        "critical TargetDown",
        "warning TargetRestarts",
        "critical ProcessesMissing",
        "critical SpansDropped",
        "critical SpansQueueFull",
        "warning SpansRefused",
        "critical PointsDropped",
        "critical PointsQueueFull",
        "warning PointsRefused",
        "critical LogsDropped",
        "critical LogsQueueFull",
        "warning LogsRefused",
        "warning QueueFilling",
        "critical QueueCannotBeWritten",
        "critical MemoryLimiterRefuses",
        "warning NodeUnmeasured",
        "critical SpanMetricsMissing",
        "warning SpansTruncated",
        "warning ServiceGraphOverflows",
        "info ServiceGraphUnpaired",
        "warning SpanNamesTooMany",
        "warning ServicesTooMany",
        "warning ServiceGraphTooLarge",
        "warning SeriesTooMany",
        "critical LedgerOpen",
        "critical SamplerRestarted",
        "critical TracesEvicted",
        "warning SamplerFull",
        "critical TracesTooLarge",
        "warning SpansLate",
        "warning DecisionsSlow",
        "critical GatewaysDisagree",
        "warning SamplerRefuses",
        "warning BudgetExceeded",
        "warning ErrorsCapped",
        "warning ProfileStale",
        "info ClassEmpty",
        "warning SenderRefused",
        "warning NewServicesRefused",
        "critical BufferNotRead",
        "critical BufferUnreadable",
        "warning BufferBehind",
        "critical TraceStorageErrors",
        "warning TraceStorageSlow",
        "critical SpansNotStored",
        "critical TraceDiskLow",
        "warning TraceVolumeFull",
        "critical VolumeLow",
        "warning VolumeFullTomorrow",
        "warning VolumeUnmeasured",
        "critical RulesFail",
        "critical MetricsStorageFails",
        "warning MetricsVolumeFull",
        "info MetricsRetentionCut",
        "warning MetricsTooOld",
        "warning PointsChanged",
        "info Watchdog",
        "critical AlertsNotTaken",
        "critical AlertsNotSent",
        "warning LogsTruncated",
        "warning LogsDiscarded",
        "critical LogStoreReadOnly",
        "critical LogDiskLow",
        "warning LogRetentionShort",
      ],
    );
    assert.deepEqual(
      alertsWith("loki")
        .map(({ alert, severity }) => `${severity} ${alert}`)
        .slice(-3),
      ["warning LogsDiscarded", "critical LogDiskLow", "warning LogRetentionStalled"],
    );
  });

  it("are well formed, and each alert is named once", () => {
    for (const logs of logStoreKinds) {
      assert.deepEqual(Object.values(allRules(logs)).flatMap(ruleProblems), []);
      const names = alertsWith(logs).map(({ alert }) => alert);
      assert.equal(new Set(names).size, names.length);
    }
  });

  it("say what to do in whole sentences", () => {
    assert.deepEqual(
      alerts.filter(({ summary, description }) => summary.endsWith(".") || !description.endsWith(".")),
      [],
    );
  });

  it("are each tried by promtool, firing and quiet", () => {
    for (const logs of logStoreKinds) {
      const names = alertsWith(logs).map(({ alert }) => alert);
      assert.deepEqual(Object.keys(scenariosWith(logs)).sort(), [...names].sort());
      const tests = promtoolFiles(logs)["tests.yml"] ?? "";
      assert.deepEqual(
        names.filter((name) => !tests.includes(`name: ${name} fires`) || !tests.includes(`name: ${name} is quiet`)),
        ["Watchdog"],
      );
    }
  });

  it("watch Badger's disk where traces are kept in Badger, against the size it was planned with", () => {
    const jaeger = (rules: ReturnType<typeof tracingRules>) =>
      rules.jaeger[0]?.rules.map((rule) => ("alert" in rule ? `${rule.alert}: ${rule.expr}` : "")).slice(3);
    assert.deepEqual(jaeger(tracingRules({ storage: { kind: "badger", size: "20 GiB" } })), [
      "TraceDiskLow: jaeger_storage_badger_value_log_bytes_available < 2147483648",
      "TraceVolumeFull: jaeger_storage_badger_size_bytes_lsm + jaeger_storage_badger_size_bytes_vlog - 2147483648 > 19327352832",
    ]);
    assert.deepEqual(jaeger(tracingRules({ storage: { kind: "memory" } })), []);
    assert.deepEqual(jaeger(tracingRules()), []);
  });

  it("watch samplers where there are any, and count processes of which there should be several", () => {
    const names = (options: Parameters<typeof tracingRules>[0]) =>
      Object.values(tracingRules(options))
        .flat()
        .flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])));
    const without = names({});
    assert.deepEqual(
      names({ tailSampling: true, processes: { sampler: 2 } }).filter((alert) => !without.includes(alert)),
      [
        "ProcessesMissing",
        "SamplerRestarted",
        "TracesEvicted",
        "TracesTooLarge",
        "SpansLate",
        "DecisionsSlow",
        "GatewaysDisagree",
        "SamplerRefuses",
      ],
    );
  });

  it("refuse a size that is none, with the alert that compares with it", () => {
    const rules = tracingRules({ storage: { kind: "badger", size: "20" as never } });
    assert.deepEqual(
      ruleProblems(rules.jaeger).map(({ path, reason }) => `${path}: ${reason}`),
      ["jaeger.TraceVolumeFull.expr: contains NaN"],
    );
  });
});
