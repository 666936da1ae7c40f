import * as pulumi from "@pulumi/pulumi";
import type { Platform, PlannedObject } from "../../components/core/platform";
import { Refusal } from "../../components/core/problems";
import type { Workload } from "../../components/core/workload";

export interface Exam {
  /** A platform that has not run anything yet. */
  readonly make: () => Platform;
  /** `type name` of the planned object that holds the agent's data. */
  readonly data: string;
  /** Changes that this platform has nothing to do for, and why. @default - none */
  readonly needless?: Readonly<Record<string, string>>;
}

/** What a platform is asked, by a sentence that says what it promises. */
export type Cases = Readonly<Record<string, (exam: Exam) => void | Promise<void>>>;

export class Owner extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Owner", name);
  }
}

export const run = (platform: Platform, workload: Workload) =>
  platform.run(workload, new Owner(`${workload.name}-owner`));

/** A plan, or why there is none. */
export function planned(platform: Platform, workloads: readonly Workload[]): readonly PlannedObject[] | Refusal {
  try {
    return platform.plan(workloads);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

export function problemPaths(platform: Platform, workloads: readonly Workload[]): readonly string[] {
  const result = planned(platform, workloads);
  return result instanceof Refusal ? result.problems.map(({ path }) => path) : [];
}

export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
