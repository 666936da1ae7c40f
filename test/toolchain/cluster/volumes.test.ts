import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node } from "../../../toolchain/cluster/layout";
import { recycler, storageClass, volumeObjects, volumesOf } from "../../../toolchain/cluster/volumes";
import { emptyCache } from "../support";

describe("volumes of a cluster", () => {
  const cache = emptyCache();

  it("are local ones of the default class, each in a folder of its own on its node", () => {
    const [first] = volumeObjects(node(1));
    assert.deepEqual(first, {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: "node1-20gi-0" },
      spec: {
        capacity: { storage: "20Gi" },
        accessModes: ["ReadWriteOnce"],
        storageClassName: "local",
        persistentVolumeReclaimPolicy: "Retain",
        local: { path: `${cache()}/cluster/nodes/node1/volumes/node1-20gi-0` },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: ["node1"] }] },
            ],
          },
        },
      },
    });
    assert.deepEqual(storageClass.metadata.annotations, { "storageclass.kubernetes.io/is-default-class": "true" });
    assert.equal(storageClass["volumeBindingMode"], "WaitForFirstConsumer");
    assert.equal(storageClass["allowVolumeExpansion"], true);
  });

  it("have names that no two nodes share", () => {
    const names = [node(1), node(2)].flatMap(volumesOf).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.equal(names.length, 48);
  });

  /** Runs one event through the recycler, with a kubectl that answers `now` and notes what it is asked. */
  function recycle(event: string, now: string): string[] {
    const folder = cache();
    mkdirSync(join(folder, "cluster/bin"), { recursive: true });
    const calls = join(folder, "calls");
    const answers = `case "$*" in *--watch*) echo "${event}" ;; *'get persistentvolume '*) printf %s "${now}" ;; *) echo "$*" >>${calls} ;; esac`;
    writeFileSync(join(folder, "cluster/bin/kubectl"), `#!/bin/sh\n${answers}\n`, { mode: 0o755 });
    const { file, args } = recycler(join(folder, "cluster/nodes"));
    const once = args.map((arg) => arg.replace("while sleep 1; do", "for once in 1; do"));
    assert.equal(spawnSync(file, once).status, 0);
    return existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
  }

  const filled = (path: string): string => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "data"), "");
    return path;
  };

  it("are emptied and offered again where their claim has gone", () => {
    const path = filled(join(cache(), "cluster/nodes/node1/volumes/a"));
    const [call] = recycle("a Released", `Released ${path}`);
    assert.match(call!, /patch persistentvolume a .*"remove","path":"\/spec\/claimRef"/);
    assert.deepEqual(readdirSync(path), []);
  });

  it("are left alone where another claim has them meanwhile", () => {
    const path = filled(join(cache(), "cluster/nodes/node1/volumes/a"));
    assert.deepEqual(recycle("a Released", `Bound ${path}`), []);
    assert.deepEqual(readdirSync(path), ["data"]);
  });

  it("are left alone where their folder is not a node's", () => {
    const path = filled(join(cache(), "elsewhere"));
    assert.deepEqual(recycle("a Released", `Released ${path}`), []);
    assert.deepEqual(readdirSync(path), ["data"]);
  });
});
