import assert from "node:assert/strict";
import type { Config } from "../../components/core/config";
import { countTruncated, fitStorage } from "../../components/jaeger/fit";

describe("fitStorage", () => {
  const groups = (fitStorage({ textBytes: 64_000 }).config as Config)["trace_statements"] as readonly Config[];
  const statements = (condition: string) =>
    groups
      .filter(({ conditions }) => JSON.stringify(conditions) === JSON.stringify([condition]))
      .map((g) => g["statements"]);

  it("cuts the attributes of a span that are too long, and marks the span", () => {
    assert.deepEqual(statements("Len(String(span.attributes)) > 64000"), [
      [
        'delete_matching_keys(span.attributes, "(?s)^.{512}")',
        "flatten(span.attributes)",
        "truncate_all(span.attributes, 64000)",
        'set(span.attributes["sightline.truncated"], true)',
      ],
    ]);
  });

  it("cuts no character in two", () => {
    assert.deepEqual(statements("Len(span.name) > 64000"), [
      [
        "set(span.name, Substring(span.name, 0, 64000, utf8_safe=true))",
        'set(span.attributes["sightline.truncated"], true)',
      ],
    ]);
  });

  it("looks at every text that Badger makes a key of", () => {
    assert.deepEqual(
      groups.map(({ conditions }) => /^Len\((?:String\()?([\w.]+)\)/.exec((conditions as string[])[0] ?? "")?.[1]),
      [
        "resource.attributes",
        "scope.attributes",
        "scope.name",
        "scope.version",
        "span.attributes",
        "span.name",
        "span.status.message",
        "span.trace_state",
        "spanevent.attributes",
        "spanevent.name",
      ],
    );
  });
});

describe("fitStorage, for a storage that minds names alone", () => {
  it("cuts names of services and spans, and leaves attributes whole", () => {
    const { trace_statements: groups } = fitStorage({ nameBytes: 32_000 }).config as Record<string, Config[]>;
    assert.deepEqual(
      groups?.map(({ conditions }) => conditions),
      [['Len(resource.attributes["service.name"]) > 32000'], ["Len(span.name) > 32000"]],
    );
  });
});

describe("countTruncated", () => {
  it("counts what fitStorage has marked, whether on the span or on its resource", () => {
    const { spans } = countTruncated().config as { spans: Record<string, { conditions: string[] }> };
    assert.deepEqual(spans["sightline.spans.truncated"]?.conditions, [
      'span.attributes["sightline.truncated"] == true or resource.attributes["sightline.truncated"] == true',
    ]);
  });
});
