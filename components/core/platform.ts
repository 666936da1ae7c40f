import type { ComponentResource, Resource } from "@pulumi/pulumi";
import { isAddress, parseAddress } from "./address";
import type { Login } from "./login";
import type { AbsolutePath, Address, Connection, Placement, Port, Workload } from "./workload";

/** Where a port is reached. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Name under which DNS lists the address of every process. @default - there is one process */
  readonly peers?: string;
  /** Name of each process by itself, where each keeps data of its own. @default - there is one process */
  readonly members?: readonly string[];
  /** Whether whoever connects has to encrypt. @default - the address does not say, and nobody has to */
  readonly secure?: boolean;
  /** Where it begins, for what speaks HTTP. @default - at the root */
  readonly path?: AbsolutePath;
  /** What whoever connects has to show. @default - nobody is asked */
  readonly login?: Login | undefined;
  /** The neighbour it belongs to. @default - something outside the stack */
  readonly of?: Omit<Connection, "number">;
}

/** `host:port`. */
export const hostPort = ({ host, port }: Endpoint): string => `${host}:${port}`;

/** `http://host:port`, or `https://host:port` where it is encrypted, and its path. */
export const httpUrl = (endpoint: Endpoint): string =>
  `${endpoint.secure ? "https" : "http"}://${hostPort(endpoint)}${endpoint.path ?? ""}`;

/**
 * An endpoint that is not part of the stack.
 *
 * @param address - `otlp.example.com:4317`, `[2001:db8::1]:4317`, or `https://otlp.example.com/otlp`, whose scheme says
 * whether to encrypt and which port is meant where none is given. What is no address is refused with the workload that
 * connects to it.
 */
export function external(address: string): Endpoint {
  const parsed = parseAddress(address);
  return isAddress(parsed) ? parsed : { host: address, port: NaN };
}

/** What using endpoints asks of a workload: a connection to each neighbour, and a way out to all else. */
export const connectsTo = (...endpoints: readonly Endpoint[]): { connects: Connection[]; externals: Address[] } => ({
  connects: endpoints.flatMap(({ of, port }) => (of === undefined ? [] : [{ ...of, number: port }])),
  externals: endpoints.flatMap(({ of, host, port }) => (of === undefined ? [{ host, port }] : [])),
});

/** One resource a platform would create, before any engine is asked. */
export interface PlannedObject {
  /** Pulumi type token: `docker:index/container:Container`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The pure half of a platform: plain values in, plain values out, no engine and no Pulumi. */
export interface Planner {
  /** `docker`, `kubernetes`. */
  readonly kind: string;
  /** Where neighbours reach each port of a workload. It may be asked before the workload is described. */
  locate<P extends string>(name: string, ports: Readonly<Record<P, Port>>, placement?: Placement): Record<P, Endpoint>;
  /**
   * Everything that running these workloads would create, in an order in which it can be created.
   *
   * @throws Refusal with every problem of every workload, and with all that this platform cannot carry out
   */
  plan(workloads: readonly Workload[]): readonly PlannedObject[];
}

/** A workload that a platform has agreed to run. */
export interface Running<P extends string = string> {
  /** Where the outside reaches a port; undefined where it cannot. */
  readonly outside: Readonly<Record<P, Endpoint | undefined>>;
  /** Everything created, for `dependsOn`. */
  readonly resources: readonly Resource[];
}

/** The only door between descriptions and machines. */
export interface Platform extends Planner {
  /** Begins the logical names of its components. @default - they are those of the workloads */
  readonly logicalPrefix?: string;
  /**
   * Registers what `plan([workload])` lists, as children of `parent`. Its processes come after the resources in `after`,
   * and go before them; its data waits for nobody, so that it can stay when all else goes.
   *
   * @throws Refusal as `plan` does, before anything is registered
   */
  run<P extends string>(workload: Workload<P>, parent: ComponentResource, after?: readonly Resource[]): Running<P>;
}
