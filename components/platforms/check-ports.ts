import { addressProblems } from "../core/address";
import type { Problem } from "../core/problems";
import type { Workload } from "../core/workload";

const isPort = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= 65535;

/** What is wrong with the ports of one workload, and with addresses that it connects to. */
export function portProblems({ ports, health, externals }: Workload): Problem[] {
  const problems = addressProblems(externals);
  const listening = new Map<string, string>();
  for (const [name, { port, protocol = "tcp", outside = port }] of Object.entries(ports)) {
    for (const value of new Set([port, outside])) {
      if (isPort(value)) continue;
      problems.push({ path: `ports.${name}`, value, reason: "not a port", remedy: "write a number from 1 to 65535" });
    }
    const other = listening.get(`${port}/${protocol}`);
    if (other !== undefined) {
      problems.push({
        path: `ports.${name}`,
        value: port,
        reason: `${other} listens on the same number`,
        remedy: "give one of them another number",
      });
    }
    listening.set(`${port}/${protocol}`, name);
  }
  if (health !== undefined && !(health.port in ports)) {
    problems.push({
      path: "health.port",
      value: health.port,
      reason: "no such port",
      remedy: `name one of ${Object.keys(ports).join(", ")}`,
    });
  }
  return problems;
}
