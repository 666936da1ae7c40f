import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { ToolchainError } from "../toolchain/error";
import type { Kubectl } from "./kubectl";

/** A port of a Service, as this machine reaches it. */
export interface Forward {
  /** `127.0.0.1:40123`. */
  readonly address: string;
  close(): Promise<void>;
}

/** A port of a Service in a cluster. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/**
 * Reaches a port of a Service through the API server, on a free port of this machine.
 *
 * @throws ToolchainError where kubectl says why not
 */
export async function forward(kubectl: Kubectl, { namespace, service, port }: ServicePort): Promise<Forward> {
  const args = ["port-forward", "--namespace", namespace, "--address", "127.0.0.1", `service/${service}`, `:${port}`];
  const process = kubectl.start(...args);
  try {
    return { address: await addressIn(process), close: () => end(process) };
  } catch (error) {
    await end(process);
    throw new ToolchainError({
      path: `kubectl port-forward service/${service}`,
      value: `${namespace}:${port}`,
      reason: String(error instanceof Error ? error.message : error),
      remedy: "check its pods with `kubectl get pods`, and your permission for pods/portforward",
    });
  }
}

/** Where it listens, once it says so. */
function addressIn(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let [said, complained] = ["", ""];
    process.stderr?.on("data", (chunk: Buffer) => (complained += chunk.toString()));
    process.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const [, address] = /Forwarding from (127\.0\.0\.1:\d+)/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    process.once("error", reject);
    // Not `exit`: what it complained of may still be on its way then.
    process.once("close", () => reject(new Error(complained.trim().split("\n").at(-1) || "it ended without a word")));
  });
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return;
  const ended = once(process, "exit");
  process.kill();
  await ended;
}
