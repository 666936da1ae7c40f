import { figures } from "./figures";

const step = 64 * 1024 ** 2;

/** Memory limit of a process that holds so many bytes of spans besides itself. */
export const memoryLimit = (held = 0): number =>
  wholeSteps((figures.processMemory.value + held) / figures.memoryInUse.value);

/** Memory as it is given to processes: in steps of 64 MiB. */
export const wholeSteps = (bytes: number): number => Math.ceil(bytes / step) * step;

/**
 * Bytes of spans that wait in all samplers for the rest of their traces.
 *
 * Source: processor/tailsamplingprocessor of the Collector's contrib repository: `num_traces` holds decision_wait.
 */
export const waitingBytes = (bytesPerSecond: number, decisionWaitSeconds: number): number =>
  bytesPerSecond * decisionWaitSeconds * figures.spanInMemory.value;
