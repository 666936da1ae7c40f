import type { Endpoint, Planner } from "../../core/platform";
import type { Problem } from "../../core/problems";
import { inMebibytes, type Duration, type Size } from "../../core/units";
import { atLeast, type Version } from "../../core/version";
import type { Workload } from "../../core/workload";
import type { Release } from "../../images";
import { count, object, optional, size, type Check, type Checks } from "../options";
import type { Warning } from "../storage";

/** Nodes of a store that the stack runs itself. */
export interface ManagedNodes {
  /** One keeps one copy of each span; three lose none when one of them goes. */
  readonly nodes: number;
  /** Volume of each node. */
  readonly size: Size;
  /** Memory of each node. @default "4 GiB" */
  readonly memory?: Size;
  /** CPUs that each node may count on. @default - no reservation */
  readonly cpu?: number;
  /** @default - the one pinned in configs/versions.json */
  readonly image?: Release;
  /** The platform they run on, which says where each is reached. */
  readonly at: Pick<Planner, "locate">;
}

/** Either somebody else runs a store, or the stack does. */
export type Kept<External, Managed> =
  { readonly external: External; readonly managed?: never } | { readonly managed: Managed; readonly external?: never };

/** A store of the stack's own. */
export interface Engines {
  /** Where each node answers. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  readonly workloads: readonly Workload[];
  readonly warnings: readonly Warning[];
}

export const defaultMemory: Size = "4 GiB";

/** Checks of nodes that need so much memory to work at all. */
export const nodeChecks = (least: Size, kept = "indices and what merges them"): Checks<ManagedNodes> => ({
  nodes: count,
  size: atLeastSize("1 GiB", `not enough for ${kept}`),
  memory: optional(atLeastSize(least, "leaves too little for the Java heap")),
  cpu: optional((value) =>
    typeof value === "number" && value > 0
      ? []
      : [{ path: "", value, reason: "not a number of CPUs", remedy: "write a number above 0, as 0.5" }],
  ),
  image: optional(given),
  at: given,
});

/** What holds more than a settings file can say comes from code. */
const given: Check = (value) =>
  typeof value === "object" && value !== null
    ? []
    : [{ path: "", reason: "missing", remedy: "give it in code; the stack sets it itself" }];

const atLeastSize =
  (least: Size, reason: string): Check =>
  (value) => {
    const problems = size(value);
    return problems.length > 0 || inMebibytes(value as Size) >= inMebibytes(least)
      ? problems
      : [{ path: "", value, reason, remedy: `write "${least}" or more` }];
  };

/** Checks what is left when neither, or both, say where the store is. */
export const oneOfBoth = ({ external, managed }: { readonly external?: unknown; readonly managed?: unknown }) => {
  if ((external === undefined) !== (managed === undefined)) return [];
  return [
    external === undefined
      ? {
          path: "external",
          reason: "neither external nor managed is given",
          remedy:
            'write managed: { nodes: 3, size: "100 GiB" } to run one, or external with the addresses of an existing one',
        }
      : {
          path: "managed",
          reason: "given together with external",
          remedy: "remove one of them: traces are in one store",
        },
  ] satisfies Problem[];
};

/** An option held by nothing but one of the two. */
export const nodesObject = <Options extends object>(checks: Checks<Options>): Check =>
  optional(object(checks, '{ nodes: 3, size: "100 GiB" }'));

/** An engine older than any this configuration is written for. */
export const tooOld = (kind: string, { version }: Release, oldest: Version): Problem[] =>
  atLeast(version, oldest)
    ? []
    : [
        {
          path: "managed.image.version",
          value: version,
          reason: `older than the oldest supported ${kind}`,
          remedy: `use ${oldest} or newer`,
        },
      ];

/** Default speed at which nodes give each other what one lost, per second. Source: indices.recovery.max_bytes_per_sec. */
const recoveryMebibytes = 40;

/** Longest start: ten minutes, and the time in which others send all that a full volume held. */
export const startupOf = (volume: Size): Duration => `${600 + Math.ceil(inMebibytes(volume) / recoveryMebibytes)}s`;

/** Addresses of all nodes, or of the only one. */
export const eachOf = (endpoint: Endpoint): readonly [Endpoint, ...Endpoint[]] => {
  const [first, ...others] = (endpoint.members ?? []).map((host) => ({ ...endpoint, host }));
  return first === undefined ? [endpoint] : [first, ...others];
};

/** Copies wait for a node of their own: with one of two away, none is in sight. */
export const twoNodes = (reason: string): Warning => ({ path: "managed.nodes", value: 2, reason, remedy: "use 3" });
