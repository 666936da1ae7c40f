export { dockerHost, type DockerHostOptions } from "./docker/index";
export { dockerPlanner } from "./docker/plan";
