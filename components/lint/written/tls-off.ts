import { isStranger } from "../../path/read/address";
import { child, flag } from "../../path/read/node";
import { about, type Found, type Rule } from "./rule";

export const tlsOff: Rule = {
  code: "tls-off",
  severity: "warning",
  finds: "data for an address outside one's own network in clear, or without a look at its certificate",
  find: ({ edges }) =>
    edges.flatMap(({ exporter, addresses }): Found[] => {
      const stranger = addresses.find(isStranger);
      if (stranger === undefined) return [];
      const tls = exporter.type === "load_balancing" ? ["protocol", "otlp", "tls"] : ["tls"];
      if (
        stranger.scheme === "http" ||
        (flag(child(exporter.config, ...tls, "insecure")) && stranger.scheme !== "https")
      ) {
        return [
          about(exporter, stranger.scheme === "http" ? ["endpoint"] : [...tls, "insecure"], {
            reason: `everybody on the way to ${stranger.host} can read and change what is sent`,
            remedy: stranger.scheme === "http" ? "write https://" : "take insecure: true away",
          }),
        ];
      }
      if (flag(child(exporter.config, ...tls, "insecure_skip_verify")) !== true) return [];
      return [
        about(exporter, [...tls, "insecure_skip_verify"], {
          value: true,
          reason: `anybody on the way can pass for ${stranger.host}`,
          remedy: "take it away, and name the authority in ca_file",
        }),
      ];
    }),
};
