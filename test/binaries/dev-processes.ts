import { join } from "node:path";
import type { Endpoint, Planner } from "../../components/core/platform";
import type { Workload } from "../../components/core/workload";
import { images } from "../../components/images";
import { settingsFrom } from "../../configs/settings-from";
import { describedSecrets, observability } from "../../stacks/observability";
import { openLink, type Link } from "../faults/link";
import { local, type Local } from "../storage/local";
import { testLogin } from "../support/login";
import { obtain } from "./obtain";

/** Programs of the dev stack, by the names of its workloads. */
const programs = {
  collector: "otelcol-contrib",
  jaeger: "jaeger",
  prometheus: "prometheus",
  alertmanager: "alertmanager",
  victorialogs: "victoria-logs",
} as const;
export type Program = keyof typeof programs;

/** Ports by which they know each other. */
const met = {
  "collector/metrics": 8888,
  "jaeger/metrics": 8888,
  "jaeger/otlp-grpc": 4317,
  "jaeger/query": 16686,
  "prometheus/http": 9090,
  "alertmanager/http": 9093,
  "victorialogs/http": 9428,
} as const;

/** Stores are told where to listen by an argument, as Collectors are by their files. */
const listens: Readonly<Partial<Record<Program, string>>> = {
  prometheus: "--web.listen-address=0.0.0.0:9090",
  alertmanager: "--web.listen-address=0.0.0.0:9093",
  victorialogs: "-httpListenAddr=0.0.0.0:9428",
};

export interface DevProcesses {
  readonly workloads: readonly Workload[];
  readonly of: (name: Program) => Local;
  close(): Promise<void>;
}

/** The dev stack as processes of this machine, each told of the others as on a Docker host; `told` takes its alerts. */
export async function startDev(folder: string, told: string): Promise<DevProcesses> {
  const binaries = await obtain(...Object.values(programs));
  const ways = new Map<string, Link>();
  for (const port of Object.keys(met)) ways.set(port, await openLink());
  const older = { ...images.jaeger, tag: "2.13.0", version: "2.13.0" } as const;
  const settings = settingsFrom("dev", {
    grafana: false,
    agent: { hostMetrics: false },
    alerts: { receivers: [{ name: "pager", kind: "webhook", url: told }] },
  });
  const workloads = observability({ ...settings, images: { ...settings.images, jaeger: older } }, planner(ways), {
    ...describedSecrets,
    login: testLogin,
  });
  const self = `127.0.0.1:${ways.get("prometheus/http")!.port}`;
  const running = {} as Record<Program, Local>;
  const close = async (): Promise<void> => {
    for (const process of Object.values(running)) await process.stop(true);
    await Promise.all([...ways.values()].map((way) => way.close()));
  };
  try {
    for (const name of Object.keys(programs) as Program[]) {
      const workload = workloads.find((each) => each.name === name)!;
      const process = await local(
        binaries[programs[name]],
        listening(workload, listens[name], self),
        join(folder, name),
      );
      running[name] = process;
      for (const [port, number] of Object.entries(met))
        if (port.startsWith(`${name}/`)) ways.get(port)!.to(process.address(number));
    }
    await Promise.all(Object.values(running).map((process) => process.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return { workloads, of: (name) => running[name], close };
}

/** Neighbours are on this machine, behind the links that lead to them. */
const planner = (ways: ReadonlyMap<string, Link>): Planner => ({
  kind: "processes",
  locate: (workload, ports) =>
    Object.fromEntries(
      Object.keys(ports).map((port): [string, Endpoint] => [
        port,
        { host: "127.0.0.1", port: ways.get(`${workload}/${port}`)?.port ?? 9, of: { workload, port } },
      ]),
    ) as never,
  plan: () => [],
});

/** The same on this machine: Prometheus knows itself by another number here. */
const listening = (workload: Workload, more: string | undefined, self: string): Workload => ({
  ...workload,
  args: [...(workload.args ?? []), ...(more === undefined ? [] : [more])],
  files: Object.fromEntries(
    Object.entries(workload.files ?? {}).map(([path, file]) => [
      path,
      "content" in file ? { content: file.content.replaceAll("localhost:9090", self) } : file,
    ]),
  ),
});
