import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Component, type Placed } from "../../component";
import type { LogStoreArgs } from "../store";
import { loki } from "./workload";

/** Loki, running on a platform. */
export class Loki extends Component<"http"> {
  constructor(name: string, args: LogStoreArgs & Placed, opts?: ComponentResourceOptions) {
    super(loki(name, args), args.platform, opts);
  }
}
