import assert from "node:assert/strict";
import { images } from "../../../components/images";
import { yaml } from "../../../components/core/config";
import type { Duration, Size } from "../../../components/core/units";
import { lokiConfig } from "../../../components/logs/loki/config";
import { loki, lokiPorts } from "../../../components/logs/loki/workload";

describe("Loki", () => {
  it("is one process with its data on a volume of the image's own user", () => {
    assert.deepEqual(loki("logs", { size: "10 GiB" }), {
      name: "logs",
      component: "logs:Loki",
      image: images.loki,
      args: ["-config.file=/etc/loki/config.yaml"],
      env: { GOMEMLIMIT: "409MiB" },
      files: { "/etc/loki/config.yaml": { content: yaml(lokiConfig({ memory: "512 MiB" })) } },
      volumes: { "/loki": { kind: "persistent", name: "data", size: "10 GiB", ownedByImage: true } },
      ports: { http: { port: 3100 } },
      health: {
        port: "http",
        path: "/ready",
        command: ["/usr/bin/loki", "-health", "-health.url=http://127.0.0.1:3100/ready"],
        startup: "5m",
      },
      memory: "512 MiB",
      problems: [],
    });
  });

  it("is located by the port it opens", () => {
    assert.deepEqual(lokiPorts, { http: { port: 3100 } });
  });

  it("takes retention, memory and the number outside from its arguments", () => {
    const { files, env, memory, ports } = loki("logs", {
      size: "10 GiB",
      retention: "30d",
      memory: "1 GiB",
      outside: 13100,
    });
    assert.deepEqual(
      { files, env, memory, ports },
      {
        files: { "/etc/loki/config.yaml": { content: yaml(lokiConfig({ retention: "30d", memory: "1 GiB" })) } },
        env: { GOMEMLIMIT: "819MiB" },
        memory: "1 GiB",
        ports: { http: { port: 3100, reach: "outside", outside: 13100 } },
      },
    );
  });

  it("says everything that is wrong at once", () => {
    const wrong = loki("logs", { size: "0 GiB", memory: "1 GB" as Size, retention: "7" as Duration });
    assert.deepEqual(wrong.problems, [
      { path: "size", value: "0 GiB", reason: "not a size", remedy: 'write it with its unit, as "2 GiB"' },
      { path: "memory", value: "1 GB", reason: "not a size", remedy: 'write it with its unit, as "2 GiB"' },
      { path: "retention", value: "7", reason: "not a duration", remedy: 'write it with its unit, as "30s"' },
    ]);
    assert.deepEqual(wrong.files, {});
  });

  it("refuses a retention below a day, which Loki would", () => {
    assert.deepEqual(loki("logs", { size: "1 GiB", retention: "23h" }).problems, [
      {
        path: "retention",
        value: "23h",
        reason: "less than a day, the shortest retention of Loki",
        remedy: 'keep logs for "24h" or longer',
      },
    ]);
    assert.deepEqual(loki("logs", { size: "1 GiB", retention: "1d" }).problems, []);
  });
});
