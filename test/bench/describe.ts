import { execa } from "execa";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

export interface Described {
  readonly objects: number;
  readonly bytes: number;
  readonly cpuSeconds: number;
  readonly rssMegabytes: number;
  /** Modules of Pulumi that were loaded. */
  readonly pulumi: number;
}

/** Plans and renders a stack of at least 300 objects in a process of its own, from the compiled library as importers get it. */
export async function describe(): Promise<Described> {
  await execa("npm", ["run", "--silent", "prepack"], { cwd: root });
  const { stdout } = await execa("node", ["--eval", program], { cwd: root });
  return JSON.parse(stdout) as Described;
}

/** A node of a large estate: a Collector, a Jaeger, a Prometheus and a VictoriaLogs, again and again. */
const program = `
  const s = require("./dist/components/describe.js");
  const planner = s.dockerPlanner({ name: "bench" });
  const workloads = [];
  for (let i = 0; workloads.length < 80; i++) {
    const at = planner.locate("jaeger-" + i, s.jaegerPorts);
    const store = planner.locate("prometheus-" + i, s.prometheusPorts);
    const receiver = s.otlp();
    const spans = s.spanMetrics();
    workloads.push(
      s.otelCollector("collector-" + i, { pipelines: {
        traces: { receivers: [receiver], exporters: [spans, s.otlpGrpc({ name: "jaeger", to: at["otlp-grpc"], queue: { durability: "disk" } })] },
        metrics: { receivers: [receiver, spans], exporters: [s.otlpHttp({ name: "prometheus", to: store.http, path: "/api/v1/otlp" })] },
      } }),
      s.jaeger("jaeger-" + i, { storage: s.badger({ size: "20 GiB" }), metrics: store.http }),
      s.prometheus("prometheus-" + i, { size: "10 GiB", scrape: { jaeger: [at.metrics] }, rules: s.tracingRules() }),
      s.victoriaLogs("victorialogs-" + i, { size: "10 GiB" }),
    );
  }
  const objects = planner.plan(workloads);
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({
    objects: objects.length,
    bytes: JSON.stringify(objects).length,
    cpuSeconds: (user + system) / 1e6,
    rssMegabytes: process.resourceUsage().maxRSS / 1024,
    pulumi: Object.keys(require.cache).filter((path) => path.includes("@pulumi")).length,
  }));
`;
