import assert from "node:assert/strict";
import { ProviderResource } from "@pulumi/pulumi";
import type { Platform } from "../../components/core/platform";
import { Refusal } from "../../components/core/problems";
import type { Workload } from "../../components/core/workload";
import { Jaeger } from "../../components/jaeger/jaeger";
import { jaeger } from "../../components/jaeger/workload";
import { dockerHost } from "../../components/platforms/docker";
import { kubernetes } from "../../components/platforms/kubernetes";
import { badger } from "../../components/storage/backends/badger";
import { opensearch } from "../../components/storage/backends/opensearch";
import { record } from "../support/recorder";

class Provider extends ProviderResource {}

/** Keeps what it is asked to run, and refuses what a platform would. */
function keeping(kept: Workload[]): Platform {
  return {
    kind: "paper",
    locate: () => {
      throw new Error("nobody asks");
    },
    plan: () => [],
    run(workload) {
      if (workload.problems?.length) throw new Refusal("paper", workload.problems);
      kept.push(workload);
      const names = Object.keys(workload.ports) as (keyof typeof workload.ports)[];
      const outside = Object.fromEntries(
        names.map((name) => [name, { host: "host", port: workload.ports[name].port }]),
      );
      return { outside: outside as Record<(typeof names)[number], { host: string; port: number }>, resources: [] };
    },
  };
}

describe("Jaeger", () => {
  it("runs what jaeger() describes, and shows where its ports are reached", async () => {
    const kept: Workload[] = [];
    const args = { storage: badger({ size: "20 GiB" }), outside: { query: 16686 } };
    let ui: unknown;
    const seen = await record(() => {
      ui = new Jaeger("jaeger", { ...args, platform: keeping(kept) }).outside.query;
    });
    assert.deepEqual(kept, [jaeger("jaeger", args)]);
    assert.deepEqual(
      seen.map(({ type, name }) => [type, name]),
      [["sightline:jaeger:Jaeger", "jaeger"]],
    );
    assert.deepEqual(ui, { host: "host", port: 16686 });
  });

  describe("with a storage that is not looked after", () => {
    const external = { urls: ["https://search.example.com:9200"] } as const;
    const componentsOf = async (program: () => void) =>
      (await record(program))
        .filter(({ type }) => type.startsWith("sightline:"))
        .map(({ type, name }) => `${type.split(":")[1]} ${name}`);

    it("runs the jobs that delete old traces, once for all that share it", async () => {
      const storage = opensearch({ external, retention: "7d" });
      const jobs = (storage.jobs ?? []).map(({ component, name }) => `${component.split(":")[0]} ${name}`);
      assert.equal(jobs.length, 1);
      const made = await componentsOf(() => {
        const platform = dockerHost({ name: "dev" });
        new Jaeger("writer", { role: "collector", storage, platform });
        new Jaeger("reader", { role: "query", storage, platform });
      });
      assert.deepEqual(made.sort(), ["jaeger reader", "jaeger writer", ...jobs].sort());
    });

    it("runs the nodes of its own before it, with the provider that Jaeger has", async () => {
      const seen = await record(() => {
        const platform = kubernetes({ name: "prod" });
        const storage = opensearch({ managed: { nodes: 3, size: "100 GiB", at: platform }, retention: "7d" });
        const provider = new Provider("kubernetes", "eks", {});
        new Jaeger("jaeger", { storage, platform }, { provider });
      });
      const runs = seen.filter(({ type }) => /:(StatefulSet|Deployment|CronJob)$/.test(type));
      assert.deepEqual(
        runs.map(({ type, name, provider }) => [type.split(":").at(-1), name, provider?.split("::").at(-1)]),
        [
          ["Deployment", "jaeger", "eks-id"],
          ["StatefulSet", "opensearch", "eks-id"],
          ["CronJob", "opensearch-cleaner", "eks-id"],
        ],
      );
    });

    it("creates none of them where one is refused", async () => {
      const seen = await record(() => {
        const platform = kubernetes({ name: "prod", currentContext: true });
        const storage = opensearch({ managed: { nodes: 3, size: "100 GiB", at: platform } });
        assert.throws(() => new Jaeger("jaeger", { storage, memory: "1 MB" as "1 MiB", platform }), /not a size/);
      });
      assert.deepEqual(seen, []);
    });
  });

  it("says every problem before anything is created", async () => {
    await record(() => {
      assert.throws(
        () => new Jaeger("jaeger", { storage: badger({ size: "0 GiB" }), replicas: 3, platform: keeping([]) }),
        /replicas: only one process at a time can open badger, got 3; set replicas to 1.*\n.*storage\.size: not a size, got "0 GiB"/,
      );
    });
  });
});
