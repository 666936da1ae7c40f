import assert from "node:assert/strict";
import { observationFrom, since, type Observation } from "../../../cli/waiting/observation";
import { troublesOf } from "../../../cli/waiting/troubles";

const labels = { "app.kubernetes.io/part-of": "tracing" };
const pod = (status: object, metadata: object = {}) => ({
  kind: "Pod",
  metadata: { name: "jaeger-0", namespace: "tracing", uid: "p1", labels, ...metadata },
  status: { phase: "Pending", ...status },
});
const container = (more: object) => ({
  name: "jaeger",
  image: "jaegertracing/jaeger:2.20.0",
  restartCount: 0,
  ...more,
});
const waiting = (reason: string, message = "") => ({ state: { waiting: { reason, message } } });
const event = (reason: string, message: string, kind = "Pod", more: object = {}) => ({
  kind: "Event",
  metadata: { uid: `${reason} ${message}` },
  involvedObject: { kind, name: kind === "Pod" ? "jaeger-0" : "jaeger" },
  reason,
  message,
  type: "Warning",
  lastTimestamp: "2026-01-01T00:00:00Z",
  ...more,
});
const seen = (...items: readonly object[]): Observation => observationFrom(JSON.stringify({ items }), "tracing");
const said = (...items: readonly object[]) =>
  troublesOf(seen(...items)).map(({ what, kind, why }) => `${kind}: ${what} ${why}`);

const unscheduled = {
  conditions: [
    {
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message:
        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
    },
  ],
};

