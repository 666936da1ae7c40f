import assert from "node:assert/strict";
import { external } from "../../components/core/platform";
import { sentence } from "../../components/core/problems";
import { dashboardProvider } from "../../components/dashboards/config";
import { grafana, type GrafanaArgs } from "../../components/dashboards/workload";
import { images } from "../../components/images";
import { yaml } from "../../components/core/config";

const at = (workload: string, port: string, number: number) => ({
  host: workload,
  port: number,
  of: { workload, port },
});
const args: GrafanaArgs = {
  prometheus: at("prometheus", "http", 9090),
  jaeger: at("jaeger", "query", 16686),
  logs: { kind: "loki", at: at("loki", "http", 3100) },
  adminPassword: { secret: "open sesame" },
  secretKey: { secret: "a key" },
};
const content = (workload: ReturnType<typeof grafana>, path: `/${string}`) => {
  const file = workload.files?.[path];
  return file && "content" in file ? file.content : undefined;
};
const dashboardsAt = "/etc/grafana/provisioning/dashboards";

describe("grafana", () => {
  const workload = grafana("grafana", args);

  it("asks nothing of the internet, lets nobody in without a password, and writes only where it may", () => {
    assert.deepEqual(workload.env, {
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
      GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
      GF_ANALYTICS_REPORTING_ENABLED: "false",
      GF_AUTH_ANONYMOUS_ENABLED: "false",
      GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${dashboardsAt}/overview.json`,
      GF_LOG_MODE: "console",
      GF_NEWS_NEWS_FEED_ENABLED: "false",
      GF_PLUGINS_PREINSTALL_AUTO_UPDATE: "false",
      GF_PLUGINS_PREINSTALL_DISABLED: "true",
      GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: "true",
      GF_SECURITY_DISABLE_GRAVATAR: "true",
      GF_SNAPSHOTS_EXTERNAL_ENABLED: "false",
      GF_USERS_ALLOW_SIGN_UP: "false",
      GF_SECURITY_ADMIN_PASSWORD: { secret: "open sesame" },
      GF_SECURITY_SECRET_KEY: { secret: "a key" },
      GOMEMLIMIT: "409MiB",
    });
    assert.deepEqual(workload.volumes, {
      "/var/lib/grafana": { kind: "persistent", name: "data", size: "1 GiB", ownedByImage: true },
      "/tmp": { kind: "scratch", size: "64 MiB" },
    });
  });

  it("asks the internet for one plugin where logs are kept in VictoriaLogs", () => {
    const { env = {}, externals } = grafana("grafana", {
      ...args,
      logs: { kind: "victorialogs", at: at("victorialogs", "http", 9428) },
    });
    assert.equal(env["GF_PLUGINS_PREINSTALL_SYNC"], "victoriametrics-logs-datasource");
    assert.equal(env["GF_PLUGINS_PREINSTALL_DISABLED"], undefined);
    assert.equal(env["GF_PLUGINS_PREINSTALL_AUTO_UPDATE"], "false");
    assert.deepEqual(externals, [{ host: "grafana.com", port: 443 }]);
    assert.deepEqual(workload.externals, []);
  });

  it("is provisioned by files, none of which holds a secret", () => {
    assert.deepEqual(Object.keys(workload.files ?? {}), [
      "/etc/grafana/provisioning/datasources/tracing.yaml",
      `${dashboardsAt}/tracing.yaml`,
      `${dashboardsAt}/overview.json`,
      `${dashboardsAt}/services.json`,
      `${dashboardsAt}/service.json`,
      `${dashboardsAt}/objectives.json`,
      `${dashboardsAt}/service-graph.json`,
      `${dashboardsAt}/collector.json`,
      `${dashboardsAt}/sampling.json`,
      `${dashboardsAt}/ledger.json`,
      `${dashboardsAt}/jaeger.json`,
    ]);
    assert.doesNotMatch(JSON.stringify(workload.files), /open sesame|a key/);
    assert.equal(content(workload, `${dashboardsAt}/tracing.yaml`), yaml(dashboardProvider));
    assert.equal(JSON.parse(content(workload, `${dashboardsAt}/services.json`) ?? "").uid, "tracing-services");
  });

  it("looks for dashboards where they are", () => {
    assert.equal(
      yaml(dashboardProvider),
      `apiVersion: 1
providers:
  - name: tracing
    type: file
    folder: Tracing
    folderUid: tracing
    allowUiUpdates: false
    disableDeletion: false
    updateIntervalSeconds: 30
    options:
      path: /etc/grafana/provisioning/dashboards
`,
    );
  });

  it("connects to its data sources, and is reached from outside only where told, and by password", () => {
    assert.deepEqual(workload.connects, [
      { workload: "prometheus", port: "http", number: 9090 },
      { workload: "jaeger", port: "query", number: 16686 },
      { workload: "loki", port: "http", number: 3100 },
    ]);
    assert.deepEqual(workload.ports, { http: { port: 3000, asks: true } });
    assert.deepEqual(grafana("grafana", { ...args, outside: 8000 }).ports, {
      http: { port: 3000, asks: true, reach: "outside", outside: 8000 },
    });
  });

  it("runs the pinned image and asks it how it is with what the image has", () => {
    assert.equal(workload.image, images.grafana);
    assert.deepEqual(workload.health, {
      port: "http",
      path: "/api/health",
      command: ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/api/health"],
      startup: "3m",
    });
    assert.deepEqual(workload.problems, []);
  });

  it("shows no panel for logs where none are kept", () => {
    const { prometheus, jaeger, adminPassword, secretKey } = args;
    const alone = grafana("grafana", { prometheus, jaeger, adminPassword, secretKey });
    assert.match(content(workload, `${dashboardsAt}/service.json`) ?? "", /"Log lines"/);
    assert.doesNotMatch(content(alone, `${dashboardsAt}/service.json`) ?? "", /"Log lines"|logs/i);
  });

  it("adds dashboards, or puts them in the place of its own", () => {
    const own = { uid: "mine", title: "Mine" };
    const { files = {} } = grafana("grafana", { ...args, dashboards: { overview: own, mine: own } });
    const text = { content: '{\n  "uid": "mine",\n  "title": "Mine"\n}\n' };
    assert.deepEqual(files[`${dashboardsAt}/overview.json`], text);
    assert.deepEqual(files[`${dashboardsAt}/mine.json`], text);
  });

  it("tells Grafana its address, as browsers see it", () => {
    const { env } = grafana("grafana", { ...args, rootUrl: "https://traces.example/grafana" });
    assert.equal(env?.["GF_SERVER_ROOT_URL"], "https://traces.example/grafana");
  });

  it("refuses sizes without unit, an address no browser opens, and a dashboard that fits nowhere", () => {
    const { problems = [] } = grafana("grafana", {
      ...args,
      prometheus: external("elsewhere:9090"),
      size: "0 GiB",
      memory: "lots" as "1 GiB",
      resolution: "0s",
      rootUrl: "traces.example",
      dashboards: { huge: { title: "x".repeat(1024 ** 2) } },
    });
    assert.deepEqual(problems.map(sentence), [
      'size: not a size, got "0 GiB"; write it with its unit, as "20 GiB"',
      'memory: not a size, got "lots"; write it with its unit, as "20 GiB"',
      'resolution: not a duration, got "0s"; write it with its unit, as "72h" or "7d"',
      'rootUrl: not a web address, got "traces.example"; write it in full, as "https://traces.example"',
      `files.${dashboardsAt}/huge.json: more than 1 MiB; make it two dashboards`,
    ]);
  });
});
