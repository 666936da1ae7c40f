import type { Problem } from "../../core/problems";
import { isOnEveryNode, type Workload } from "../../core/workload";

/** Connections to ports that were located otherwise than they are described: names and policies would lead nowhere. */
export function misplacedEdges(workloads: readonly Workload[]): Problem[] {
  const known = new Map(workloads.map((workload) => [workload.name, workload]));
  return workloads.flatMap(({ name, connects = [] }) =>
    connects.flatMap(({ workload, port, everyNode, protocol = "tcp" }) => {
      const server = known.get(workload);
      const described = server?.ports[port];
      if (server === undefined || described === undefined) return [];
      const everywhere = isOnEveryNode(server.placement) ? server.placement : undefined;
      const problems: Problem[] = [];
      const add = (reason: string, remedy: string) =>
        problems.push({ path: `${name}.connects`, value: `${workload}.${port}`, reason, remedy });
      if (everywhere !== everyNode) {
        add(
          `${workload} has the placement ${everywhere ?? "replicas"}, and was located with ${everyNode ?? "replicas"}`,
          "pass the placement of the workload to locate",
        );
      }
      if ((described.protocol ?? "tcp") !== protocol) {
        add(
          `it was located with a protocol that differs from that of ${workload}`,
          "pass the ports of the workload to locate",
        );
      }
      return problems;
    }),
  );
}
