import assert from "node:assert/strict";
import { rowToService, seriesToService, toBoard, toExplore } from "../../components/dashboards/links";

describe("links", () => {
  it("keep the time shown", () => {
    assert.deepEqual(toBoard("services", "All services"), {
      title: "All services",
      url: "/d/tracing-services?${__url_time_range}",
    });
  });

  it("choose the service of a series, or of a row", () => {
    assert.equal(
      seriesToService.url,
      "/d/tracing-service?var-service=${__field.labels.service_name}&${__url_time_range}",
    );
    assert.equal(
      rowToService("From").url,
      '/d/tracing-service?var-service=${__data.fields["From"]}&${__url_time_range}',
    );
  });

  it("open Explore with a query in which variables are still variables", () => {
    const { url } = toExplore("Logs", "loki", { expr: '{service_name="${service}"}' });
    assert.match(url, /^\/explore\?schemaVersion=1&orgId=1&panes=%7B/);
    const panes = JSON.parse(decodeURIComponent(url.split("panes=")[1] ?? ""));
    assert.deepEqual(panes, {
      left: {
        datasource: "logs",
        queries: [{ refId: "A", datasource: { type: "loki", uid: "logs" }, expr: '{service_name="${service}"}' }],
        range: { from: "${__from}", to: "${__to}" },
      },
    });
    assert.deepEqual(url.match(/\$\{\w+\}/g), ["${service}", "${__from}", "${__to}"]);
  });
});
