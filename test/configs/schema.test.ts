import assert from "node:assert/strict";
import { Refusal, sentence } from "../../components/core/problems";
import { settingsFrom } from "../../configs/settings-from";

const refusalOf = (raw: Record<string, unknown>): string[] => {
  try {
    settingsFrom("dev", raw);
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return error.problems.map(sentence);
  }
  return [];
};

describe("settings", () => {
  it("are complete where nothing is set", () => {
    assert.equal(settingsFrom("dev", { name: "" }).name, "sightline-dev");
    const { name, platform, durability, storage, ports, images } = settingsFrom("dev", {});
    assert.deepEqual(
      { name, platform, durability, storage, ports: ports.jaeger, image: images.jaeger.tag },
      {
        name: "sightline-dev",
        platform: "docker",
        durability: "disk",
        storage: { kind: "badger", size: "20 GiB", retention: "72h" },
        ports: 16686,
        image: "2.20.0",
      },
    );
  });

  it("keep the default of each port and memory limit that is not set", () => {
    const { ports, memory } = settingsFrom("dev", { ports: { jaeger: 26686 }, memory: { jaeger: "2 GiB" } });
    assert.deepEqual([ports.jaeger, ports.loki, memory.jaeger, memory.loki], [26686, 3100, "2 GiB", "512 MiB"]);
  });

  const refused: readonly (readonly [Record<string, unknown>, ...string[]])[] = [
    [{ durabilty: "disk" }, "durabilty: unknown setting; did you mean durability?"],
    [{ ports: { jeager: 1 } }, "ports.jeager: unknown setting; did you mean jaeger?"],
    [{ platform: "nomad" }, 'platform: must be docker or kubernetes, got "nomad"; see docs/settings.md'],
    [{ durability: "tape" }, 'durability: must be memory, disk or disk-fsync, got "tape"; see docs/settings.md'],
    [{ queueSize: 2 }, 'queueSize: must be a size with its unit, got 2; write, for example, "2 GiB"'],
    [
      { metricsRetention: "15" },
      'metricsRetention: must be a duration with its unit, got "15"; write, for example, "15d"',
    ],
    [{ logsSize: "10GB" }, 'logsSize: must be a size with its unit, got "10GB"; write, for example, "10 GiB"'],
    [
      { name: "Dev Stack" },
      'name: must be lower case letters, digits and hyphens, got "Dev Stack"; write, for example, sightline-dev',
    ],
    [
      { dockerHost: "localhost" },
      'dockerHost: must be the URL of a Docker engine, got "localhost"; write, for example, unix:///var/run/docker.sock or ssh://user@host',
    ],
    [{ ports: { loki: 0 } }, "ports.loki: must be at least 1, got 0; write, for example, a number from 1 to 65535"],
    [
      { ports: { loki: 65536 } },
      "ports.loki: must be at most 65535, got 65536; write, for example, a number from 1 to 65535",
    ],
    [
      { ports: { loki: "3100" } },
      'ports.loki: must be a whole number, got "3100"; write, for example, a number from 1 to 65535',
    ],
    ...["https://registry.example.com", "registry.example.com/", "mirror", "registry.example.com/Mirror", "a:x/b"].map(
      (registry): [Record<string, unknown>, string] => [
        { registry },
        `registry: must be a registry without a scheme, and perhaps a path in it, got "${registry}"; write, for example, registry.example.com/mirror`,
      ],
    ),
    [{ grafana: "yes" }, 'grafana: must be true or false, got "yes"; see docs/settings.md'],
    [
      { memory: { jaeger: "lots" } },
      'memory.jaeger: must be a size with its unit, got "lots"; write, for example, "512 MiB"',
    ],
    [
      { storage: "badger" },
      'storage: must be an object with a kind, got "badger"; write, for example, { kind: badger, size: "20 GiB", retention: "72h" }',
    ],
    [
      { storage: { size: "1 GiB" } },
      'storage.kind: must be a string; write, for example, { kind: badger, size: "20 GiB", retention: "72h" }',
    ],
    [
      { sampling: "../secret.json" },
      'sampling: must be a file name in configs/sampling, got "../secret.json"; write, for example, dev.json',
    ],
    [
      { images: { jaeger: { tag: "2.19.0" } } },
      'images.jaeger.version: missing, but tag is "2.19.0"; write the version of the program in that image, as "2.20.0"',
    ],
    [
      { images: { jaeger: { digest: "abc" } } },
      'images.jaeger.digest: must be sha256: and 64 hexadecimal digits, got "abc"; write, for example, { tag: "2.20.0", version: "2.20.0" }',
    ],
    [{ uiAddress: "localhost" }, 'uiAddress: must be an IP address, got "localhost"; write, for example, 127.0.0.1'],
    [
      { otlpAddress: "0.0.0.0" },
      'otlpAddress: anyone who can reach this address could send OTLP, got "0.0.0.0"; set a token with `pulumi config set --secret --path otlpTokens.<team> …`, or write 127.0.0.1',
    ],
    [
      { uiAddress: "10.0.0.5" },
      'uiAddress: Jaeger, Prometheus and the log store have no authentication, got "10.0.0.5"; write 127.0.0.1 and put an authenticating proxy in front, or set uiWithoutAuthentication: true',
    ],
  ];
  for (const [raw, ...sentences] of refused) {
    it(`refuse ${JSON.stringify(raw)}`, () => {
      assert.deepEqual(refusalOf(raw), sentences);
    });
  }

  it("name all problems together", () => {
    assert.deepEqual(
      refusalOf({ grafanna: true, logsSize: 1, ports: { loki: 0 } }).map((text) => text.split(":")[0]),
      ["grafanna", "logsSize", "ports.loki"],
    );
  });

  it("accept OTLP beyond loopback with a token, and open pages where the user says so", () => {
    assert.deepEqual(
      refusalOf({
        otlpAddress: "0.0.0.0",
        otlpTokens: { payments: "t" },
        uiAddress: "10.0.0.5",
        uiWithoutAuthentication: true,
      }),
      [],
    );
  });
});
