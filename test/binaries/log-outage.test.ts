import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { yaml } from "../../components/core/config";
import { lokiConfig } from "../../components/logs/config";
import { start } from "../bench/process";
import { linesOf, post } from "../support/sized";
import { temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { limitedCollector } from "./limited-collector";
import { obtain } from "./obtain";

/** Longest time until what waits is stored, in milliseconds. */
const arrival = 120_000;

describe("log lines, while Loki was away", () => {
  const folder = temporaryFolder();

  it("are all stored when it comes back, 90,001 of them", async () => {
    const { "otelcol-contrib": binary, loki: lokiBinary } = await obtain("otelcol-contrib", "loki");
    const ports = await freePorts(new Set([3100, 9095]));
    const [http, grpc] = [ports.get(3100)!, ports.get(9095)!];
    const collector = await limitedCollector(binary, folder, { jaeger: http, prometheus: http });
    try {
      const requests = [...Array.from({ length: 90 }, () => linesOf(1_000, 1_000)), linesOf(1, 20)];
      for (const request of requests) assert.equal(await post(collector.url, request), 200);

      const file = join(folder, "loki.yaml");
      const moved = yaml(lokiConfig({ memory: "512 MiB" }))
        .replaceAll("/loki", join(folder, "loki"))
        .replace("http_listen_port: 3100", `http_listen_address: 127.0.0.1\n  http_listen_port: ${http}`)
        .replaceAll("9095", String(grpc));
      writeFileSync(file, moved);
      const url = `http://127.0.0.1:${http}`;
      const loki = await start(lokiBinary, [`-config.file=${file}`], `${url}/ready`, join(folder, "loki.log"));
      try {
        const query = new URLSearchParams({ query: 'sum(count_over_time({service_name="sized"}[1h]))' });
        const stored = async (): Promise<number> => {
          const answer = await fetch(`${url}/loki/api/v1/query?${query}`);
          const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
          return Number(data.result[0]?.value[1] ?? 0);
        };
        for (const deadline = Date.now() + arrival; (await stored()) < 90_001 && Date.now() < deadline;)
          await wait(1_000);
        assert.equal(await stored(), 90_001);
      } finally {
        await loki.stop();
      }
    } finally {
      await collector.stop();
    }
  });
});
