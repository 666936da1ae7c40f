import { dockerHost, nop, OtelCollector, otlp } from "sightline";

// The same on two machines, in one program.
for (const place of ["blue", "green"]) {
  new OtelCollector("collector", {
    platform: dockerHost({ name: "tracing", host: `ssh://tracing@${place}.example.com`, logicalPrefix: `${place}-` }),
    pipelines: { traces: { receivers: [otlp({ reach: "outside" })], exporters: [nop()] } },
  });
}
