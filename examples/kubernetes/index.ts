import * as k8s from "@pulumi/kubernetes";
import { instrument, kitConfigMap, nodejsKit } from "sightline";

const namespace = "shop";
const otlp = "http://agent.sightline-prod-agents.svc.cluster.local:4318";
const kit = nodejsKit();
new k8s.core.v1.ConfigMap("sightline-nodejs", kitConfigMap(kit, namespace));

new k8s.apps.v1.Deployment(
  "storefront",
  instrument(
    {
      metadata: { name: "storefront", namespace },
      spec: {
        selector: { matchLabels: { app: "storefront" } },
        template: {
          metadata: { labels: { app: "storefront" } },
          spec: { containers: [{ name: "storefront", image: "registry.example.com/shop/storefront:1.4.2" }] },
        },
      },
    },
    { runtime: "nodejs", kit, otlp },
  ),
);

// A Go program has its SDK in it, and reads where to send and who it is.
new k8s.batch.v1.CronJob(
  "report",
  instrument(
    {
      metadata: { name: "report", namespace },
      spec: {
        schedule: "0 3 * * *",
        jobTemplate: {
          spec: {
            template: {
              spec: {
                containers: [{ name: "report", image: "registry.example.com/shop/report:7" }],
                restartPolicy: "OnFailure",
              },
            },
          },
        },
      },
    },
    { runtime: "go", otlp, sampling: { share: 1 } },
  ),
);
