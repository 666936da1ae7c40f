import { lint } from "../components/lint/written";
import { read } from "../components/path/read";
import type { Finding } from "../components/path/read/finding";
import type { Settings } from "../configs/schema";
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
