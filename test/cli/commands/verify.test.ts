import assert from "node:assert/strict";
import { fromFlags } from "../../../cli/commands/verify";
import { Refusal } from "../../../components/core/problems";

const users = { grafanaUser: "admin", storesUser: "sightline" };
const given = {
  otlp: "http://c:4318",
  jaeger: "http://j:16686",
  prometheus: "http://p:9090",
  victorialogs: "https://l",
  ...users,
};

describe("verify's flags", () => {
  it("are addresses, with secrets from the environment", () => {
    const env = { SIGHTLINE_OTLP_TOKEN: "t", SIGHTLINE_GRAFANA_PASSWORD: "p", SIGHTLINE_STORES_PASSWORD: "s" };
    assert.deepEqual(fromFlags({ ...given, sampling: "http://j:5778", grafana: "http://g:3000" }, env), {
      otlpHttp: "http://c:4318",
      jaeger: "http://j:16686",
      prometheus: "http://p:9090",
      logs: { kind: "victorialogs", url: "https://l" },
      sampling: "http://j:5778",
      grafana: { url: "http://g:3000", user: "admin", password: "p" },
      stores: { user: "sightline", password: "s" },
      token: "t",
    });
  });

  it("name one store of logs", () => {
    const { otlp, jaeger, prometheus } = given;
    assert.deepEqual(fromFlags({ ...users, otlp, jaeger, prometheus, loki: "http://l:3100" }, {})?.logs, {
      kind: "loki",
      url: "http://l:3100",
    });
    assert.throws(
      () => fromFlags({ ...given, loki: "http://l:3100" }, {}),
      new Refusal("arguments", [
        {
          path: "--loki",
          value: "http://l:3100",
          reason: "given together with --victorialogs",
          remedy: "give one of them",
        },
      ]),
    );
  });

  it("leave addresses to the stack where none is given", () => {
    assert.equal(fromFlags(users, {}), undefined);
  });

  it("are refused in part or misspelt, all at once", () => {
    assert.throws(
      () => fromFlags({ otlp: "c:4318", jaeger: given.jaeger, grafana: "http://g:3000", ...users }, {}),
      new Refusal("arguments", [
        { path: "--otlp", value: "c:4318", reason: "not a URL", remedy: "write it as http://host:port" },
        {
          path: "--prometheus",
          reason: "missing, but other addresses are given",
          remedy: "give all addresses, or none",
        },
        {
          path: "--victorialogs",
          reason: "missing, but other addresses are given",
          remedy: "give all addresses, or none",
        },
        { path: "--grafana", reason: "no password is given", remedy: "set SIGHTLINE_GRAFANA_PASSWORD" },
      ]),
    );
  });
});
