import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Component, type Placed } from "../component";
import { prometheus, type PrometheusArgs } from "./workload";

/** Prometheus, running on a platform. */
export class Prometheus extends Component<"http"> {
  constructor(name: string, args: PrometheusArgs & Placed, opts?: ComponentResourceOptions) {
    super(prometheus(name, args), args.platform, opts);
  }
}
