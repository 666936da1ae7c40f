import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { victoriaLogs } from "../../components/logs/victorialogs/workload";
import { start } from "../bench/process";
import { linesOf, post } from "../support/sized";
import { countStoredLines } from "../support/stored-lines";
import { temporaryFolder } from "./folder";
import { freePorts } from "./jaeger-process";
import { limitedCollector } from "./limited-collector";
import { obtain } from "./obtain";

/** Longest time until what waits is stored, in milliseconds. */
const arrival = 120_000;
const all = 90_001;

describe("log lines, while VictoriaLogs was away", () => {
  const folder = temporaryFolder();

  it(`are all stored when it comes back, ${all} of them, and are there after another start`, async () => {
    const binaries = await obtain("otelcol-contrib", "victoria-logs");
    const http = (await freePorts(new Set([9428]))).get(9428)!;
    const url = `http://127.0.0.1:${http}`;
    const args = (victoriaLogs("logs", { size: "2 GiB" }).args ?? []).map((arg) =>
      arg.replace("=/victoria-logs-data", `=${join(folder, "logs")}`),
    );
    const store = () =>
      start(
        binaries["victoria-logs"],
        [...args, `-httpListenAddr=127.0.0.1:${http}`],
        `${url}/health`,
        join(folder, "logs.log"),
      );
    const stored = () => countStoredLines(url, "sized");
    const collector = await limitedCollector(binaries["otelcol-contrib"], folder, { jaeger: http, prometheus: http });
    try {
      const requests = [...Array.from({ length: 90 }, () => linesOf(1_000, 1_000)), linesOf(1, 20)];
      for (const request of requests) assert.equal(await post(collector.url, request), 200);

      const first = await store();
      try {
        for (const deadline = Date.now() + arrival; (await stored()) < all && Date.now() < deadline;) await wait(1_000);
        assert.equal(await stored(), all);
      } finally {
        await first.stop();
      }
      const second = await store();
      try {
        assert.equal(await stored(), all);
      } finally {
        await second.stop();
      }
    } finally {
      await collector.stop();
    }
  });
});
