import type { DockerHostOptions } from "../components/platforms/docker/plan";
import type { Settings } from "../configs/schema";

/** The Docker host that settings name. */
export const hostOf = ({ name, dockerHost, uiAddress, otlpAddress }: Settings): DockerHostOptions => ({
  name,
  host: dockerHost,
  bindAddress: uiAddress,
  bindAddresses: { "collector/otlp-grpc": otlpAddress, "collector/otlp-http": otlpAddress },
});
