import { readdirSync, readFileSync } from "node:fs";

/** Process of a program in a pod, as this machine counts. */
export function pidOf(podUid: string, program: string): number {
  const found = readdirSync("/proc").find((pid) => {
    try {
      const isProgram = readFileSync(`/proc/${pid}/comm`, "utf8").trim() === program;
      return isProgram && readFileSync(`/proc/${pid}/cgroup`, "utf8").includes(podUid);
    } catch {
      return false;
    }
  });
  return Number(found);
}
