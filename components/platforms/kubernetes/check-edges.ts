import type { Problem } from "../../core/problems";
import type { Workload } from "../../core/workload";

/** Connections to ports that were located otherwise than they are described: names and policies would lead nowhere. */
export function misplacedEdges(workloads: readonly Workload[]): Problem[] {
  const known = new Map(workloads.map((workload) => [workload.name, workload]));
  return workloads.flatMap(({ name, connects = [] }) =>
    connects.flatMap(({ workload, port, everyNode = false, protocol = "tcp" }) => {
      const server = known.get(workload);
      const described = server?.ports[port];
      if (server === undefined || described === undefined) return [];
      const isEverywhere = server.placement === "every-node";
      const problems: Problem[] = [];
      const add = (reason: string, remedy: string) =>
        problems.push({ path: `${name}.connects`, value: `${workload}.${port}`, reason, remedy });
      if (isEverywhere !== everyNode) {
        add(
          `${workload} ${isEverywhere ? "runs on every node" : "does not run on every node"}, and was located as if it ${everyNode ? "did" : "did not"}`,
          "give locate the placement of the workload",
        );
      }
      if ((described.protocol ?? "tcp") !== protocol) {
        add(`it was located with another protocol than ${workload} has`, "give locate the ports of the workload");
      }
      return problems;
    }),
  );
}
