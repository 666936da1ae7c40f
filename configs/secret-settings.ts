import type { schema } from "./schema";

/** Settings whose values nobody may read in a file. */
export const secretSettings = [
  "otlpToken",
  "storagePassword",
  "bufferPassword",
] as const satisfies readonly (keyof typeof schema.shape)[];
