import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Component, type Placed } from "../component";
import { alertmanager, type AlertmanagerArgs } from "./workload";

/** Alertmanager, running on a platform. */
export class Alertmanager extends Component<"http"> {
  constructor(name: string, args: AlertmanagerArgs & Placed, opts?: ComponentResourceOptions) {
    super(alertmanager(name, args), args.platform, opts);
  }
}
