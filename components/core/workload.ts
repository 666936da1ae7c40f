import type { Input } from "@pulumi/pulumi";
import type { Login } from "./login";
import type { Problem } from "./problems";
import type { Duration, Size } from "./units";

export type AbsolutePath = `/${string}`;

/** A value that no rendered file may show: the platform hands it to the process, and it is a Pulumi secret everywhere. */
export interface Secret {
  readonly secret: Input<string>;
  /** How whoever supplies it by hand makes it of `$PASSWORD`, as words of a shell. @default - in their own way */
  readonly made?: string;
}

/**
 * Who may connect to a port: `workload` its own platform's probes alone, `platform` its neighbours, `outside` also
 * whoever reaches the host or cluster.
 */
export type Reach = "workload" | "platform" | "outside";

export interface Port {
  /** Number the process listens on, 1 to 65535. */
  readonly port: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
  /** @default "platform" */
  readonly reach?: Reach;
  /** Number under which the outside reaches it. @default - the same number */
  readonly outside?: number;
  /** The process itself asks whoever connects to prove who they are. @default - whoever reaches it may come in */
  readonly asks?: true;
}

/** A file the process reads. */
export type File = { readonly content: string } | Secret;

export type Volume =
  /** Empty at start, gone at the end, in memory where the platform can. */
  | { readonly kind: "scratch"; readonly size: Size }
  /** Outlives the process. `name` is unique in the workload. */
  | {
      readonly kind: "persistent";
      readonly name: string;
      readonly size: Size;
      /** The image ships this folder with its own user as owner. @default - the platform makes it writable */
      readonly ownedByImage?: boolean;
    }
  /** A file or folder of the machine, never written. */
  | { readonly kind: "host"; readonly path: AbsolutePath };

/** What a platform may ask of a running process to learn whether it works. */
export interface Health {
  /** Name of the port that answers. */
  readonly port: string;
  /** HTTP path that answers 200 when the process is ready. @default - it is ready while the port takes connections */
  readonly path?: AbsolutePath;
  /** HTTP path asked until it first answers 200, where a start is more than being ready. @default - the same path */
  readonly startPath?: AbsolutePath;
  /** A command the image really has, for platforms that can only ask from inside. @default - none: many images have no shell */
  readonly command?: readonly [string, ...string[]];
  /** Those alone are answered who show it. A platform whose probes can hold no secret runs the command. @default - everybody is */
  readonly login?: Login | undefined;
  /** Longest time from start to the first good answer. @default "60s" */
  readonly startup?: Duration;
}

/** A port of a neighbour that this workload connects to. */
export interface Connection {
  readonly workload: string;
  readonly port: string;
  /** Number it listens on. */
  readonly number: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
  /** It runs on every node, which some platforms keep apart from all else. @default - it does not */
  readonly everyNode?: EveryNode;
}

/** Something outside the stack that this workload connects to. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** How many processes run, and where: so many anywhere, as many as the load asks for, or one on each node. */
export type Placement = { readonly replicas: number | Autoscale } | EveryNode;

/** One process on each node: `reads-every-node` may be given folders of the machine, which no other one is. */
export type EveryNode = "every-node" | "reads-every-node";

export const isOnEveryNode = (placement: Placement | undefined): placement is EveryNode =>
  typeof placement === "string";

/** Adds processes while their CPUs are busier than `cpuPercent` of what they may count on. */
export interface Autoscale {
  readonly min: number;
  readonly max: number;
  readonly cpuPercent: number;
}

/** A right on the Kubernetes API, as an RBAC rule. Platforms without that API refuse it. */
export interface AccessRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly ("get" | "list" | "watch")[];
}

/** A program that runs to its end before a process starts. It reads the files of that process, and has its ways out. */
export interface Step {
  /** Unique in the workload. */
  readonly name: string;
  readonly image: Image;
  /** Program in the image. */
  readonly command: readonly [string, ...string[]];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | Secret>>;
}

/**
 * One process, described without saying where it runs: for ever, or again and again. Maps are keyed by what must be
 * unique.
 */
export interface Workload<P extends string = string> {
  /** Logical name, unique in the stack, and the name under which neighbours find it. Public: a change replaces it. */
  readonly name: string;
  /** The component it belongs to: `jaeger:Jaeger`. */
  readonly component: string;
  readonly image: Image;
  /** Program in the image. @default - its entry point */
  readonly command?: readonly [string, ...string[]];
  /** Arguments after the program. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | Secret>>;
  /** Keyed by absolute path. */
  readonly files?: Readonly<Record<AbsolutePath, File>>;
  /** Keyed by mount path. */
  readonly volumes?: Readonly<Record<AbsolutePath, Volume>>;
  readonly ports: Readonly<Record<P, Port>>;
  readonly connects?: readonly Connection[];
  /** @default - nothing outside the stack */
  readonly externals?: readonly Address[];
  readonly access?: readonly AccessRule[];
  /**
   * Runs to its end again and again, this often, instead of for ever. It says its `command`, its image has a `/bin/sh`
   * with `sleep` for platforms that keep no schedule, and there is one of it, without ports or data of its own.
   *
   * @default - it never ends
   */
  readonly repeat?: Duration;
  /**
   * What runs to its end before the process starts, one after the other, each until it has succeeded. Each says its
   * `command`, and its image has that same shell.
   *
   * @default - nothing
   */
  readonly first?: readonly Step[];
  readonly health?: Health;
  /** What comes after it starts once it is ready; some platforms wait for everything. @default - once it runs */
  readonly awaited?: true;
  readonly memory: Size;
  /** Share of CPUs it may count on; it may use more while nobody else needs them. @default - no reservation */
  readonly cpu?: number;
  /** Time to finish after being asked to stop, before it is killed. @default "30s" */
  readonly grace?: Duration;
  /**
   * Time it goes on serving while its neighbours learn that it leaves, before it is asked to stop. A platform that
   * cannot tell them stops it at once.
   *
   * @default - none
   */
  readonly drain?: Duration;
  /** @default { replicas: 1 } */
  readonly placement?: Placement;
  /** Processes start one after the other, each once the last is ready. @default - all at once */
  readonly inTurn?: true;
  /** What is wrong with this description. A platform refuses to run a workload that has any. */
  readonly problems?: readonly Problem[];
}

/** A program as a container image. */
export interface Image {
  /** Repository without tag: `otel/opentelemetry-collector-contrib`. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:…`; with it the image can be nothing else. @default - whatever the tag names */
  readonly digest?: string;
  /** User and group the image runs as, `10001:10001`. */
  readonly user: `${number}:${number}`;
}

/** An image as an engine takes it: `repository:tag` or `repository:tag@digest`. */
export const reference = ({ repository, tag, digest }: Image): string =>
  `${repository}:${tag}${digest === undefined ? "" : `@${digest}`}`;

/** What a part asks of the workload that will hold it. */
export type Needs = Partial<
  Pick<Workload, "env" | "files" | "volumes" | "ports" | "connects" | "externals" | "access" | "first">
>;
