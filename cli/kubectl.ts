import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { findBinary } from "../toolchain/build";
import type { Answer } from "./stack";

/** The cluster that settings name. */
export interface ClusterAddress {
  /** Path or content of a kubeconfig. @default - KUBECONFIG, or else ~/.kube/config */
  readonly kubeconfig?: string | undefined;
  /** @default - the current one */
  readonly context?: string | undefined;
}

/** kubectl, pointed at one cluster. */
export interface Kubectl {
  /** Runs a command to its end and never throws. */
  ask(...args: readonly string[]): Promise<Answer>;
  /** Starts a command that goes on until it is ended. */
  start(...args: readonly string[]): ChildProcess;
}

/** kubectl of this machine, or the one in the toolchain's Kubernetes; undefined where there is neither. */
export async function findKubectl({ kubeconfig, context }: ClusterAddress): Promise<Kubectl | undefined> {
  const file = onPath("kubectl") ?? (await findBinary("kubernetes"))?.path;
  if (file === undefined) return undefined;
  const flags = [
    ...(kubeconfig === undefined ? [] : ["--kubeconfig", asFile(kubeconfig)]),
    ...(context === undefined ? [] : ["--context", context]),
  ];
  // The toolchain's binary is many programs, and goes by the name it is called with.
  const options = { argv0: "kubectl", reject: false, stdin: "ignore" } as const;
  return {
    ask: async (...args) => {
      const { exitCode = 1, stdout, stderr } = await execa(file, [...flags, ...args], options);
      return { code: exitCode, stdout, stderr };
    },
    start: (...args) => spawn(file, [...flags, ...args], { argv0: "kubectl", stdio: ["ignore", "pipe", "pipe"] }),
  };
}

const onPath = (program: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));

/** kubectl reads files alone. */
function asFile(kubeconfig: string): string {
  if (!kubeconfig.includes("\n") && !kubeconfig.startsWith("{")) return kubeconfig;
  const file = join(mkdtempSync(join(tmpdir(), "sightline-kubeconfig-")), "config");
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  return file;
}
