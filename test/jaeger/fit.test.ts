import assert from "node:assert/strict";
import type { Config } from "../../components/core/config";
import { countTruncated, fitStorage } from "../../components/jaeger/fit";
import type { StorageLimits } from "../../components/storage/storage";

const groupsOf = (limits?: StorageLimits) =>
  (fitStorage(limits)[0]!.config as Record<string, Config[]>)["trace_statements"]!;
const statementsOf = (groups: readonly Config[], ...wanted: string[]) =>
  groups
    .filter(({ conditions }) => JSON.stringify(conditions) === JSON.stringify(wanted))
    .map(({ statements }) => statements);
const lookedAt = (groups: readonly Config[]) =>
  groups.map(({ conditions }) => (conditions as string[])[0]!.replace(/^.*?\((?:\w+\()?([\w.]+).*$/, "$1"));

describe("fitStorage", () => {
  const groups = groupsOf({ textBytes: 64_000 });
  const marked = 'set(span.attributes["sightline.truncated"], true)';

  it("cuts the attributes of a span that could be too long, bytes among them, and marks the span", () => {
    assert.deepEqual(statementsOf(groups, "Len(ToKeyValueString(span.attributes)) > 42666"), [
      [
        'delete_matching_keys(span.attributes, "(?s)^.{512}")',
        "flatten(span.attributes, depth=16)",
        "stringify_all(span.attributes)",
        "truncate_all(span.attributes, 64000)",
        marked,
      ],
    ]);
  });

  it("cuts no character in two", () => {
    assert.deepEqual(statementsOf(groups, "Len(span.name) > 64000"), [
      ["set(span.name, Substring(span.name, 0, 64000, utf8_safe=true))", marked],
    ]);
  });

  it("writes numbers that JSON has no word for as text, whatever the storage", () => {
    const numbers = ["resource", "scope", "span", "spanevent"].map((holder) => `${holder}.attributes`);
    assert.deepEqual(lookedAt(groupsOf()), numbers);
    assert.deepEqual(
      statementsOf(groupsOf(), 'IsMatch(ToKeyValueString(span.attributes), "=(NaN|[-+]?Inf(inity)?)( |$$)")'),
      [["stringify_all(span.attributes)", marked]],
    );
  });

  it("looks at every text that Badger makes a key of", () => {
    assert.deepEqual(lookedAt(groups).slice(4), [
      "resource.attributes",
      "scope.attributes",
      "span.attributes",
      "spanevent.attributes",
      "scope.name",
      "scope.version",
      "span.name",
      "span.status.message",
      "span.trace_state",
      "spanevent.name",
    ]);
  });

  it("cuts names of services and spans, and leaves attributes whole, for a storage that minds names alone", () => {
    assert.deepEqual(
      groupsOf({ nameBytes: 32_000 })
        .slice(4)
        .map(({ conditions }) => conditions),
      [['Len(resource.attributes["service.name"]) > 32000'], ["Len(span.name) > 32000"]],
    );
  });

  it("drops the events of a span that has too many, and says how many they were", () => {
    const [rewritten, dropped, ...others] = fitStorage({ events: 500 });
    const { trace_statements: statements } = rewritten!.config as Record<string, Config[]>;
    assert.deepEqual(statementsOf(statements!, "Len(span.events) > 500"), [
      ["set(span.dropped_events_count, span.dropped_events_count + Len(span.events))", marked],
    ]);
    const filter = (dropped!.config as (version: "0.158.0") => Config)("0.158.0");
    assert.deepEqual(filter, {
      error_mode: "ignore",
      trace_conditions: [{ context: "spanevent", conditions: ["Len(span.events) > 500"] }],
    });
    assert.deepEqual([dropped!.stage, others], [rewritten!.stage, []]);
  });

  it("moves spans of another time to the present, where each day has an index, and keeps what they said", () => {
    assert.deepEqual(
      statementsOf(
        groupsOf({ times: { past: "72h", future: "24h" } }),
        "span.start_time_unix_nano < UnixNano(Now()) - 259200000000000",
        "span.start_time_unix_nano > UnixNano(Now()) + 86400000000000",
      ),
      [
        [
          'set(span.attributes["sightline.start_time_unix_nano"], span.start_time_unix_nano)',
          marked,
          "set(span.end_time_unix_nano, UnixNano(Now()))",
          "set(span.start_time_unix_nano, span.end_time_unix_nano)",
        ],
      ],
    );
  });

  it("writes the name of a service in UTF-8 where the storage wants that", () => {
    assert.deepEqual(
      statementsOf(groupsOf({ utf8: true }), 'IsMatch(resource.attributes["service.name"], "\\\\x{FFFD}")'),
      [
        [
          'replace_pattern(resource.attributes["service.name"], "\\\\x{FFFD}", "\uFFFD")',
          'set(resource.attributes["sightline.truncated"], true)',
        ],
      ],
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
