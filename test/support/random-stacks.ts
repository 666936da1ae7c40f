import { numbers } from "./random";

/** Settings of stacks by chance, the same ones each time: roles, sizes, storages, buffers and durabilities. */
export function randomStacks(count: number): Record<string, unknown>[] {
  const random = numbers(20_261_127);
  const one = <T>(...from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  return Array.from({ length: count }, () => {
    const roles = one(["collector"], ["agent", "collector"], ["gateway", "sampler"], ["agent", "gateway", "sampler"]);
    const platform = one("docker", "kubernetes");
    const memory = (): string => one("512 MiB", "1 GiB", "2 GiB", "8 GiB");
    const password = { storagePassword: "stored" };
    const storage = one<Record<string, unknown>>(
      { storage: { kind: "badger", size: one("20 GiB", "200 GiB"), retention: one("24h", "14d") } },
      { storage: { kind: platform === "docker" ? "memory" : "badger", ...(platform === "kubernetes" && disk) } },
      {
        storage: { kind: "opensearch", retention: "7d", external: { urls: ["https://search:9200"], user: "jaeger" } },
        ...password,
      },
      { storage: { kind: "cassandra", retention: "7d", external: { servers: ["cassandra:9042"], datacenter: "dc1" } } },
    );
    return {
      roles,
      platform,
      ...storage,
      ...(random() < 0.4 && { buffer: { external: { brokers: ["kafka:9092"] } } }),
      durability: one("memory", "disk", "disk-fsync"),
      queueSize: one("256 MiB", "2 GiB", "20 GiB"),
      memory: { collector: memory(), agent: memory(), gateway: memory(), sampler: one("2 GiB", "4 GiB", "16 GiB") },
      sampler: {
        replicas: one(1, 2, 5),
        decisionWait: one("5s", "10s", "30s"),
        tracesPerSecond: one(50, 200, 500),
      },
      ...((roles.includes("sampler") || random() < 0.5) && {
        tailSampling: { errors: true, percent: one(1, 10, 100) },
      }),
    };
  });
}

const disk = { size: "50 GiB", retention: "72h" };
