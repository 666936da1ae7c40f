import { PolicyPack } from "@pulumi/policy";
import { tracingPolicies } from "sightline/describe";

new PolicyPack("tracing", {
  policies: tracingPolicies({ endpoints: ["http://agent.sightline-prod-agents.svc.cluster.local:4318"] }),
});
