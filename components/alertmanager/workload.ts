import { duration, size as isSize } from "../collector/checks";
import { yaml } from "../core/config";
import type { Login } from "../core/login";
import { connectsTo } from "../core/platform";
import { goMemoryLimit, wholeDuration, type Duration, type Size } from "../core/units";
import type { AbsolutePath, File, Workload } from "../core/workload";
import { images, type Release } from "../images";
import { alertingProblems } from "./check";
import { alertmanagerConfig, type AlertmanagerConfigArgs } from "./config";
import { reached, secretFile } from "./receiver";

export interface AlertmanagerArgs extends AlertmanagerConfigArgs {
  /** One with BusyBox, as the default one is: the health check runs inside. @default - as pinned in configs/versions.json */
  readonly image?: Release;
  /** How long silences, and what has been told to whom, are kept. @default "5d" */
  readonly retention?: Duration;
  /** Room for them. @default "256 MiB" */
  readonly size?: Size;
  /** Number under which the outside reaches it, to silence: nobody is asked but by `login`. @default - neighbours alone reach it */
  readonly outside?: number | undefined;
  /** What whoever asks it or tells it has to show. @default - nobody is asked */
  readonly login?: Login | undefined;
  /** @default "256 MiB" */
  readonly memory?: Size;
}

const port = 9093;

export const alertmanagerPorts = { http: { port } } as const;

const directory: AbsolutePath = "/etc/alertmanager";
/** Who may ask it. Read again at each request. */
const webConfig: AbsolutePath = `${directory}/web.yml`;
const data: AbsolutePath = "/alertmanager";

/**
 * Alertmanager: groups alerts of Prometheus, tells receivers, and tells nobody of what is silenced or only follows from
 * something else.
 *
 * Refuses a receiver without what it needs, two of one name, and receivers of which none hears of critical alerts.
 */
export function alertmanager(name: string, args: AlertmanagerArgs): Workload<"http"> {
  const { image = images.alertmanager, retention = "5d", size = "256 MiB", outside, memory = "256 MiB", login } = args;
  const wrong = [
    ...isSize("size", size),
    ...isSize("memory", memory),
    ...duration("retention", retention),
    ...alertingProblems(args),
  ];
  return {
    name,
    component: "alertmanager:Alertmanager",
    image,
    args: [
      `--config.file=${directory}/alertmanager.yml`,
      `--storage.path=${data}`,
      `--data.retention=${wholeDuration(retention)}`,
      // There is one: it has no others to agree with.
      "--cluster.listen-address=",
      // Its metrics say which receiver did not take an alert.
      "--enable-feature=receiver-name-in-metrics",
      ...(login ? [`--web.config.file=${webConfig}`] : []),
    ],
    env: { GOMEMLIMIT: goMemoryLimit(memory), ...(login && { LOGIN_PASSWORD: login.password }) },
    files: wrong.length > 0 ? {} : files(args),
    volumes: { [data]: { kind: "persistent", name: "data", size, ownedByImage: true } },
    ports: {
      http: { port, ...(login && { asks: true }), ...(outside !== undefined && { reach: "outside", outside }) },
    },
    ...(wrong.length === 0 && connectsTo(...args.receivers.map(reached))),
    health: {
      port: "http",
      path: "/-/ready",
      command:
        login === undefined
          ? ["wget", "-q", "-O", "/dev/null", `http://127.0.0.1:${port}/-/ready`]
          : ["sh", "-c", `wget -q -O /dev/null "http://${login.username}:$LOGIN_PASSWORD@127.0.0.1:${port}/-/ready"`],
      ...(login && { login }),
    },
    memory,
    problems: wrong,
  };
}

const files = (args: AlertmanagerArgs): Record<AbsolutePath, File> => ({
  [`${directory}/alertmanager.yml`]: { content: yaml(alertmanagerConfig(args)) },
  ...(args.login && { [webConfig]: args.login.webConfig }),
  ...Object.fromEntries(
    args.receivers.flatMap((receiver): [AbsolutePath, File][] =>
      receiver.secret === undefined ? [] : [[secretFile(receiver), receiver.secret]],
    ),
  ),
});
