import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { asInputErrors, companions, Component, tell, type Placed } from "../component";
import { within } from "../core/problems";
import { images } from "../images";
import { warningsOf } from "../storage/version";
import { jaeger, type JaegerArgs, type JaegerPort, type JaegerRole } from "./workload";

/**
 * Jaeger on a platform: stores traces, shows them, and tells SDKs how to sample. The nodes of its storage and of its
 * buffer, where they are the stack's own, run beside it, and so do the jobs that delete old traces; several Jaegers on one
 * platform share them.
 */
export class Jaeger<R extends JaegerRole = "all"> extends Component<JaegerPort<R>> {
  constructor(name: string, args: JaegerArgs<R> & Placed, opts?: ComponentResourceOptions) {
    const { storage, buffer, platform, image = images.jaeger } = args;
    const workload = jaeger(name, args);
    const engines = [...(storage.engines ?? []), ...(buffer?.engines ?? [])];
    // Refused as a whole, before the first of them is registered.
    asInputErrors(() => [...engines, workload, ...(storage.jobs ?? [])].forEach((each) => platform.plan([each])));
    tell([...within("storage", warningsOf(storage, image.version)), ...within("buffer", buffer?.warnings)]);
    super(workload, platform, opts, companions(engines, platform, opts));
    companions(storage.jobs ?? [], platform, opts);
  }
}
