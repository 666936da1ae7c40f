import { lint } from "../components/lint/written";
import { read } from "../components/path/read";
import type { Finding } from "../components/path/read/finding";
import { logStores } from "../components/logs";
import { pathOf } from "../components/path/workloads";
import type { PathGraph } from "../components/path/graph";
import { latestSample } from "../components/prometheus/config";
import type { Workload } from "../components/core/workload";
import { inBytes, inSeconds } from "../components/core/units";
import type { Settings } from "../configs/settings-from";
import { describedSecrets, observability } from "./observability";
import { plannerOf } from "./planner";
import { filesOf, type Rendered } from "./rendered";

/** What no setting changes, and the storage warns of by itself. */
const toldByStorage = "jaeger-answers-early";

/** What the rules of docs/lint.md find in a stack: its Collectors in the order in which spans pass them, then Jaeger. */
export const foundIn = (settings: Settings, files: Rendered = filesOf(settings)): Finding[] =>
  lint(
    read(
      [...settings.roles, "jaeger"].map((hop) => [`${hop}/config.yaml`]),
      (path) => files[path],
      minorOf(settings),
    ),
  ).filter(({ code }) => code !== toldByStorage);

/** 158 for 0.158.0, as the rules have it. */
const minorOf = ({ images }: Settings): number => Number(images.collector.version.split(".")[1]);

/** The path of a stack as a graph. */
export function graphOfStack(
  settings: Settings,
  workloads: readonly Workload[] = observability(settings, plannerOf(settings), describedSecrets),
): PathGraph {
  const { logs, logsRetention } = settings;
  const store = logStores[logs.kind];
  return pathOf(workloads, {
    prometheus: { window: inSeconds(latestSample) },
    [logs.kind]: { window: inSeconds(store.window(logsRetention)), takes: inBytes(store.takes) },
  });
}
