import assert from "node:assert/strict";
import { capacityDocument } from "../support/capacity-document";
import { read } from "../support/markdown";

describe("docs/capacity.md", () => {
  it("has the tables that the code writes; `npm run plan:docs` renews them", async () => {
    assert.equal(read("docs", "capacity.md"), await capacityDocument());
  });
});
