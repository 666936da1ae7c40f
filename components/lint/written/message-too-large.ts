import type { Component } from "../../path/read/collector";
import { child, has, isKnown, number, text } from "../../path/read/node";
import { defaultTaken, processorsOf, queueOf, through, type Edge } from "../../path/read/written";
import { about, type Found, type Rule } from "./rule";

/** What spans and log lines are taken to be, with all their attributes. Source: docs/capacity.md, spans of 643 bytes to 1 KiB. */
const bytesPerItem = 1024;

const mebibyte = 1024 ** 2;

/** Sizes of batches where nothing is written. Source: processor/batchprocessor/factory.go; exporterhelper's NewDefaultQueueConfig. */
const defaultBatch = 8192;

export const messageTooLarge: Rule = {
  code: "message-too-large",
  severity: "warning",
  finds: "gRPC messages that the next hop permanently refuses for their size: 4 MiB by default",
  find: ({ edges }) => edges.filter(({ protocol }) => protocol === "grpc").flatMap(tooLarge),
};

function tooLarge({ from, exporter, to }: Edge): Found[] {
  const takes = to?.takesBytes ?? defaultTaken.grpc;
  const receiver = to
    ? `receivers.${to.receiver.id} of ${to.collector.name} accepts ${takes / mebibyte} MiB`
    : `a receiver accepts ${takes / mebibyte} MiB by default`;
  const refused = `${receiver}: it permanently refuses the message, and all of it is dropped`;
  const places = through(from, exporter).filter(({ pipeline }) => ["traces", "logs"].includes(pipeline.signal));
  if (places.length === 0) return [];

  const queue = queueOf(exporter);
  const batch = child(queue?.settings, "batch");
  if (queue?.enabled && has(queue.settings, "batch") && isKnown(batch)) {
    const sizer = text(child(batch, "sizer")) ?? text(child(queue.settings, "sizer"));
    const most = number(child(batch, "max_size")) ?? 0;
    if (!isKnown(child(batch, "max_size"))) return [];
    const path = [...queue.path, "batch", "max_size"];
    const least = number(child(batch, "min_size")) ?? defaultBatch;
    if (sizer !== "bytes") return overItems(exporter, path, least, most, takes, refused);
    if (Math.max(least, most) <= takes) return [];
    const reason = `more than the next hop accepts; ${refused}`;
    return [about(exporter, path, { value: most || undefined, reason, remedy: `write ${takes / 2} or less` })];
  }

  const batches = new Map(
    places.flatMap((place) => processorsOf(place).filter(({ type }) => type === "batch")).map((one) => [one.id, one]),
  );
  return [...batches.values()].flatMap((one) => {
    const { config } = one;
    if (!isKnown(child(config, "send_batch_max_size")) || !isKnown(child(config, "send_batch_size"))) return [];
    const most = number(child(config, "send_batch_max_size")) ?? 0;
    const least = number(child(config, "send_batch_size")) ?? defaultBatch;
    return overItems(one, ["send_batch_max_size"], least, most, takes, refused);
  });
}

/** A batch that counts items, where that many of ordinary size are more than the next hop takes. */
function overItems(
  component: Component,
  path: readonly string[],
  least: number,
  most: number,
  takes: number,
  refused: string,
): Found[] {
  const items = most > 0 ? most : least;
  if (items * bytesPerItem <= takes) return [];
  const size = Math.round((items * bytesPerItem) / mebibyte);
  return [
    about(component, path, {
      ...(most > 0 && { value: most }),
      reason: `${items} spans or log lines of 1 KiB are ${size} MiB in one message; ${refused}`,
      remedy: `write ${Math.floor(takes / bytesPerItem / 2)} or less, or sending_queue.batch with sizer: bytes`,
    }),
  ];
}
