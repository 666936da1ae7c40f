import assert from "node:assert/strict";
import { addressProblems, isAddress, isEngine, parseAddress } from "../../components/core/address";
import { external, httpUrl } from "../../components/core/platform";
import { sentence } from "../../components/core/problems";

describe("an address", () => {
  const good = {
    "otlp.example.com:443": { host: "otlp.example.com", port: 443 },
    "collector:4317": { host: "collector", port: 4317 },
    "10.0.0.1:65535": { host: "10.0.0.1", port: 65535 },
    "[2001:db8::1]:4317": { host: "[2001:db8::1]", port: 4317 },
    "https://otlp.example.com": { host: "otlp.example.com", port: 443, secure: true },
    "http://tempo:4318/": { host: "tempo", port: 4318, secure: false },
    "https://otlp.example.com/otlp/": { host: "otlp.example.com", port: 443, secure: true, path: "/otlp" },
    "http://[::1]/a/b": { host: "[::1]", port: 80, secure: false, path: "/a/b" },
  } as const;
  for (const [text, parsed] of Object.entries(good)) {
    it(`is ${text}`, () => assert.deepEqual(parseAddress(text), parsed));
  }

  const bad: Readonly<Record<string, string>> = {
    "": "empty",
    "tempo.example.com": "has no port",
    "2001:db8::1:4317": "an IPv6 address without brackets",
    "::1": "an IPv6 address without brackets",
    "[2001:db8::1]": "has no port",
    "[2001:db8::g]:4317": "not a host",
    "[fe80::1%eth0]:4317": "not a host",
    "a:b:c": "not a port",
    "https://": "not a host",
    ":4317": "not a host",
    "300.1.1.1:80": "not a host",
    "-a:80": "not a host",
    "a_b..c:80": "not a host",
    "tempo:0": "not a port",
    "tempo:65536": "not a port",
    "tempo:": "not a port",
    "tempo:http": "not a port",
    "https://tempo:": "not a port",
    "tempo:4317/otlp": "has a path but no scheme",
    "grpc://tempo:4317": "neither http nor https",
    "https://user:pass@tempo": "contains credentials",
    "https://tempo/otlp?x=1": "contains more than host, port and path",
    "https://tempo/${env:X}": "contains more than host, port and path",
    "tempo :4317": "contains more than host, port and path",
  };
  for (const [text, reason] of Object.entries(bad)) {
    it(`is not ${JSON.stringify(text)}`, () => {
      const parsed = parseAddress(text);
      assert.ok(!isAddress(parsed));
      assert.equal(parsed.reason, reason);
    });
  }

  it("of a Docker engine is a socket, or a host behind ssh or tcp", () => {
    const engines = [
      "unix:///var/run/docker.sock",
      "ssh://me@build.example.com",
      "ssh://[::1]:22",
      "tcp://10.0.0.1:2375",
    ];
    assert.deepEqual(engines.filter(isEngine), engines);
    const none = [
      "localhost",
      "unix://docker.sock",
      "tcp://",
      "tcp://me@a:1",
      "tcp://::1:2375",
      "ssh://a:99999",
      "tcp://a/b",
    ];
    assert.deepEqual(none.filter(isEngine), []);
  });

  it("is made a URL again as it was written", () => {
    for (const text of ["https://otlp.example.com:8443/otlp", "http://[::1]:80"]) {
      assert.equal(httpUrl(external(text)), text);
    }
  });

  it("that is none is refused as it was written, unless it may hold a password", () => {
    const written = ["tempo.example.com", "2001:db8::1:4317", "https://me:pass@tempo"].map(external);
    assert.deepEqual(addressProblems([...written, { host: "a", port: NaN }, { host: "b", port: 0 }]).map(sentence), [
      'externals: has no port, got "tempo.example.com"; write "tempo.example.com:4317", for example',
      'externals: an IPv6 address without brackets, got "2001:db8::1:4317"; write it as "[2001:db8::1]:4317"',
      "externals: contains credentials; give them separately, as a secret",
      'externals: has no port, got "a"; write "a:4317", for example',
      'externals: not a port, got "b:0"; write a number from 1 to 65535',
    ]);
    assert.deepEqual(addressProblems([external("tempo.example.com:4317"), { host: "[::1]", port: 1 }]), []);
  });
});
