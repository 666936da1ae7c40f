import { inSeconds, type Duration } from "../../core/units";
import type { Workload } from "../../core/workload";
import { labelsOf, namespaceOf, object, type KubernetesObject } from "./objects";
import type { KubernetesOptions } from "./options";
import { podTemplate } from "./pod";

/** When to run something this often, in UTC; undefined where no clock can say it. */
export function cronSchedule(repeat: Duration): string | undefined {
  const minutes = inSeconds(repeat) / 60;
  if (minutes === 24 * 60) return "0 0 * * *";
  const divides = (part: number, whole: number) => Number.isInteger(part) && part >= 1 && whole % part === 0;
  if (divides(minutes, 60)) return minutes === 60 ? "0 * * * *" : `*/${minutes} * * * *`;
  const hours = minutes / 60;
  return divides(hours, 24) ? `0 */${hours} * * *` : undefined;
}

/** What runs a pod to its end by the clock, one at a time. A run that hangs ends when the next is due. */
export const cronJob = (options: KubernetesOptions, workload: Workload): KubernetesObject => {
  const seconds = Math.ceil(inSeconds(workload.repeat!));
  const { spec, ...template } = podTemplate(options, workload);
  return object(options, {
    apiVersion: "batch/v1",
    kind: "CronJob",
    name: workload.name,
    namespace: namespaceOf(options, workload.placement),
    workload,
    body: {
      spec: {
        schedule: cronSchedule(workload.repeat!),
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        // Runs missed for longer are not made up for: the next does their work.
        startingDeadlineSeconds: seconds,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          metadata: { labels: labelsOf(options, workload) },
          spec: {
            backoffLimit: 3,
            activeDeadlineSeconds: seconds,
            // A pod that failed stays, with its log, until the next one has.
            template: { ...template, spec: { restartPolicy: "Never", ...spec } },
          },
        },
      },
    },
  });
};
