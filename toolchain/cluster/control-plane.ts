import { certificateFile, keyFile, tokenKey } from "./certificates";
import { kubeconfigOf } from "./kubeconfig";
import { clusterFolder, clusterProgram, machine, ranges } from "./layout";
import type { Program } from "./processes";

const etcdUrl = `https://127.0.0.1:${machine.etcdPort}`;

/** Keeps the objects. Only clients with a certificate of the cluster are served. */
export const etcd = (file: string): Program => ({
  name: "etcd",
  file,
  args: [
    `--data-dir=${clusterFolder("etcd")}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=http://127.0.0.1:${machine.etcdPort + 1}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${machine.etcdPort + 1}`,
    `--initial-cluster=default=http://127.0.0.1:${machine.etcdPort + 1}`,
    "--client-cert-auth",
    `--trusted-ca-file=${certificateFile("ca")}`,
    `--cert-file=${certificateFile("apiserver")}`,
    `--key-file=${keyFile("apiserver")}`,
  ],
});

/** Serves the API on the bridge, where nodes and pods reach it and other machines do not. */
export const apiServer: Program = {
  name: "kube-apiserver",
  file: clusterProgram("kube-apiserver"),
  args: [
    `--etcd-servers=${etcdUrl}`,
    `--etcd-cafile=${certificateFile("ca")}`,
    `--etcd-certfile=${certificateFile("apiserver")}`,
    `--etcd-keyfile=${keyFile("apiserver")}`,
    `--bind-address=${machine.address}`,
    `--advertise-address=${machine.address}`,
    `--secure-port=${machine.apiPort}`,
    `--service-cluster-ip-range=${ranges.services}`,
    `--tls-cert-file=${certificateFile("apiserver")}`,
    `--tls-private-key-file=${keyFile("apiserver")}`,
    `--client-ca-file=${certificateFile("ca")}`,
    `--service-account-key-file=${keyFile(tokenKey)}`,
    `--service-account-signing-key-file=${keyFile(tokenKey)}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    "--authorization-mode=Node,RBAC",
    // Pod Security is admitted by default, as everywhere.
    "--enable-admission-plugins=NodeRestriction",
    `--kubelet-certificate-authority=${certificateFile("ca")}`,
    `--kubelet-client-certificate=${certificateFile("admin")}`,
    `--kubelet-client-key=${keyFile("admin")}`,
    "--kubelet-preferred-address-types=InternalIP",
    // For node agents of other people's charts; Pod Security still refuses it where it is enforced.
    "--allow-privileged=true",
  ],
};

export const controllerManager: Program = {
  name: "kube-controller-manager",
  file: clusterProgram("kube-controller-manager"),
  args: [
    `--kubeconfig=${kubeconfigOf("controller-manager")}`,
    "--leader-elect=false",
    "--bind-address=127.0.0.1",
    "--use-service-account-credentials",
    `--flex-volume-plugin-dir=${clusterFolder("volume-plugins")}`,
    `--service-account-private-key-file=${keyFile(tokenKey)}`,
    `--root-ca-file=${certificateFile("ca")}`,
  ],
};

export const scheduler: Program = {
  name: "kube-scheduler",
  file: clusterProgram("kube-scheduler"),
  args: [`--kubeconfig=${kubeconfigOf("scheduler")}`, "--leader-elect=false", "--bind-address=127.0.0.1"],
};

/** DNS of the cluster, as a process of the machine; pods reach it through the Service that stands for it. */
export const dns = (file: string): Program => ({ name: "coredns", file, args: ["-conf", clusterFolder("Corefile")] });
