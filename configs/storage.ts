import { z } from "zod";
import type { Problem } from "../components/core/problems";
import type { StorageSpec } from "../components/storage";
import { crowded, inClear, type Where } from "./stores";

/** Where traces are kept. Options beside `kind` are checked by the storage itself, which alone knows them. */
export const storage = z.looseObject({ kind: z.string("must be a string") }, "must be an object with a kind");

interface Stored extends Where {
  readonly storage: StorageSpec;
  readonly storagePassword?: unknown;
}

/** What is wrong with a storage where it is to run, or with its password. */
export const storageProblems = (settings: Stored): Problem[] => [
  ...passwords(settings),
  ...persistence(settings),
  ...crowded("storage", settings.storage, settings.platform),
];

/** A password that nobody asks for, or one that everybody could read. */
function passwords({ storage, storagePassword }: Stored): Problem[] {
  const clear = inClear("storage", storage, "storagePassword");
  if (clear.length > 0 || storagePassword === undefined || isExternal(storage)) return clear;
  return [{ path: "storagePassword", reason: `${storage.kind} storage uses no password`, remedy: "remove it" }];
}

const isExternal = (storage: StorageSpec): boolean => "external" in storage && storage.external !== undefined;

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
