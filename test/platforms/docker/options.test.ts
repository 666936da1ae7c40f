import assert from "node:assert/strict";
import { outsideHost, type DockerHostOptions } from "../../../components/platforms/docker/options";

const reached = (options: Partial<DockerHostOptions>) => outsideHost({ name: "dev", ...options }, "agent", "otlp");

describe("docker host is reached", () => {
  it("where its ports are published", () => {
    assert.equal(reached({}), "127.0.0.1");
    assert.equal(reached({ bindAddress: "10.0.0.1" }), "10.0.0.1");
    assert.equal(reached({ bindAddresses: { "agent/otlp": "10.0.0.2", "agent/other": "10.0.0.3" } }), "10.0.0.2");
  });

  it("in brackets by an address with colons", () => {
    assert.equal(reached({ bindAddress: "::1" }), "[::1]");
  });

  it("by the name of the engine's host where that publishes on every address", () => {
    assert.equal(reached({ bindAddress: "0.0.0.0", host: "ssh://root@edge-1:22" }), "edge-1");
    assert.equal(reached({ bindAddress: "::", host: "tcp://edge-1:2376" }), "edge-1");
    assert.equal(reached({ bindAddress: "0.0.0.0", host: "unix:///var/run/docker.sock" }), "127.0.0.1");
  });

  it("by the address it is given", () => {
    assert.equal(reached({ bindAddress: "0.0.0.0", address: "edge-1.example.com" }), "edge-1.example.com");
  });
});
