import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Component, type Placed } from "../../component";
import type { LogStoreArgs } from "../store";
import { victoriaLogs } from "./workload";

/** VictoriaLogs, running on a platform. */
export class VictoriaLogs extends Component<"http"> {
  constructor(name: string, args: LogStoreArgs & Placed, opts?: ComponentResourceOptions) {
    super(victoriaLogs(name, args), args.platform, opts);
  }
}