describe("why a pod is not ready", () => {
  it("is nothing where it is ready, has ended well, goes, or is of another stack", () => {
    const ready = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
    assert.deepEqual(said(pod(ready)), []);
    assert.deepEqual(said(pod({ phase: "Succeeded" })), []);
    assert.deepEqual(said(pod(unscheduled, { deletionTimestamp: "2026-01-01T00:00:00Z" })), []);
    assert.deepEqual(said(pod(unscheduled, { labels: { "app.kubernetes.io/part-of": "other" } })), []);
    assert.deepEqual(said(pod({ phase: "Running", containerStatuses: [container({})] })), []);
  });

  it("is the scheduler, unless a node is on its way", () => {
    assert.deepEqual(said(pod(unscheduled)), [
      "unschedulable: pod/jaeger-0 is not scheduled: 0/1 nodes are available: 1 Insufficient cpu",
    ]);
    for (const reason of ["TriggeredScaleUp", "Nominated"]) {
      assert.deepEqual(said(pod(unscheduled), event(reason, "1->2")), []);
    }
  });

  it("is a claim for which there is no volume yet", () => {
    const message = "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.";
    assert.deepEqual(said(pod({ conditions: [{ type: "PodScheduled", status: "False", message }] })), [
      `unbound: pod/jaeger-0 is not scheduled: ${message.slice(0, -1)}`,
    ]);
  });

  it("is an image that is not there", () => {
    const of = (reason: string) => said(pod({ containerStatuses: [container(waiting(reason, "not found"))] }));
    const pulled = ["image: pod/jaeger-0 cannot pull jaegertracing/jaeger:2.20.0: not found"];
    assert.deepEqual([of("ErrImagePull"), of("ImagePullBackOff")], [pulled, pulled]);
    const [reference, long] = ['"docker.io/a/b:1"', 'failed to do request: Head "https://r/v2": no such host'];
    const nested = `Back-off pulling image "a/b:1": ErrImagePull: failed to pull and unpack image ${reference}: failed to resolve reference ${reference}: ${long}`;
    assert.deepEqual(said(pod({ containerStatuses: [container(waiting("ImagePullBackOff", nested))] })), [
      `image: pod/jaeger-0 cannot pull jaegertracing/jaeger:2.20.0: ${long}`,
    ]);
    assert.deepEqual(of("ErrImageNeverPull"), ["noImage: pod/jaeger-0 has no image: not found"]);
  });

  it("is what it refers to and is missing", () => {
    const status = waiting("CreateContainerConfigError", 'secret "jaeger" not found');
    assert.deepEqual(said(pod({ containerStatuses: [container(status)] })), [
      'unstartable: pod/jaeger-0 is not started: secret "jaeger" not found',
    ]);
  });

  it("is a program that ends, at the third time for good", () => {
    const ended = (reason: string) => ({ terminated: { exitCode: 137, reason, message: "" } });
    const once = container({ restartCount: 1, state: {}, lastState: ended("Error") });
    assert.deepEqual(said(pod({ phase: "Running", containerStatuses: [once] })), [
      "crashed: pod/jaeger-0 ended with exit code 137",
    ]);
    const thrice = container({ restartCount: 2, ...waiting("CrashLoopBackOff"), lastState: ended("OOMKilled") });
    const observed = seen(pod({ phase: "Running", containerStatuses: [thrice] }));
    assert.deepEqual(troublesOf(observed), [
      {
        what: "pod/jaeger-0",
        kind: "crashLoop",
        why: "ended with exit code 137, killed for want of memory: raise its limit, 3 times so far",
        ended: { namespace: "tracing", pod: "jaeger-0", container: "jaeger" },
      },
    ]);
    // The same restarts of a pod that had them before are not of this update; those of its successor are.
    assert.deepEqual(troublesOf(since(observed, observed)), []);
    const next = seen(pod({ phase: "Running", containerStatuses: [thrice] }, { uid: "p2" }));
    assert.deepEqual(
      troublesOf(since(observed, next)).map(({ kind }) => kind),
      ["crashLoop"],
    );
  });

  it("is a program that is not in its image", () => {
    const terminated = { exitCode: 128, reason: "StartError", message: 'exec: "/nothing": no such file or directory' };
    const status = container({ restartCount: 2, ...waiting("RunContainerError"), lastState: { terminated } });
    assert.deepEqual(troublesOf(seen(pod({ phase: "Running", containerStatuses: [status] }))), [
      {
        what: "pod/jaeger-0",
        kind: "crashed",
        why: 'ended with exit code 128, exec: "/nothing": no such file or directory, 2 times so far',
      },
    ]);
  });

  it("is a step before it that fails, and none that has succeeded", () => {
    const step = (exitCode: number) => container({ name: "schema", state: { terminated: { exitCode } } });
    assert.deepEqual(said(pod({ initContainerStatuses: [step(0)], containerStatuses: [container({})] })), []);
    assert.deepEqual(said(pod({ initContainerStatuses: [step(2)], containerStatuses: [container({})] })), [
      "crashed: pod/jaeger-0 ended with exit code 2",
    ]);
  });

  it("is what its probe said last, or the kubelet of its volumes", () => {
    const probe = (message: string, second: number) =>
      event("Unhealthy", message, "Pod", { lastTimestamp: `2026-01-01T00:00:0${second}Z` });
    const running = pod({ phase: "Running", containerStatuses: [container({})] });
    const [older, newer] = [probe("Startup probe failed: refused", 1), probe("Readiness probe failed: 503", 2)];
    const expected = ["unready: pod/jaeger-0 is not ready: Readiness probe failed: 503"];
    assert.deepEqual([said(running, newer, older), said(running, older, newer)], [expected, expected]);
    const before = seen(running, older, newer);
    assert.deepEqual(troublesOf(since(before, before)), []);
    assert.deepEqual(troublesOf(since(before, seen(running, older, { ...newer, count: 2 }))).length, 1);
    assert.deepEqual(said(running, event("FailedMount", 'configmap "x" not found')), [
      'unready: pod/jaeger-0 is not ready: configmap "x" not found',
    ]);
  });

  it("is that there may be none, until there is one", () => {
    const message =
      '(combined from similar events): Error creating: pods "jaeger-x7k2p" is forbidden: exceeded quota: tracing';
    const refused = event("FailedCreate", message, "StatefulSet");
    const created = event("SuccessfulCreate", "created", "StatefulSet", { lastTimestamp: "2026-01-01T00:00:09Z" });
    assert.deepEqual(said(refused), [
      "refused: statefulset/jaeger gets no pod: Error creating: a pod is forbidden: exceeded quota: tracing",
    ]);
    assert.deepEqual(said(refused, created), []);
  });
});
