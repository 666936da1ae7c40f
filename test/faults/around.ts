import type { Fault } from "./fault";
import { inSeconds, lineSize, pointSize, spanSizes } from "./traffic";

/** What waits in the agent at one moment, while all gets through: what comes in a second, and requests are whole. */
const waiting = inSeconds([...spanSizes, lineSize, pointSize], 1);
/** The Collector forgets what it cannot mark as taken from its queue, and counts it nowhere. */
const forgotten: NonNullable<Fault["exception"]> = {
  most: waiting,
  signals: ["spans", "lines", "points"],
  alert: "QueueCannotBeWritten",
  unseenBy: ["agent"],
};

/** What is around the processes: disks and names. */
export const around: readonly Fault[] = [
  {
    name: "disk of the agent: full",
    begin: ({ machine }) => machine.fillDisk(),
    end: ({ machine }) => machine.freeDisk(),
    exception: forgotten,
  },
  {
    name: "disk of the agent: full while nothing gets through",
    begin({ machine, link }) {
      link("gateway", "refuses");
      machine.fillDisk();
    },
    end({ machine, link }) {
      machine.freeDisk();
      link("gateway", "carries");
    },
    exception: forgotten,
  },
  {
    name: "names of samplers: not answered",
    begin: ({ names }) => names.answers(false),
    end: ({ names }) => names.answers(true),
  },
  {
    name: "names of samplers: not answered, gateway restarted meanwhile",
    ended: ["gateway"],
    async begin({ names, process }) {
      names.answers(false);
      await process("gateway").stop();
      await process("gateway").start();
    },
    end: ({ names }) => names.answers(true),
  },
];
