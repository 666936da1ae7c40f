import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { ask } from "../../cli/verify/backend";
import { instant } from "../../cli/verify/instant";
import { prometheus } from "../../components/prometheus/workload";
import { tracingRules } from "../../components/prometheus/rules";
import { yaml } from "../../components/core/config";
import { external } from "../../components/core/platform";
import { start } from "../bench/process";
import { fill } from "./folder";

const alerts = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        state: z.string(),
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()),
      }),
    ),
  }),
});
export type FiringAlert = z.infer<typeof alerts>["data"]["alerts"][number];

/** A Prometheus with all rules of a stack that does not sample, for one test. */
export interface PrometheusProcess {
  /** Value of each series, by the one label that is asked for. */
  values(query: string, label: string): Promise<Readonly<Record<string, number>>>;
  firing(): Promise<readonly FiringAlert[]>;
  stop(): Promise<void>;
}

/** Starts it on a port of 127.0.0.1, where it takes OTLP. It scrapes one Collector. */
export async function startPrometheus(
  binary: string,
  folder: string,
  port: number,
  collector: () => string,
): Promise<PrometheusProcess> {
  const { files = {}, args = [] } = prometheus("prometheus", {
    size: "1 GiB",
    scrape: { collector: [external(collector())] },
    rules: tracingRules(),
  });
  const moved = Object.entries(files).map(
    ([path, file]) => [path, "content" in file ? String(file.content) : ""] as const,
  );
  const here = (text: string) => text.replaceAll("/etc/prometheus", folder);
  fill(
    folder,
    Object.fromEntries(moved.map(([path, text]) => [path.replace("/etc/prometheus/", ""), yaml(parse(here(text)))])),
  );
  const url = `http://127.0.0.1:${port}`;
  const wanted = args.map((arg) => here(arg).replace("=/prometheus", `=${join(folder, "data")}`));
  const process = await start(
    binary,
    [...wanted, `--web.listen-address=127.0.0.1:${port}`],
    `${url}/-/ready`,
    join(folder, "prometheus.log"),
  );
  return {
    async values(query, label) {
      const series = await instant({ url }, query);
      return Object.fromEntries(series.map(({ metric, value }) => [metric[label] ?? "", Number(value[1])]));
    },
    firing: async () =>
      (await ask({ url }, "/api/v1/alerts", {}, alerts)).data.alerts.filter(({ state }) => state === "firing"),
    stop: process.stop,
  };
}
