export { clusterDown } from "./down";
export { loadedImages, loadImages, type LoadedImages } from "./images";
export { clusterFolder, clusterKubeconfig, clusterProgram } from "./layout";
export { clusterStatus, describeStatus, type ClusterStatus } from "./status";
export { clusterUp, type UpOptions } from "./up";
