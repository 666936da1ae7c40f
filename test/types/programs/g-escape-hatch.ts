import { dockerHost, OtelCollector, otlp, type Exporter, type Processor } from "sightline";

// A processor and an exporter that the library does not know, and what no option says.
const grouped: Processor<"traces"> = {
  role: "processor",
  type: "groupbytrace",
  carries: { traces: true },
  stage: "sample",
  config: { wait_duration: "10s", num_traces: 1000 },
};
const xray: Exporter<"traces"> = {
  role: "exporter",
  type: "awsxray",
  carries: { traces: true },
  config: { region: "eu-central-1" },
  needs: {
    env: { AWS_REGION: "eu-central-1" },
    externals: [{ host: "xray.eu-central-1.amazonaws.com", port: 443 }],
  },
};

new OtelCollector("collector", {
  platform: dockerHost({
    name: "hatch",
    transform: (object) =>
      object.type === "docker:index/container:Container" && object.name === "collector"
        ? { ...object, inputs: { ...object.inputs, logDriver: "journald" } }
        : object,
  }),
  pipelines: { traces: { receivers: [otlp()], processors: [grouped], exporters: [xray] } },
  customize: (config) => ({
    ...config,
    extensions: { ...Object(config["extensions"]), pprof: { endpoint: "127.0.0.1:1777" } },
  }),
});
