import assert from "node:assert/strict";
import { logStores, logStoreKinds } from "../../components/logs";
import { testLogin } from "../support/login";

describe("stores of logs", () => {
  it("ask who is there where they can, with the password in a file of its own", () => {
    const { args, files, ports } = logStores.victorialogs.workload("logs", { size: "10 GiB", login: testLogin });
    assert.deepEqual(args?.slice(-2), [
      "-httpAuth.username=sightline",
      "-httpAuth.password=file:///etc/victoria-logs/password",
    ]);
    assert.deepEqual(files, { "/etc/victoria-logs/password": testLogin.password });
    assert.deepEqual(ports.http, { port: 9428, asks: true });
  });

  it("say whether they can", () => {
    const asking = logStoreKinds.filter((kind) => {
      const { ports } = logStores[kind].workload("logs", { size: "10 GiB", login: testLogin });
      return "asks" in ports.http;
    });
    assert.deepEqual(
      asking,
      logStoreKinds.filter((kind) => logStores[kind].asks),
    );
  });
});
