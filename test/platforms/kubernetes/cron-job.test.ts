import assert from "node:assert/strict";
import type { Duration } from "../../../components/core/units";
import { cronSchedule } from "../../../components/platforms/kubernetes/cron-job";
import type { Manifest } from "../../../components/platforms/kubernetes/objects";
import { kubernetesPlanner } from "../../../components/platforms/kubernetes/plan";
import { job } from "../../support/platform-contract-jobs";

const objects = kubernetesPlanner({ name: "tracing" })
  .plan([{ ...job, connects: [] }])
  .map(({ inputs }) => inputs as Manifest & { spec: Record<string, unknown> });
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);

describe("jobs on Kubernetes", () => {
  it("runs by the clock whatever divides an hour or a day", () => {
    const schedules: Readonly<Record<Duration, string | undefined>> = {
      "1m": "*/1 * * * *",
      "10m": "*/10 * * * *",
      "60m": "0 * * * *",
      "1h": "0 * * * *",
      "6h": "0 */6 * * *",
      "24h": "0 0 * * *",
      "1d": "0 0 * * *",
      "7m": undefined,
      "90m": undefined,
      "7h": undefined,
      "2d": undefined,
      "30s": undefined,
    };
    for (const [repeat, schedule] of Object.entries(schedules)) {
      assert.equal(cronSchedule(repeat as Duration), schedule, repeat);
    }
    assert.throws(
      () => kubernetesPlanner({ name: "tracing" }).plan([{ ...job, connects: [], repeat: "7h" }]),
      /job\.repeat/,
    );
  });

  it("makes one CronJob, whose runs never overlap, and no Service", () => {
    const [{ spec, apiVersion } = assert.fail()] = ofKind("CronJob");
    const { jobTemplate, ...schedule } = spec;
    assert.equal(apiVersion, "batch/v1");
    assert.deepEqual(schedule, {
      schedule: "0 * * * *",
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
    });
    const { spec: run } = jobTemplate as { spec: { backoffLimit: number; activeDeadlineSeconds: number } };
    assert.deepEqual([run.backoffLimit, run.activeDeadlineSeconds], [3, 3600]);
    assert.deepEqual([ofKind("Service"), ofKind("Deployment")], [[], []]);
  });

  it("gives the pods of a job all that keeps others from harm, and no token", () => {
    const pod = podOf();
    assert.equal(pod.restartPolicy, "Never");
    assert.equal(pod.automountServiceAccountToken, false);
    assert.equal(pod.serviceAccountName, "job");
    const restricted = {
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    };
    const containers = [...pod.containers, ...pod.initContainers];
    assert.deepEqual(
      containers.map(({ securityContext }) => securityContext),
      [restricted, restricted],
    );
  });

  it("runs steps as init containers, with secrets of their own", () => {
    const pod = podOf();
    const [step = assert.fail()] = pod.initContainers;
    assert.deepEqual(
      [step.name, step.image, step.command, step.args],
      ["prepare", "example/prepare:2.0.0", ["/bin/prepare"], ["--once"]],
    );
    assert.deepEqual(step.env, [
      { name: "MODE", value: "first" },
      { name: "TOKEN", valueFrom: { secretKeyRef: { name: "job", key: "prepare.TOKEN" } } },
    ]);
    assert.deepEqual(step.volumeMounts, pod.containers[0]!.volumeMounts);
    const [{ stringData } = assert.fail()] = ofKind("Secret");
    assert.deepEqual(Object.keys(stringData as object).sort(), ["TOKEN", "prepare.TOKEN"]);
    assert.deepEqual([pod.containers[0]!.command, pod.containers[0]!.args], [["/bin/clean"], ["--days=3"]]);
  });
});

interface Container {
  name: string;
  image: string;
  command: string[];
  args: string[];
  env: unknown[];
  volumeMounts: unknown[];
  securityContext: unknown;
}

function podOf() {
  const [{ spec } = assert.fail()] = ofKind("CronJob");
  const { jobTemplate } = spec as {
    jobTemplate: {
      spec: {
        template: {
          spec: {
            restartPolicy: string;
            automountServiceAccountToken: boolean;
            serviceAccountName: string;
            containers: Container[];
            initContainers: Container[];
          };
        };
      };
    };
  };
  return jobTemplate.spec.template.spec;
}
