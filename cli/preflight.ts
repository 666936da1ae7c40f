import { createServer } from "node:net";
import { execa } from "execa";
import { refuse, type Problem } from "../components/core/problems";
import { inBytes } from "../components/core/units";
import { dockerPlanner } from "../components/platforms/docker/plan";
import type { Settings } from "../configs/settings-from";
import { describedSecrets, observability } from "../stacks/observability";
import { hostOf } from "../stacks/host";
import type { Engine } from "../toolchain/engine";

/**
 * Refuses, before anything is created, what only the machine can tell: ports that something else has.
 *
 * @throws Refusal with every problem, also those of the description itself
 */
export async function preflight(
  stack: string,
  settings: Settings,
  engine: Engine,
  report: (line: string) => void,
): Promise<void> {
  const planner = dockerPlanner(hostOf(settings));
  const workloads = observability(settings, planner, describedSecrets);
  planner.plan(workloads);
  if (isLocal(settings.dockerHost)) refuse(`docker host of stack "${stack}"`, await takenPorts(settings));
  const sizes = workloads
    .flatMap(({ volumes = {} }) => Object.values(volumes))
    .map((volume) => (volume.kind === "persistent" ? inBytes(volume.size) : 0));
  reportSpace(
    sizes.reduce((a, b) => a + b, 0),
    engine,
    report,
  );
}

const isLocal = (host: string): boolean => host.startsWith("unix:");

async function takenPorts({ name, dockerHost, ports, grafana, otlpAddress, uiAddress }: Settings): Promise<Problem[]> {
  const ours = await publishedBy(name, dockerHost);
  const asked = Object.entries(ports).filter(([key, port]) => (grafana || key !== "grafana") && !ours.has(port));
  const taken = await Promise.all(
    asked.map(async ([key, port]) => {
      const address = key.startsWith("otlp") ? otlpAddress : uiAddress;
      return (await isFree(address, port))
        ? []
        : [
            {
              path: `ports.${key}`,
              value: port,
              reason: `something else listens on ${address}:${port}`,
              remedy: "stop it, or choose another port",
            },
          ];
    }),
  );
  return taken.flat();
}

/** Ports that containers of this stack hold already. */
async function publishedBy(name: string, host: string): Promise<Set<number>> {
  const docker = async (...args: string[]) =>
    (await execa("docker", ["--host", host, ...args], { reject: false })).stdout;
  const ids = (await docker("ps", "--quiet", "--filter", `label=dev.sightline.stack=${name}`))
    .split("\n")
    .filter(Boolean);
  if (ids.length === 0) return new Set();
  const bindings = await docker("inspect", "--format", "{{json .HostConfig.PortBindings}}", ...ids);
  return new Set([...bindings.matchAll(/"HostPort":"(\d+)"/g)].map(([, port]) => Number(port)));
}

const isFree = (address: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** A volume on Docker has no limit of its own, so the sum is all that can be compared. */
function reportSpace(wanted: number, { freeBytes, dataRoot }: Engine, report: (line: string) => void): void {
  if (freeBytes === undefined || freeBytes > wanted) return;
  const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(0)} GiB`;
  report(
    `warning: volumes may grow to ${gib(wanted)} and ${dataRoot} has ${gib(freeBytes)} free; Docker enforces no size: lower storage.size, metricsSize, logsSize or queueSize, or free space`,
  );
}
