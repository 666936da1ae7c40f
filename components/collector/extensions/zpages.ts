import type { Port } from "../../core/workload";
import type { Extension } from "../part";

export interface ZpagesOptions {
  /** Who may look: the pages show what passes through. @default "workload" */
  readonly reach?: Port["reach"];
}

/**
 * Pages about the running Collector, on port 55679: `/debug/pipelinez`, `/debug/tracez`.
 *
 * Source: extension/zpagesextension of the Collector.
 */
export const zpages = ({ reach = "workload" }: ZpagesOptions = {}): Extension => ({
  role: "extension",
  type: "zpages",
  config: { endpoint: "0.0.0.0:55679" },
  needs: { ports: { zpages: { port: 55679, reach } } },
});
