import { object, mainNamespace, type Manifest } from "../platforms/kubernetes/objects";
import type { KubernetesOptions } from "../platforms/kubernetes/options";
import { ruleFile, type AlertLinks, type RuleGroups } from "../prometheus/rule";

/**
 * Rules as a PrometheusRule each, for a Prometheus Operator that is there already. It finds them by the `labels` of the
 * options, as `{ release: "kube-prometheus-stack" }`.
 *
 * @param rules groups by the name of their file, as `tracingRules` has them
 *
 * Source: Documentation/api-reference/api.md of prometheus-operator, monitoring.coreos.com/v1.
 */
export const prometheusRules = (
  options: KubernetesOptions,
  rules: Readonly<Record<string, RuleGroups>>,
  links: AlertLinks = {},
): Manifest[] =>
  Object.entries(rules).map(
    ([file, groups]) =>
      object(options, {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        name: `${options.name}-${file}`,
        namespace: mainNamespace(options),
        body: { spec: ruleFile(groups, links) },
      }).inputs,
  );
