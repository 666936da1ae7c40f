import type { Problem } from "../../core/problems";
import type { PathGraph } from "../../path/graph";

/** One thing that can be wrong with a path as a whole. */
export interface PathRule {
  readonly code: string;
  /** What it finds, as docs/lint.md says it. */
  readonly finds: string;
  find(graph: PathGraph, outage: number): readonly Problem[];
}

export const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 1024 ** 2)} MiB`;
