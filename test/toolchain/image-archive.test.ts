import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { list, type ReadEntry } from "tar";
import { imageArchive, imageConfig, layer, writeLayer } from "../../toolchain/image-archive";
import { imageDefinitions } from "../../toolchain/image-definitions";

const prometheus = imageDefinitions.prometheus!;

describe("the layer of an image", () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "layer-"));
    writeFileSync(file("binary"), "program");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const binaries = () => [
    { target: "/bin/prometheus", file: file("binary") },
    { target: "/bin/promtool", file: file("binary") },
  ];
  const read = async (archive: string) => {
    const entries: string[] = [];
    const onReadEntry = ({ type, path, mode, uid, gid, mtime }: ReadEntry) => {
      assert.equal(mtime?.getTime(), 0);
      entries.push(`${type} ${(mode ?? 0).toString(8)} ${uid}:${gid} ${path}`);
    };
    await list({ file: archive, onReadEntry });
    return entries;
  };

  it("holds programs, data folders with their owners, certificates and users, parents first", async () => {
    await writeLayer(await layer(prometheus, binaries(), "CERTIFICATE"), file("layer.tar"));
    assert.deepEqual(await read(file("layer.tar")), [
      "Directory 755 0:0 bin/",
      "File 755 0:0 bin/prometheus",
      "File 755 0:0 bin/promtool",
      "Directory 755 0:0 etc/",
      "File 644 0:0 etc/group",
      "File 644 0:0 etc/passwd",
      "Directory 755 65534:65534 etc/prometheus/",
      "Directory 755 0:0 etc/ssl/",
      "Directory 755 0:0 etc/ssl/certs/",
      "File 644 0:0 etc/ssl/certs/ca-certificates.crt",
      "Directory 775 65534:65534 prometheus/",
      "Directory 1777 0:0 tmp/",
    ]);
  });

  it("has links that lead where they say, and groups beside owners", async () => {
    const entries = [
      { path: "bin/sh", mode: 0o777, owner: 0, link: "bash" },
      { path: "data/", mode: 0o775, owner: 1000, group: 0 },
    ];
    await writeLayer(entries, file("layer.tar"));
    assert.deepEqual(await read(file("layer.tar")), ["SymbolicLink 777 0:0 bin/sh", "Directory 775 1000:0 data/"]);
    const links: (string | undefined)[] = [];
    await list({ file: file("layer.tar"), onReadEntry: ({ linkpath }) => void links.push(linkpath) });
    assert.equal(links[0], "bash");
  });

  it("refuses a name that it would have to cut", async () => {
    const path = "a".repeat(300);
    await assert.rejects(writeLayer([{ path, mode: 0o644, owner: 0, content: "" }], file("layer.tar")), {
      message: /^too long a name for this archive: a+$/,
    });
  });

  it("has no users where the official image has none", async () => {
    const entries = await layer(imageDefinitions.collector!, [], undefined);
    assert.deepEqual(
      entries.map(({ path }) => path),
      ["etc/", "etc/otelcol-contrib/"],
    );
  });

  it("is the same bytes for the same binary", async () => {
    const digest = async (name: string) => writeLayer(await layer(prometheus, binaries(), "C"), file(name));
    const first = await digest("a.tar");
    assert.equal(await digest("b.tar"), first);
    assert.equal(
      createHash("sha256")
        .update(readFileSync(file("a.tar")))
        .digest("hex"),
      first,
    );
  });

  it("is loaded under its name, with a description that its id is the hash of", async () => {
    writeFileSync(file("layer.tar"), "layer");
    const stream = await imageArchive("prom/prometheus:v3.16.0", "{}", file("layer.tar"));
    const contents = new Map<string, string>();
    const onReadEntry = (entry: ReadEntry) => entry.on("data", (data) => contents.set(entry.path, String(data)));
    await pipeline(stream, list({ onReadEntry }));
    const config = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a.json";
    assert.deepEqual(JSON.parse(contents.get("manifest.json")!), [
      { Config: config, RepoTags: ["prom/prometheus:v3.16.0"], Layers: ["layer.tar"] },
    ]);
    assert.equal(contents.get(config), "{}");
    assert.equal(contents.get("layer.tar"), "layer");
  });
});

describe("the description of an image", () => {
  const configOf = (name: "collector" | "jaeger" | "prometheus" | "victorialogs") =>
    (JSON.parse(imageConfig(imageDefinitions[name]!, { a: "b" }, "d1")) as { config: unknown }).config;

  it("is that of the official image, with our labels", () => {
    assert.deepEqual(configOf("prometheus"), {
      User: "nobody",
      Entrypoint: ["/bin/prometheus"],
      Cmd: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"],
      WorkingDir: "/prometheus",
      ExposedPorts: { "9090/tcp": {} },
      Volumes: { "/prometheus": {} },
      Labels: { a: "b" },
    });
    assert.deepEqual(configOf("victorialogs"), {
      User: "10001:10001",
      Entrypoint: ["/victoria-logs-prod"],
      ExposedPorts: { "9428/tcp": {} },
      Labels: { a: "b" },
    });
    assert.deepEqual(configOf("collector"), {
      User: "10001:10001",
      Entrypoint: ["/otelcol-contrib"],
      Cmd: ["--config", "/etc/otelcol-contrib/config.yaml"],
      ExposedPorts: { "4317/tcp": {}, "4318/tcp": {}, "55679/tcp": {} },
      Labels: { a: "b" },
    });
    const { User, Entrypoint, Env, Volumes } = configOf("jaeger") as Record<string, unknown>;
    assert.deepEqual(
      { User, Entrypoint, Env, Volumes },
      {
        User: "10001",
        Entrypoint: ["/cmd/jaeger/jaeger-linux"],
        Env: ["JAEGER_LISTEN_HOST=0.0.0.0"],
        Volumes: { "/tmp": {} },
      },
    );
  });

  it("names the one layer and a fixed date", () => {
    const { created, rootfs } = JSON.parse(imageConfig(prometheus, {}, "d1")) as Record<string, unknown>;
    assert.deepEqual(
      { created, rootfs },
      {
        created: "1970-01-01T00:00:00Z",
        rootfs: { type: "layers", diff_ids: ["sha256:d1"] },
      },
    );
  });
});
