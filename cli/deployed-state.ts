import { z } from "zod";
import type { Stack } from "./stack";

/** What is read of a stack's state. */
const state = z.object({
  deployment: z
    .object({
      resources: z
        .array(z.object({ urn: z.string(), type: z.string(), inputs: z.record(z.string(), z.unknown()).default({}) }))
        .default([]),
      pending_operations: z.array(z.unknown()).default([]),
    })
    .default({ resources: [], pending_operations: [] }),
});

export type DeployedState = z.infer<typeof state>["deployment"];

/** The state of a stack; nothing in it where there is none. */
export async function deployedState({ name, read }: Pick<Stack, "name" | "read">): Promise<DeployedState> {
  return state.parse(JSON.parse((await read("stack", "export", "--stack", name)) ?? "{}")).deployment;
}

/** Whether processes of a stack run by its state. Outputs do not say so: Pulumi keeps those of a stack that was taken down. */
export const runs = ({ resources }: DeployedState): boolean =>
  resources.some(({ type }) => type === "docker:index/container:Container" || type.startsWith("kubernetes:apps/"));

/** Whether an update was cut off before it could note what became of a resource. */
export const isCutOff = (state: DeployedState): boolean => state.pending_operations.length > 0;
