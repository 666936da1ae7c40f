import { goDuration, type Duration } from "../../core/units";
import { atLeast, type Version } from "../../core/version";
import * as check from "../checks";
import type { Processor, Signal } from "../part";

export type Detector =
  | "env"
  | "system"
  | "docker"
  | "ec2"
  | "ecs"
  | "eks"
  | "lambda"
  | "gcp"
  | "azure"
  | "aks"
  | "k8s_api"
  | "kubeadm"
  | "openshift"
  | "consul"
  | "heroku";

export interface ResourceDetectionOptions {
  /** Asked in this order; the first that knows an attribute decides it. @default - env, the variable OTEL_RESOURCE_ATTRIBUTES */
  readonly detectors?: readonly [Detector, ...Detector[]];
  /** Replaces attributes that the sender has set. @default false */
  readonly override?: boolean;
  /** Longest time for one detector. @default "5s" */
  readonly timeout?: Duration;
}

/**
 * Adds what the Collector knows about its own machine or cloud. It describes the sender only where both share a
 * machine: on agents.
 *
 * Source: processor/resourcedetectionprocessor of the Collector's contrib repository.
 */
export const resourceDetection = ({
  detectors = ["env"],
  override = false,
  timeout = "5s",
}: ResourceDetectionOptions = {}): Processor<Signal> => ({
  role: "processor",
  type: "resource_detection",
  formerly: { type: "resourcedetection", before: "0.153.0" },
  stage: "identify",
  carries: { traces: true, metrics: true, logs: true },
  config: (version) => ({
    detectors: detectors.map((detector) => detectorIn(version, detector)),
    override,
    timeout: goDuration(timeout),
  }),
  // The detector asks the API about the one node it runs on.
  ...(detectors.includes("k8s_api") && {
    needs: { access: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get"] }] },
  }),
  problems: [...check.some("detectors", detectors, "name one, or remove it"), ...check.duration("timeout", timeout)],
});

const detectorIn = (version: Version, detector: Detector): string =>
  detector === "k8s_api" && !atLeast(version, "0.154.0") ? "k8snode" : detector;
