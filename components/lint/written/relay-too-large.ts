import { used } from "../../path/read/collector";
import { child, has, number } from "../../path/read/node";
import {
  behind,
  defaultTaken,
  pipelines,
  processorsOf,
  queueOf,
  type Edge,
  type Written,
} from "../../path/read/written";
import { about, type Found, type Rule } from "./rule";

const mebibyte = 1024 ** 2;
const taken = ["protocols", "grpc", "max_recv_msg_size_mib"];

export const relayTooLarge: Rule = {
  code: "relay-too-large",
  severity: "warning",
  finds: "a gRPC receiver that accepts larger messages than the next hop, with no batch in between to split them",
  find: (written) =>
    written.edges.filter(({ protocol }) => protocol === "grpc").flatMap((edge) => tooLarge(written, edge)),
};

function tooLarge(written: Written, { from, exporter, to }: Edge): Found[] {
  const takes = to?.takesBytes ?? defaultTaken.grpc;
  if (has(queueOf(exporter)?.settings, "batch")) return [];
  // Pipelines that lead to the exporter, by themselves or through connectors, and make no batches.
  const leading = pipelines(written)
    .filter(({ collector }) => collector === from)
    .filter((start) => {
      const way = [start, ...behind(written, start)].filter(({ collector }) => collector === from);
      const arrives = way.some(({ pipeline }) => pipeline.exporters.some(({ id }) => id === exporter.id));
      return arrives && !way.some((place) => processorsOf(place).some(({ type }) => type === "batch"));
    });
  const received = leading.flatMap(({ pipeline }) => pipeline.receivers.map(({ id }) => id));
  return used(from, "receivers", "otlp").flatMap((receiver) => {
    const mebibytes = number(child(receiver.config, ...taken)) ?? 0;
    if (!received.includes(receiver.id) || mebibytes * mebibyte <= takes) return [];
    return [
      about(receiver, taken, {
        value: mebibytes,
        reason: `exporters.${exporter.id} forwards messages unchanged to a hop that accepts ${takes / mebibyte} MiB, and drops larger ones`,
        remedy: `write sending_queue.batch with sizer: bytes and max_size: ${takes / 2} in exporters.${exporter.id}`,
      }),
    ];
  });
}
