import assert from "node:assert/strict";
import { withoutIdentifiers } from "../../components/collector/processors/identifiers";

const becomes: Readonly<Record<string, string>> = {
  "GET /user/12345": "GET /user/{id}",
  "GET /user/7": "GET /user/{id}",
  "GET /user/7/orders/8": "GET /user/{id}/orders/{id}",
  user_12345_items: "user_{id}_items",
  "order-12": "order-{id}",
  user12345: "user{id}",
  "GET /o/550e8400-e29b-41d4-a716-446655440000/x": "GET /o/{id}/x",
  "GET /o/12/550E8400-E29B-41D4-A716-446655440000": "GET /o/{id}/{id}",
  "blob d41d8cd98f00b204e9800998ecf8427e": "blob {id}",
  "commit 3fa85f64": "commit {id}",
  "GET /v/dQw4w9WgXcQabcdef": "GET /v/{id}",
  "GET /u/01ARZ3NDEKTSV4RRFFQ69G5FAV": "GET /u/{id}",
  "mail to jo.doe+x@example.com now": "mail to {id} now",
  "GET 10.0.0.1:8080/x": "GET {id}/x",
  "report 2026-11-26": "report {id}",
};

const stays = [
  "GET /users/{id}",
  "POST /api/v1/orders",
  "grpc.health.v1.Health/Check",
  "apis/apps/v1beta1/deployments",
  "oauth2 token",
  "sha256 of s3 object",
  "k8s i18n log4j2 utf8 x509 rfc3339",
  "POST /2fa/verify",
  "getV2UserAccountInformation",
  "SELECT shop.orders",
  "b2b2c checkout",
  "deadbeef",
];

describe("names without identifiers", () => {
  for (const [name, result] of Object.entries(becomes)) {
    it(`${name} becomes ${result}`, () => assert.equal(withoutIdentifiers(name), result));
  }
  for (const name of stays) it(`${name} stays`, () => assert.equal(withoutIdentifiers(name), name));
});
