import assert from "node:assert/strict";
import { grpc } from "../../components/storage/backends/grpc";
import { unknownTo } from "../../components/storage/version";

const address = "storage.example.com:17271";

describe("grpc", () => {
  it("asks one server over an encrypted connection, and knows nothing of what it can search", () => {
    const { config, needs, search } = grpc({ external: { address } });
    assert.deepEqual(config, { endpoint: address, tls: {}, timeout: "5s" });
    assert.deepEqual(needs?.externals, [{ host: "storage.example.com", port: 17271 }]);
    assert.equal(search, undefined);
  });

  it("writes elsewhere where it is told to", () => {
    const { config, needs } = grpc({ external: { address, writer: "otlp.example.com:4317", tls: false } });
    const tls = { insecure: true };
    assert.deepEqual(config, {
      endpoint: address,
      tls,
      writer: { endpoint: "otlp.example.com:4317", tls },
      timeout: "5s",
    });
    assert.equal(needs?.externals?.length, 2);
  });

  it("takes larger answers from the Jaeger on that can", () => {
    const storage = grpc({ external: { address }, largestAnswer: "16 MiB" });
    assert.deepEqual([unknownTo("2.18.0", storage).length, unknownTo("2.19.0", storage).length], [1, 0]);
    assert.deepEqual(unknownTo("2.13.0", grpc({ external: { address } })), []);
  });
});
