import assert from "node:assert/strict";
import { isPassive } from "../../components/discovery/passive";

describe("programs that make no spans of their own", () => {
  for (const image of [
    "redis:alpine",
    "postgres",
    "bitnami/postgresql:17",
    "registry.example.com:5000/mirror/valkey/valkey@sha256:00",
    "otel/opentelemetry-collector-contrib:0.158.0",
    "confluentinc/cp-kafka:7.9",
  ]) {
    it(`are known by their image: ${image}`, () => assert.ok(isPassive(image)));
  }
  for (const image of [
    "shop/redis-writer-service:1",
    "registry.example.com:5000/postgres/api",
    "kafkajs-consumer",
    "",
  ]) {
    it(`are not ${JSON.stringify(image)}`, () => assert.ok(!isPassive(image)));
  }
});
