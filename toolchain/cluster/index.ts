export { clusterDown } from "./down";
export { loadedImages, loadImages, type LoadedImages } from "./images";
export { clusterFolder, clusterKubeconfig, clusterProgram } from "./layout";
export { withImages } from "./stack-images";
export { clusterStatus, describeStatus, type ClusterStatus } from "./status";
export { clusterUp, type UpOptions } from "./up";
