import { hop } from "./hop";
import { path } from "./path";
import { refused } from "./refused";

export type { Seed } from "./seed";

export const seeds = [...refused, ...path, ...hop];
