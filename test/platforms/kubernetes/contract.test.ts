import { kubernetes } from "../../../components/platforms/kubernetes";
import { platformContract } from "../../support/platform-contract";

describe("kubernetes", () => {
  platformContract({
    make: () =>
      kubernetes({ name: "sightline-test", currentContext: true, expose: { "agent/otlp": { kind: "cluster" } } }),
    data: "kubernetes:core/v1:PersistentVolumeClaim agent-data-0",
    needless: {
      "the number a port has outside": "a Service in the cluster has the port's own number",
      "a health command": "the kubelet asks over HTTP",
    },
  });
});
