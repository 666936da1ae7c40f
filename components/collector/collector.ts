import type * as pulumi from "@pulumi/pulumi";
import { Component, type Placed } from "../component";
import { otelCollector, type CollectorPort, type OtelCollectorArgs } from "./workload";

/** An OpenTelemetry Collector, running on a platform. */
export class OtelCollector extends Component<CollectorPort> {
  constructor(name: string, args: OtelCollectorArgs & Placed, opts?: pulumi.ComponentResourceOptions) {
    super(otelCollector(name, args), args.platform, opts);
  }
}
