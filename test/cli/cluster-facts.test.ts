import assert from "node:assert/strict";
import { clusterFacts, factProblems, type ClusterFacts } from "../../cli/cluster-facts";
import type { PlannedObject } from "../../components/core/platform";
import { sentence } from "../../components/core/problems";

const claim = (name: string, storage: string): PlannedObject => ({
  type: "kubernetes:core/v1:PersistentVolumeClaim",
  name,
  inputs: {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name, namespace: "tracing", labels: {} },
    spec: { resources: { requests: { storage } } },
  },
});
const owned = (stack: string) => ({ "sightline.dev/stack": stack });
const fits: ClusterFacts = {
  namespaces: [
    { name: "tracing", labels: owned("tracing") },
    { name: "tracing-agents", labels: owned("tracing") },
    { name: "tracing-nodes", labels: owned("tracing") },
  ],
  storageClasses: [{ name: "fast", isDefault: true, canGrow: false, makesVolumes: true }],
  claims: [{ namespace: "tracing", name: "data-0", storage: "10Gi", storageClass: "fast" }],
};
const objects = [claim("data-0", "10Gi")];
const options = { name: "tracing" };
const said = (...args: Parameters<typeof factProblems>) => factProblems(...args).map(sentence);

describe("what a cluster would not take", () => {
  it("is nothing where all fits", () => {
    assert.deepEqual(said(options, objects, fits, true), []);
    assert.deepEqual(said(options, objects, { ...fits, namespaces: [], claims: [] }, false), []);
  });

  it("is a class it does not have, or none where it has no default", () => {
    assert.deepEqual(said({ ...options, storageClass: "slow" }, objects, fits, true), [
      'kubernetes.storageClass: the cluster has no such storage class, got "slow"; use one of fast',
    ]);
    const classes = [{ name: "fast", isDefault: false, canGrow: true, makesVolumes: true }];
    assert.deepEqual(said(options, objects, { ...fits, storageClasses: classes }, true), [
      "kubernetes.storageClass: missing, and the cluster has no default class; use one of fast",
    ]);
    assert.deepEqual(said(options, [], { ...fits, storageClasses: [] }, true), []);
  });

  it("is a claim that shrinks, or grows in a class that lets none grow", () => {
    assert.deepEqual(said(options, [claim("data-0", "5Gi")], fits, true), [
      'claim tracing/data-0: it has 10Gi, and a claim cannot shrink, got "5Gi"; keep the size, or move the data to a new claim by hand',
    ]);
    assert.deepEqual(said(options, [claim("data-0", "20Gi")], fits, true), [
      'claim tracing/data-0: class fast does not allow the claim to grow beyond 10Gi, got "20Gi"; keep the size, or set allowVolumeExpansion: true in the class',
    ]);
  });

  it("is a namespace that somebody else has", () => {
    const namespaces = [
      { name: "tracing", labels: owned("other") },
      { name: "tracing-agents", labels: {} },
      { name: "tracing-nodes", labels: owned("tracing") },
    ];
    assert.deepEqual(said(options, objects, { ...fits, namespaces }, true), [
      'kubernetes.namespace: belongs to stack other, got "tracing"; choose another name or namespace',
      'kubernetes.agentNamespace: the namespace already exists and this stack did not create it, got "tracing-agents"; choose another name, or set kubernetes.createNamespaces: false to use it as it is',
    ]);
    assert.deepEqual(said(options, objects, fits, false), [
      'kubernetes.namespace: a stack of the same name, unknown to this Pulumi backend, runs in it, got "tracing"; choose another name, or use the Pulumi backend that made it',
      'kubernetes.agentNamespace: a stack of the same name, unknown to this Pulumi backend, runs in it, got "tracing-agents"; choose another name, or use the Pulumi backend that made it',
      'kubernetes.nodeNamespace: a stack of the same name, unknown to this Pulumi backend, runs in it, got "tracing-nodes"; choose another name, or use the Pulumi backend that made it',
    ]);
  });

  it("is a namespace that is not there, where none is to be made", () => {
    const without = { ...options, createNamespaces: false };
    assert.deepEqual(said(without, objects, { ...fits, namespaces: fits.namespaces.slice(0, 1) }, true), [
      'kubernetes.agentNamespace: the cluster has no such namespace, got "tracing-agents"; `kubectl create namespace tracing-agents`, or remove createNamespaces',
      'kubernetes.nodeNamespace: the cluster has no such namespace, got "tracing-nodes"; `kubectl create namespace tracing-nodes`, or remove createNamespaces',
    ]);
  });
});

describe("asking a cluster", () => {
  const answering = (answers: Readonly<Record<string, object[]>>, code = 0) => ({
    ask: (_get: string, kind = "") =>
      Promise.resolve({ code, stdout: JSON.stringify({ items: answers[kind] ?? [] }), stderr: "a\nno route to host" }),
    start: () => assert.fail("nothing is started"),
  });

  it("reads namespaces, classes and claims", async () => {
    const kubectl = answering({
      namespaces: fits.namespaces.map((metadata) => ({ kind: "Namespace", metadata })),
      "storageclasses.storage.k8s.io": [
        {
          kind: "StorageClass",
          metadata: { name: "fast", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        },
      ],
      persistentvolumeclaims: [
        {
          kind: "PersistentVolumeClaim",
          metadata: { name: "data-0", namespace: "tracing" },
          spec: { storageClassName: "fast", resources: { requests: { storage: "10Gi" } } },
        },
      ],
    });
    assert.deepEqual(await clusterFacts(kubectl, options), { facts: fits });
  });

  it("gives the reason where nobody answers", async () => {
    assert.deepEqual(await clusterFacts(answering({}, 1), options), { unreachable: "no route to host" });
  });
});
