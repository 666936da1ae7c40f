import assert from "node:assert/strict";
import {
  attributes,
  k8sAttributes,
  probabilisticSampler,
  redaction,
  resourceDetection,
  transform,
} from "../../components/collector/parts";
import { configIn, type Part } from "../../components/collector/part";
import { sentence } from "../../components/core/problems";

const configOf = (part: Part) => configIn("0.158.0", part);
const problemsOf = (part: Part) => (part.problems ?? []).map(sentence);
const secret = (value: string) => ({ secret: value });

describe("processors", () => {
  it("ask Kubernetes for exactly the rights that what they look up needs", () => {
    const rights = (part: Part) => part.needs?.access?.map(({ apiGroups, resources }) => [...apiGroups, ...resources]);
    assert.deepEqual(rights(k8sAttributes()), [["", "pods", "namespaces"]]);
    assert.deepEqual(
      rights(
        k8sAttributes({
          metadata: ["k8s.node.uid", "k8s.deployment.uid", "k8s.cronjob.uid"],
          labels: [{ key: "team", from: "statefulset" }],
        }),
      ),
      [
        ["", "pods", "namespaces", "nodes"],
        ["apps", "replicasets", "statefulsets"],
        ["batch", "jobs"],
      ],
    );
    assert.deepEqual(rights(resourceDetection({ detectors: ["env", "k8s_api"] })), [["", "nodes"]]);
    assert.deepEqual(rights(resourceDetection()), undefined);
  });

  it("look at pods of their own node where asked to", () => {
    assert.deepEqual(configOf(k8sAttributes())["filter"], undefined);
    assert.deepEqual(configOf(k8sAttributes({ ownNode: true }))["filter"], { node_from_env_var: "K8S_NODE_NAME" });
  });

  it("change attributes in the Collector's words", () => {
    const part = attributes({
      actions: [
        { key: "price", action: "insert", value: "5 $" },
        { key: "tenant", action: "upsert", fromContext: "metadata.x-tenant" },
        { key: "user", action: "update", fromAttribute: "enduser.id" },
        { key: "node", action: "insert", fromVariable: "K8S_NODE_NAME" },
        { key: "url", action: "extract", pattern: "^(?P<host>.*)$" },
        { key: "status", action: "convert", to: "int" },
        { key: "token", action: "delete" },
        { pattern: "^a\\.$", action: "delete" },
      ],
    });
    assert.deepEqual(configOf(part), {
      actions: [
        { key: "price", action: "insert", value: "5 $$" },
        { key: "tenant", action: "upsert", from_context: "metadata.x-tenant" },
        { key: "user", action: "update", from_attribute: "enduser.id" },
        { key: "node", action: "insert", value: "${env:K8S_NODE_NAME}" },
        { key: "url", action: "extract", pattern: "^(?P<host>.*)$$" },
        { key: "status", action: "convert", converted_type: "int" },
        { key: "token", action: "delete" },
        { pattern: "^a\\.$$", action: "delete" },
      ],
    });
  });

  it("write statements in one style, since the Collector takes no mixture", () => {
    const statement = 'replace_pattern(span.name, "a$", "$1")';
    assert.deepEqual(configOf(transform({ statements: { traces: [statement] } })), {
      error_mode: "ignore",
      trace_statements: ['replace_pattern(span.name, "a$$", "$$1")'],
    });
    assert.deepEqual(
      configOf(transform({ statements: { logs: ["a", { conditions: ["b"], statements: ["c"] }] } }))["log_statements"],
      [{ statements: ["a"] }, { conditions: ["b"], statements: ["c"] }],
    );
  });

  it("keep attributes that redaction says nothing about, and refer to its key", () => {
    assert.deepEqual(configOf(redaction({})), { allow_all_keys: true, summary: "silent" });
    const hashed = redaction({ blockedValues: ["4[0-9]{15}$"], hash: { hmac: "sha512", key: secret("k") } });
    assert.deepEqual(configOf(hashed), {
      allow_all_keys: true,
      blocked_values: ["4[0-9]{15}$$"],
      hash_function: "hmac-sha512",
      hmac_key: "${env:REDACTION_HMAC_KEY}",
      summary: "silent",
    });
    assert.deepEqual(hashed.needs, { env: { REDACTION_HMAC_KEY: { secret: "k" } } });
    assert.deepEqual(problemsOf(redaction({ blockedValues: ["(?<!x)y"] })), [
      "patterns: the Collector's regular expressions (RE2) support neither lookaround nor backreferences, " +
        'got "(?<!x)y"; rewrite it without them',
    ]);
  });

  it("note the probability of a sampled span", () => {
    assert.deepEqual(configOf(probabilisticSampler({ percentage: 25 })), {
      sampling_percentage: 25,
      mode: "proportional",
    });
    assert.deepEqual(problemsOf(probabilisticSampler({ percentage: 101 })), [
      "percentage: not a percentage, got 101; write a number from 0 to 100",
    ]);
    assert.deepEqual(problemsOf(probabilisticSampler({ percentage: NaN })).length, 1);
  });
});
