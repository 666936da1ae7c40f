import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { measured, queries } from "../../../cli/discover/measured";

/** A Prometheus that answers each of these queries with series. */
async function prometheus(answers: Readonly<Record<string, readonly (readonly [labels: object, value: string])[]>>) {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? "", "http://prometheus").searchParams.get("query") ?? "";
    const result = (answers[query] ?? []).map(([metric, value]) => ({ metric, value: [0, value] }));
    response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

describe("what Prometheus knows of services", () => {
  it("is their traffic, errors, calls, and who sends spans without routes", async () => {
    const [web, orders] = [{ service_name: "web" }, { service_name: "orders" }];
    const fake = await prometheus({
      [queries.rate]: [
        [web, "40"],
        [orders, "8"],
      ],
      [queries.failing]: [[orders, "2"]],
      [queries.calls]: [
        [{ client: "web", server: "orders" }, "120"],
        [{ client: "web", server: "web" }, "1"],
        [{ client: "user" }, "9"],
      ],
      [queries.sending]: [
        [orders, "1"],
        [web, "1"],
      ],
      [queries.routeless]: [[web, "1"]],
    });
    try {
      assert.deepEqual(await measured({ url: fake.url }), {
        traffic: { web: { rate: 40, errors: 0 }, orders: { rate: 8, errors: 0.25 } },
        calls: [{ from: "web", to: "orders" }],
        sending: ["orders", "web"],
        routeless: ["web"],
      });
    } finally {
      fake.close();
    }
  });

  it("is nothing where no service has sent a span yet", async () => {
    const fake = await prometheus({});
    try {
      assert.deepEqual(await measured({ url: fake.url }), { traffic: {}, calls: [], sending: [], routeless: [] });
    } finally {
      fake.close();
    }
  });
});
