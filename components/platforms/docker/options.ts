import { isIP, isIPv6 } from "node:net";
import { isEngine, isHost } from "../../core/address";
import type { Problem } from "../../core/problems";
import { nameProblems } from "../check-workload";
import type { DockerTransform } from "./transform";

export interface DockerHostOptions {
  /** First part of every name on the engine, so that stacks can share it: `sightline-dev`. A change replaces everything. */
  readonly name: string;
  /**
   * The engine: `unix:///var/run/docker.sock`, `ssh://user@host` or `tcp://host:port`. A change does not move what
   * runs: bring it down first.
   *
   * @default - DOCKER_HOST, or else unix:///var/run/docker.sock
   */
  readonly host?: string;
  /**
   * Address of the host on which ports with reach `outside` are published. `0.0.0.0` is every address the host has.
   *
   * @default "127.0.0.1"
   */
  readonly bindAddress?: string;
  /**
   * The same for single ports, by `workload/port`: `{ "collector/otlp-http": "0.0.0.0" }`.
   *
   * @default - the bind address
   */
  readonly bindAddresses?: Readonly<Record<string, string>>;
  /**
   * Host name or address by which the outside reaches the host.
   *
   * @default - the port's bind address, or where that is every address, the name of the engine's host
   */
  readonly address?: string;
  /**
   * Changes any object before it is created, for what no option says: a log driver, a host in `/etc/hosts`. It may change
   * neither type nor name.
   *
   * @default - as they are planned
   */
  readonly transform?: DockerTransform;
}

const loopback = "127.0.0.1";

/** Address of the host on which a port is published. */
export const bindAddressOf = (
  { bindAddress = loopback, bindAddresses = {} }: DockerHostOptions,
  workload: string,
  port: string,
): string => bindAddresses[`${workload}/${port}`] ?? bindAddress;

/** Where the outside finds a published port. */
export function outsideHost(options: DockerHostOptions, workload: string, port: string): string {
  const { host = "unix://", address } = options;
  if (address !== undefined) return inUrl(address);
  const bindAddress = bindAddressOf(options, workload, port);
  if (bindAddress !== "0.0.0.0" && bindAddress !== "::") return inUrl(bindAddress);
  // A socket file has no host name, so the engine is on this machine.
  return URL.parse(host)?.hostname || loopback;
}

const inUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

export function optionProblems({
  name,
  host,
  address,
  bindAddress = loopback,
  bindAddresses = {},
}: DockerHostOptions): Problem[] {
  const problems = nameProblems(name);
  if (host !== undefined && !isEngine(host)) {
    problems.push({
      path: "host",
      value: host,
      reason: "not the address of a Docker engine",
      remedy: "write unix:///var/run/docker.sock, ssh://user@host or tcp://host:port",
    });
  }
  if (address !== undefined && !isHost(inUrl(address))) {
    problems.push({
      path: "address",
      value: address,
      reason: "not a host name or address",
      remedy: "write only the host, as docker.example.com",
    });
  }
  const addresses = Object.entries(bindAddresses).map(([port, address]) => [`bindAddresses.${port}`, address] as const);
  for (const [path, value] of [["bindAddress", bindAddress] as const, ...addresses]) {
    if (isIP(value) > 0) continue;
    problems.push({
      path,
      value,
      reason: "not an IP address",
      remedy: "write 127.0.0.1 for this machine only, or an address of the host",
    });
  }
  return problems;
}
