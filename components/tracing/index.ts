/** The Collectors between services and stores: what each role does, and all of them as one chain. */
export { agent as agentPipelines, type AgentOptions } from "./agent";
export { collector as collectorPipelines, type CollectorOptions } from "./collector";
export { gateway as gatewayPipelines, type GatewayOptions } from "./gateway";
export { affordable, samplersOf } from "./afford";
export { samples } from "./keep";
export { complete, tracingDefaults, type TracingOptions } from "./defaults";
export { chainProblems } from "./problems";
export { nameProblems, roomOf } from "./room";
export { measuresVolumes, nodeReader as nodeReaderPipelines, readsNode, type NodeReaderOptions } from "./node-reader";
export type { Judging, Measuring, OwnNode, Receiving, Stores, TraceStore, Waiting } from "./options";
export { chains, collectorRoles, fewestOf, runningOf, type CollectorRole, type Running, type Scale } from "./roles";
export { sampler as samplerPipelines, samplerDrain, type SamplerOptions } from "./sampler";
export {
  guardOf,
  locateAll,
  locateNodeReader,
  pipelinesOf,
  hopOptions,
  tracing,
  type Chain,
  type HopOptions,
} from "./tracing";
