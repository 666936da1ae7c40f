import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Component, type Placed } from "../../component";
import { loki, type LokiArgs } from "./workload";

/** Loki, running on a platform. */
export class Loki extends Component<"http"> {
  constructor(name: string, args: LokiArgs & Placed, opts?: ComponentResourceOptions) {
    super(loki(name, args), args.platform, opts);
  }
}
