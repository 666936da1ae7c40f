import assert from "node:assert/strict";
import { nop, otlp } from "../../components/collector/parts";
import { OtelCollector } from "../../components/collector/collector";
import { dockerHost } from "../../components/platforms/docker";
import { label, record } from "../support/recorder";

describe("OtelCollector", () => {
  it("runs on a platform as one component", async () => {
    const seen = await record(() => {
      new OtelCollector("gateway", {
        platform: dockerHost({ name: "sightline-test" }),
        pipelines: { traces: { receivers: [otlp()], exporters: [nop()] } },
      });
    });
    const labels = seen.map(label);
    assert(labels.includes("sightline:collector:OtelCollector gateway"), labels.join("\n"));
    assert(labels.includes("docker:index/container:Container gateway"), labels.join("\n"));
  });

  it("refuses as Pulumi does, with each problem at its property", () => {
    assert.throws(
      () =>
        new OtelCollector("bad", {
          platform: dockerHost({ name: "sightline-test" }),
          memory: "512" as "512 MiB",
          pipelines: { traces: { receivers: [otlp()], exporters: [nop()] } },
        }),
      /bad\.memory: not a size, got "512"/,
    );
  });
});
