import type { Endpoint } from "../core/platform";
import { wholeDuration, type Duration } from "../core/units";
import { mainNamespace, namespaceOf, object, selector, type Manifest } from "../platforms/kubernetes/objects";
import type { KubernetesOptions } from "../platforms/kubernetes/options";

export interface PodMonitorsOptions {
  /** What is scraped, by job, as `prometheus()` takes it. Neighbours outside the stack have no pods here, and are left out. */
  readonly scrape: Readonly<Record<string, readonly Endpoint[]>>;
  /** @default "15s", which the boards' rates are made for */
  readonly interval?: Duration;
}

/**
 * A PodMonitor for each job, for a Prometheus Operator that is there already. The job has the name that rules and boards of
 * this library expect.
 *
 * Source: Documentation/api-reference/api.md of prometheus-operator, monitoring.coreos.com/v1.
 */
export const podMonitors = (options: KubernetesOptions, { scrape, interval = "15s" }: PodMonitorsOptions): Manifest[] =>
  Object.entries(scrape).flatMap(([job, endpoints]) =>
    endpoints.flatMap(({ of }) =>
      of === undefined
        ? []
        : [
            object(options, {
              apiVersion: "monitoring.coreos.com/v1",
              kind: "PodMonitor",
              name: `${options.name}-${job}`,
              namespace: mainNamespace(options),
              body: {
                spec: {
                  namespaceSelector: { matchNames: [namespaceOf(options, of.everyNode)] },
                  selector: { matchLabels: selector(options, of.workload) },
                  podMetricsEndpoints: [
                    {
                      port: of.port,
                      interval: wholeDuration(interval),
                      relabelings: [{ targetLabel: "job", replacement: job }],
                    },
                  ],
                },
              },
            }).inputs,
          ],
    ),
  );
