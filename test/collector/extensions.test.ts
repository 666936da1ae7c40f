import assert from "node:assert/strict";
import { basicAuth, bearerTokenAuth, jaegerRemoteSampling } from "../../components/collector/parts";
import { configIn, type Part } from "../../components/collector/part";
import { type Endpoint } from "../../components/core/platform";

const configOf = (part: Part) => configIn("0.158.0", part);
const of = { workload: "next", port: "otlp" };
const inside: Endpoint = { host: "next", port: 4317, of };
const secret = (value: string) => ({ secret: value });

describe("extensions", () => {
  it("keep secrets in variables or in files, never in the configuration", () => {
    const client = basicAuth({ kind: "client", name: "my-vendor", username: "me", password: secret("p") });
    assert.deepEqual(configOf(client), {
      client_auth: { username: "me", password: "${env:BASIC_AUTH_MY_VENDOR_PASSWORD}" },
    });
    assert.deepEqual(client.needs, { env: { BASIC_AUTH_MY_VENDOR_PASSWORD: { secret: "p" } } });
    const known = basicAuth({ kind: "server", name: "own", username: "me", password: secret("p") });
    assert.deepEqual(known.config, { htpasswd: { inline: "me:${env:BASIC_AUTH_OWN_PASSWORD}" } });
    assert.deepEqual(known.needs, { env: { BASIC_AUTH_OWN_PASSWORD: secret("p") } });
    const server = basicAuth({ kind: "server", htpasswd: secret("me:hash") });
    assert.deepEqual(configOf(server), { htpasswd: { file: "/etc/otelcol-contrib/htpasswd" } });
    assert.deepEqual(server.needs, { files: { "/etc/otelcol-contrib/htpasswd": { secret: "me:hash" } } });
    assert.deepEqual(configOf(bearerTokenAuth({ token: secret("t") })), {
      scheme: "Bearer",
      token: "${env:BEARER_TOKEN}",
    });
    const several = bearerTokenAuth({ name: "senders", tokens: secret("a payments\nb shop\n") });
    assert.deepEqual(configOf(several), { scheme: "Bearer", filename: "/etc/otelcol-contrib/tokens-senders" });
    assert.deepEqual(several.needs, {
      files: { "/etc/otelcol-contrib/tokens-senders": secret("a payments\nb shop\n") },
    });
  });

  it("tell SDKs how to sample, from strategies or from a Jaeger", () => {
    const own = jaegerRemoteSampling({ source: { kind: "strategies", strategies: { a: 1 } } });
    assert.deepEqual(configOf(own), {
      http: { endpoint: "0.0.0.0:5778" },
      source: { reload_interval: "1m", file: "/etc/otelcol-contrib/sampling.json" },
    });
    assert.deepEqual(own.needs?.files, { "/etc/otelcol-contrib/sampling.json": { content: '{\n  "a": 1\n}\n' } });
    const asked = jaegerRemoteSampling({ source: { kind: "jaeger", to: inside } });
    assert.deepEqual(configOf(asked)["source"], {
      reload_interval: "1m",
      remote: { endpoint: "next:4317", tls: { insecure: true } },
    });
    assert.deepEqual(asked.needs?.connects, [{ ...of, number: 4317 }]);
  });
});
