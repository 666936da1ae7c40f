import { isStranger } from "../../path/read/address";
import { child, flag } from "../../path/read/node";
import { about, type Found, type Rule } from "./rule";

export const tlsOff: Rule = {
  code: "tls-off",
  severity: "warning",
  finds: "data sent to an address outside your own network unencrypted, or without checking its certificate",
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
            reason: `anyone on the network path to ${stranger.host} can read and change the data`,
            remedy: stranger.scheme === "http" ? "write https://" : "remove insecure: true",
          }),
        ];
      }
      if (flag(child(exporter.config, ...tls, "insecure_skip_verify")) !== true) return [];
      return [
        about(exporter, [...tls, "insecure_skip_verify"], {
          value: true,
          reason: `anyone on the network path can impersonate ${stranger.host}`,
          remedy: "remove it, and set ca_file to the certificate authority",
        }),
      ];
    }),
};
