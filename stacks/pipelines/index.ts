import type { Pipelines } from "../../components/collector/pipeline";
import type { RoleName } from "../../configs/roles";
import { agent } from "./agent";
import { everything } from "./everything";
import { gateway } from "./gateway";
import type { Surroundings } from "./parts";
import { sampler } from "./sampler";

export type { Backends, Surroundings } from "./parts";

/** What each role does: `collector` all of it, the others a part each. */
export const pipelinesOf: Readonly<Record<RoleName, (around: Surroundings) => Pipelines>> = {
  collector: everything,
  agent,
  gateway,
  sampler,
};
