import assert from "node:assert/strict";
import { parse } from "yaml";
import * as parts from "../../components/collector/parts";
import { sampleConfigs, sampleWorkloads } from "../support/collector-samples";

describe("sample configurations", () => {
  it("hold no problem", () => {
    assert.deepEqual(
      sampleWorkloads().flatMap(({ problems = [] }) => problems),
      [],
    );
  });

  it("hold every part of the library, so that a real Collector judges all of them", () => {
    const sections = ["receivers", "processors", "exporters", "connectors", "extensions"];
    const used = new Set(
      Object.values(sampleConfigs()).flatMap((text) => {
        const config = parse(text);
        return sections.flatMap((section) =>
          Object.keys(config[section]).map((id) => `${section} ${id.split("/")[0]}`),
        );
      }),
    );
    // A constant that is exported beside the parts is not one of them.
    const factories = Object.values(parts).filter((part) => typeof part === "function");
    assert.equal(used.size, factories.length);
  });

  it("show no secret", () => {
    assert.doesNotMatch(Object.values(sampleConfigs()).join(), /sample-token|thirty-two|gVEyXc26/);
  });
});
