import { isStranger } from "../../path/read/address";
import { child, text } from "../../path/read/node";
import { about, type Found, type Rule } from "./rule";

export const compressionUnknown: Rule = {
  code: "compression-unknown",
  severity: "warning",
  finds: "zstd or snappy towards an address outside one's own network: a server without it refuses all",
  find: ({ edges }) =>
    edges.flatMap(({ exporter, addresses }): Found[] => {
      const path = exporter.type === "load_balancing" ? ["protocol", "otlp", "compression"] : ["compression"];
      const compression = text(child(exporter.config, ...path));
      const stranger = addresses.find(isStranger);
      if (stranger === undefined || !["zstd", "snappy", "lz4"].includes(compression ?? "")) return [];
      return [
        about(exporter, path, {
          value: compression,
          reason: `a server without it refuses every message for good; whether ${stranger.host} has it cannot be told`,
          remedy: "write gzip, which OTLP asks every server to have, unless it says that it takes this",
        }),
      ];
    }),
};
