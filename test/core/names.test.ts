import assert from "node:assert/strict";
import { childName, contentHash, isName, physicalName, typeToken } from "../../components/core/names";

describe("names", () => {
  it("are what other programs remember", () => {
    assert.equal(typeToken("jaeger:Jaeger"), "sightline:jaeger:Jaeger");
    assert.equal(childName("jaeger"), "jaeger");
    assert.equal(childName("jaeger", "files"), "jaeger-files");
    assert.equal(physicalName("sightline-dev", "jaeger", "badger"), "sightline-dev-jaeger-badger");
    assert.equal(contentHash("a: 1"), "16c3c6d786");
  });

  it("are DNS labels of at most 40 characters", () => {
    assert.deepEqual(
      ["jaeger", "a", "a-1", "sightline-dev", "Jaeger", "1a", "a-", "a--b", "", "a".repeat(41)].filter(isName),
      ["jaeger", "a", "a-1", "sightline-dev"],
    );
  });
});
