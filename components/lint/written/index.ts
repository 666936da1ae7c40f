import { inOrder, line, type Finding } from "../../path/read/finding";
import type { Reading } from "../../path/read";
import { batchAnswersEarly } from "./batch-answers-early";
import { compressionUnknown } from "./compression-unknown";
import { connectorOnce } from "./connector-once";
import { contextLost } from "./context-lost";
import { diskTooSmall } from "./disk-too-small";
import { diskUnsynced } from "./disk-unsynced";
import { emptyPipeline } from "./empty-pipeline";
import { formerName } from "./former-name";
import { jaegerAnswersEarly } from "./jaeger-answers-early";
import { jaegerInMemory } from "./jaeger-in-memory";
import { jaegerStorage } from "./jaeger-storage";
import { kafkaAcks } from "./kafka-acks";
import { kafkaMarksEarly } from "./kafka-marks-early";
import { loadBalancingQueue } from "./load-balancing-queue";
import { logOffsets } from "./log-offsets";
import { memoryLimiterLate } from "./memory-limiter-late";
import { memoryLimiterLimit } from "./memory-limiter-limit";
import { memoryLimiterMissing } from "./memory-limiter-missing";
import { messageTooLarge } from "./message-too-large";
import { metricsAfterSampling } from "./metrics-after-sampling";
import { missingComponent } from "./missing-component";
import { missingExtension } from "./missing-extension";
import { nameTooNew } from "./name-too-new";
import { noPolicies } from "./no-policies";
import { portTaken } from "./port-taken";
import { queueInMemory } from "./queue-in-memory";
import { queueSettings } from "./queue-settings";
import { relayTooLarge } from "./relay-too-large";
import { removedComponent } from "./removed-component";
import { retryGivesUp } from "./retry-gives-up";
import { routingDefault } from "./routing-default";
import { splitTraces } from "./split-traces";
import { tailSamplingRoom } from "./tail-sampling-room";
import { telemetryAddress } from "./telemetry-address";
import { tlsOff } from "./tls-off";
import { unknownSection } from "./unknown-section";
import { unusedComponent } from "./unused-component";
import type { Rule } from "./rule";

export type { Rule } from "./rule";

/** Rules over configuration that others wrote. What our own stacks render cannot break most of them. */
export const rules: readonly Rule[] = [
  missingComponent,
  missingExtension,
  emptyPipeline,
  connectorOnce,
  unknownSection,
  portTaken,
  memoryLimiterLimit,
  queueSettings,
  noPolicies,
  jaegerStorage,
  removedComponent,
  nameTooNew,
  memoryLimiterMissing,
  memoryLimiterLate,
  diskTooSmall,
  batchAnswersEarly,
  contextLost,
  retryGivesUp,
  messageTooLarge,
  relayTooLarge,
  loadBalancingQueue,
  splitTraces,
  metricsAfterSampling,
  tailSamplingRoom,
  routingDefault,
  kafkaMarksEarly,
  jaegerAnswersEarly,
  tlsOff,
  compressionUnknown,
  queueInMemory,
  diskUnsynced,
  kafkaAcks,
  logOffsets,
  jaegerInMemory,
  unusedComponent,
  formerName,
  telemetryAddress,
];

/** All that is found in what was read, each once, in the order of the files. */
export function lint({ written, findings, files }: Reading): Finding[] {
  const found = rules.flatMap((rule) =>
    rule.find(written).map((one): Finding => ({ code: rule.code, severity: rule.severity, ...one })),
  );
  // Two exporters behind one processor may find the same in it.
  const distinct = new Map([...findings, ...found].map((one) => [line(one), one]));
  return inOrder(files, [...distinct.values()]);
}
