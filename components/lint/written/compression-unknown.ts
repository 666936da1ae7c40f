import { isStranger } from "../../path/read/address";
import { child, text } from "../../path/read/node";
import { about, type Found, type Rule } from "./rule";

export const compressionUnknown: Rule = {
  code: "compression-unknown",
  severity: "warning",
  finds: "zstd or snappy to an address outside your own network: a server without support for it refuses everything",
  find: ({ edges }) =>
    edges.flatMap(({ exporter, addresses }): Found[] => {
      const path = exporter.type === "load_balancing" ? ["protocol", "otlp", "compression"] : ["compression"];
      const compression = text(child(exporter.config, ...path));
      const stranger = addresses.find(isStranger);
      if (stranger === undefined || !["zstd", "snappy", "lz4"].includes(compression ?? "")) return [];
      return [
        about(exporter, path, {
          value: compression,
          reason: `a server without support for it permanently refuses every message; whether ${stranger.host} supports it is unknown`,
          remedy: "write gzip, which OTLP requires of every server, unless this server is documented to support it",
        }),
      ];
    }),
};
