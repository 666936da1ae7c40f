import { child, text } from "../../path/read/node";
import { behind, processorsOf } from "../../path/read/written";
import { about, type Found, type Rule } from "./rule";

const samplers = ["tail_sampling", "groupbytrace"];

export const splitTraces: Rule = {
  code: "split-traces",
  severity: "warning",
  finds: "tail_sampling that does not get all spans of a trace: its senders do not route by trace id",
  find: (written) =>
    written.edges.flatMap(({ exporter, addresses, to }): Found[] => {
      if (to === undefined) return [];
      const { collector, receiver } = to;
      const whole = collector.pipelines
        .filter(({ receivers }) => receivers.some(({ id }) => id === receiver.id))
        .map((pipeline) => ({ collector, pipeline }))
        // Connectors hand spans on within the process; what a later hop gets is said of the edge that leads there.
        .flatMap((first) => [first, ...behind(written, first).filter((place) => place.collector === collector)])
        .flatMap(processorsOf)
        .find(({ type }) => samplers.includes(type));
      if (whole === undefined) return [];
      const hop = `processors.${whole.id} of ${to.collector.name}`;
      if (exporter.type === "load_balancing") {
        const key = text(child(exporter.config, "routing_key")) ?? "traceID";
        if (key === "traceID") return [];
        return [
          about(exporter, ["routing_key"], {
            value: key,
            reason: `${hop} decides on traces, but the spans of one trace reach several replicas`,
            remedy: "write routing_key: traceID",
          }),
        ];
      }
      const isSpread = addresses.some(({ scheme }) => scheme === "dns");
      return [
        about(exporter, ["endpoint"], {
          ...(!isSpread && { severity: "note" as const }),
          value: addresses[0]?.written,
          reason: isSpread
            ? `each message goes to a different replica, so ${hop} decides on parts of traces`
            : `${hop} decides on parts of traces as soon as it has a second replica`,
          remedy: "send with load_balancing and routing_key: traceID",
        }),
      ];
    }),
};
