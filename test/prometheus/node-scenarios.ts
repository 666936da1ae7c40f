import { growing, of, still, type Scenario, type Series } from "./series";

const nodeReader = `job="node-reader",instance="10.244.1.9:8888"`;
const measured = (receiver: string, points: string): Series => ({
  [`otelcol_scraper_scraped_metric_points_total{${nodeReader},receiver="${receiver}",scraper="any"}`]: points,
});

/** Scenarios of alerts on nodes that nothing is known of. */
export const nodeScenarios: Readonly<Record<string, readonly Scenario[]>> = {
  NodeUnmeasured: [
    {
      fires: { ...measured("kubelet_stats", still(70)), ...measured("host_metrics", growing(70)) },
      quiet: { ...measured("kubelet_stats", growing(1)), ...measured("host_metrics", growing(70)) },
      labels: { ...of(nodeReader), receiver: "kubelet_stats" },
      value: "0",
      at: "30m",
    },
  ],
};
