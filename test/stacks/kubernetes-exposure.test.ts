import assert from "node:assert/strict";
import { parse } from "yaml";
import { Refusal, sentence } from "../../components/core/problems";
import { nodeExceptions } from "../../components/platforms/kubernetes/exceptions";
import { settingsOfStack } from "../../configs/stack-file";
import type { Exposure } from "../../components/platforms/kubernetes/exposure";
import { describedSecrets, observability } from "../../stacks/observability";
import { plannerOf } from "../../stacks/planner";
import { read, tables } from "../support/markdown";

const page = read("docs/security.md");
const example = parse(/```yaml\n([^`]*)```/.exec(page)?.[1] ?? "") as {
  readonly "sightline:kubernetes": { readonly expose: Readonly<Record<string, Exposure>> };
};
const { expose } = example["sightline:kubernetes"];

/** The committed prod stack with other ports exposed. */
function planned(exposed: Readonly<Record<string, unknown>>, token?: string): string[] {
  const prod = settingsOfStack("prod");
  const settings = {
    ...prod,
    ...(token !== undefined && { otlpTokens: { payments: token } }),
    kubernetes: { ...prod.kubernetes, expose: exposed as Readonly<Record<string, Exposure>> },
  };
  const planner = plannerOf(settings);
  try {
    return planner
      .plan(observability(settings, planner, describedSecrets))
      .filter(({ type }) => /:(Ingress|HTTPRoute|GRPCRoute)$/.test(type))
      .map(({ name }) => name);
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error.problems.map(sentence);
  }
}

describe("docs/security.md", () => {
  it("exposes ports of the prod stack in a way that is taken", () => {
    assert.deepEqual(planned(expose), ["jaeger-query", "grafana-http"]);
  });

  it("lists what agents are excepted from", () => {
    const [exceptions] = tables(page).filter(({ headers }) => headers[1] === "Rules of Monokle");
    assert.deepEqual(
      exceptions?.rows,
      nodeExceptions.map(({ control, rules, reason }) => [
        control,
        rules.join(", "),
        reason[0]?.toUpperCase() + reason.slice(1),
      ]),
    );
  });
});

describe("the prod stack on Kubernetes", () => {
  const ingress = { ...expose["grafana/http"], host: "otlp.example.com" };

  it("takes spans from outside the cluster with TLS and a token, and not without one", () => {
    assert.deepEqual(planned({ "agent/otlp-http": ingress }, "t"), ["agent-otlp-http"]);
    assert.deepEqual(planned({ "agent/otlp-http": ingress }), [
      "expose.agent/otlp-http.authentication.kind: the program has no authentication: anyone who finds the address would have access, " +
        'got "own"; expose it by ingress or route with authentication, or give the program a token if it supports one',
    ]);
    assert.deepEqual(planned({ "agent/otlp-http": { ...ingress, tls: "" } }, "t"), [
      'expose.agent/otlp-http.tls: no certificate: passwords and traces would be sent unencrypted, got ""; name a Secret that contains one',
    ]);
  });

  it("shows its pages to nobody who is not asked", () => {
    for (const port of ["jaeger/query", "prometheus/http", "victorialogs/http"]) {
      assert.deepEqual(planned({ [port]: ingress }), [port.replace("/", "-")], "it asks by itself");
    }
    const { authentication, ...unasked } = expose["jaeger/query"] as Extract<Exposure, { kind: "ingress" }>;
    assert.equal(authentication.kind, "own");
    assert.match(
      planned({ "jaeger/query": unasked }).join(),
      /authentication: missing: anyone would have access without authentication/,
    );
  });
});
