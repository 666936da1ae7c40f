import assert from "node:assert/strict";
import { nodeExceptions } from "../../../components/platforms/kubernetes/exceptions";
import { objectsOf } from "../../../components/platforms/kubernetes/plan";
import { podSecurityViolations } from "../../support/pod-security";
import type { AnyManifest } from "../../support/reachability";
import { agent, gateway, sample } from "./sample";

const options = { name: "prod" };
const manifestsOf = (...workloads: Parameters<typeof objectsOf>[1][]): AnyManifest[] =>
  workloads.flatMap((workload) => objectsOf(options, workload)).map(({ inputs }) => inputs);

describe("Pod Security", () => {
  it("is restricted for workloads that keep data, files and secrets", async () => {
    const loki = sample("loki", {
      files: { "/etc/loki/config.yaml": { content: "a: 1\n" }, "/etc/loki/token": { secret: "t" } },
      volumes: {
        "/loki": { kind: "persistent", name: "data", size: "1 GiB" },
        "/tmp": { kind: "scratch", size: "16 MiB" },
      },
    });
    assert.deepEqual(await podSecurityViolations(manifestsOf(gateway, loki)), []);
  });

  it("is restricted for an agent, also for one that keeps data on its node", async () => {
    const volumes = { "/var/lib/otelcol": { kind: "persistent", name: "queue", size: "1 GiB" } } as const;
    const keeping = sample("keeping", { placement: "every-node", volumes });
    assert.deepEqual(await podSecurityViolations(manifestsOf(agent, keeping)), []);
  });

  it("has exactly the listed exceptions for what reads files of its machine", async () => {
    const reader = sample("reader", {
      placement: "reads-every-node",
      volumes: {
        "/var/log/pods": { kind: "host", path: "/var/log/pods" },
        "/var/lib/otelcol": { kind: "persistent", name: "queue", size: "1 GiB" },
      },
    });
    const violations = await podSecurityViolations(manifestsOf(reader));
    assert.deepEqual(
      [...new Set(violations.map((violation) => violation.split(" ")[0]))],
      nodeExceptions.flatMap(({ rules }) => rules),
    );
    assert.ok(violations.every((violation) => violation.includes(" prod-nodes/reader ")));
  });

  it("is checked by rules that find what breaks them", async () => {
    const bare = { kind: "Pod", apiVersion: "v1", metadata: { name: "bare" }, spec: { containers: [{ name: "c" }] } };
    assert.deepEqual(await podSecurityViolations([bare]), [
      "PSS202 bare spec.containers.0.securityContext.allowPrivilegeEscalation",
      "PSS203 bare spec.containers.0.securityContext.runAsNonRoot",
      "PSS205 bare spec.containers.0.securityContext.seccompProfile.type",
      "PSS205 bare spec.securityContext.seccompProfile.type",
      "PSS206 bare spec.containers.0.securityContext.capabilities.drop",
    ]);
  });
});
