import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Component, type Placed } from "../component";
import { grafana, type GrafanaArgs } from "./workload";

/** Grafana, running on a platform. */
export class Grafana extends Component<"http"> {
  constructor(name: string, args: GrafanaArgs & Placed, opts?: ComponentResourceOptions) {
    super(grafana(name, args), args.platform, opts);
  }
}
