import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Component, type Placed } from "../component";
import { jaeger, type JaegerArgs, type JaegerPort, type JaegerRole } from "./workload";

/** Jaeger on a platform: stores traces, shows them, and tells SDKs how to sample. */
export class Jaeger<R extends JaegerRole = "all"> extends Component<JaegerPort<R>> {
  constructor(name: string, args: JaegerArgs<R> & Placed, opts?: ComponentResourceOptions) {
    super(jaeger(name, args), args.platform, opts);
  }
}
