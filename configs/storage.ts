import { z } from "zod";
import type { Problem } from "../components/core/problems";
import type { StorageSpec } from "../components/storage";

/** Where traces are kept. Options beside `kind` are checked by the storage itself, which alone knows them. */
export const storage = z.looseObject({ kind: z.string("must be a text") }, "must be an object with a kind");

interface Stored {
  readonly platform: "docker" | "kubernetes";
  readonly storage: StorageSpec;
  readonly storagePassword?: unknown;
}

/** What is wrong with a storage where it is to run, or with its password. */
export const storageProblems = (settings: Stored): Problem[] => [
  ...passwords(settings),
  ...persistence(settings),
  ...oneNode(settings),
];

/** A password that nobody asks for, or one that everybody could read. */
function passwords({ storage, storagePassword }: Stored): Problem[] {
  const own = "external" in storage ? (storage.external as { readonly password?: unknown } | undefined) : undefined;
  if (own?.password !== undefined) {
    return [
      {
        path: "storage.external.password",
        reason: "a password in clear",
        remedy: "take it out, and `pulumi config set --secret storagePassword …`",
      },
    ];
  }
  if (storagePassword === undefined || own !== undefined) return [];
  return [{ path: "storagePassword", reason: `${storage.kind} asks for none`, remedy: "leave it out" }];
}

/** On Kubernetes processes move: what is in memory alone is lost whenever a node is drained. */
const persistence = ({ platform, storage }: Stored): Problem[] =>
  platform === "kubernetes" && storage.kind === "memory"
    ? [
        {
          path: "storage.kind",
          value: storage.kind,
          reason: "a pod that moves to another node loses every trace",
          remedy: 'write { kind: badger, size: "20 GiB" }',
        },
      ]
    : [];

/** Copies on one machine are gone together with it. */
function oneNode({ platform, storage }: Stored): Problem[] {
  const nodes = "managed" in storage ? (storage.managed as { readonly nodes?: unknown } | undefined)?.nodes : undefined;
  return platform === "docker" && typeof nodes === "number" && nodes > 1
    ? [
        {
          path: "storage.managed.nodes",
          value: nodes,
          reason: "a Docker host is one machine, and several nodes on it are gone together",
          remedy: "write 1, or run it on Kubernetes",
        },
      ]
    : [];
}
