import type { Workload } from "../../core/workload";
import { Sealed } from "../planned";

/** Variables as the engine takes them. */
export const envsOf = (env: Workload["env"] = {}): readonly (string | Sealed)[] =>
  Object.entries(env).map(([name, value]) =>
    typeof value === "string" ? `${name}=${value}` : new Sealed(value, `${name}=`),
  );
