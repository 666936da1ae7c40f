import assert from "node:assert/strict";
import { table } from "../../components/dashboards/table";

const said = {
  title: "Edges",
  description: "Who calls whom.",
  width: "full",
  rows: { client: "From", server: "To" },
} as const;
const rate = { expr: "a", unit: "reqps" };
const time = { expr: "b", unit: "s" };

describe("table", () => {
  it("joins its queries by labels and calls the columns by their titles", () => {
    const { transformations, options, fieldConfig } = table({ ...said, columns: { Rate: rate, Time: time } }).panel;
    assert.deepEqual(transformations, [
      { id: "merge", options: {} },
      {
        id: "organize",
        options: {
          excludeByName: { Time: true },
          indexByName: { client: 0, server: 1, "Value #A": 2, "Value #B": 3 },
          renameByName: { client: "From", server: "To", "Value #A": "Rate", "Value #B": "Time" },
        },
      },
    ]);
    assert.deepEqual(options.sortBy, [{ displayName: "Rate", desc: true }]);
    assert.deepEqual(fieldConfig?.overrides, [
      { matcher: { id: "byName", options: "Rate" }, properties: [{ id: "unit", value: "reqps" }] },
      { matcher: { id: "byName", options: "Time" }, properties: [{ id: "unit", value: "s" }] },
    ]);
  });

  it("knows that Grafana does not number the values of a single query", () => {
    const [, organize] = table({ ...said, columns: { Rate: rate } }).panel.transformations ?? [];
    assert.deepEqual(organize?.options.renameByName, { client: "From", server: "To", Value: "Rate" });
  });

  it("leads from a column where it is told to", () => {
    const links = { To: { title: "Open", url: "/d/x" } };
    const [, override] = table({ ...said, columns: { Rate: rate }, links }).panel.fieldConfig?.overrides ?? [];
    assert.deepEqual(override?.matcher, { id: "byName", options: "To" });
    assert.equal(override?.properties[0]?.id, "links");
    assert.equal(override?.properties[0]?.value[0].url, "/d/x");
  });
});
