import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Component, type Placed } from "../../component";
import { victoriaLogs, type VictoriaLogsArgs } from "./workload";

/** VictoriaLogs, running on a platform. */
export class VictoriaLogs extends Component<"http"> {
  constructor(name: string, args: VictoriaLogsArgs & Placed, opts?: ComponentResourceOptions) {
    super(victoriaLogs(name, args), args.platform, opts);
  }
}
