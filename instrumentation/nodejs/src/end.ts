import type { Provider } from "./providers";

/** Longest time for what still has to be sent when a process ends, in milliseconds. */
const patience = 2_000;
/** How often spans are sent while a service that was told to end still works, in milliseconds. */
const often = 250;

/**
 * Sends what ended before the process does, and changes nothing about how it ends: signals, exit codes and errors mean
 * what they mean without the kit. What a service ends in the last quarter of a second before it calls `process.exit()`, or
 * before an exception that nobody catches, is lost: nothing can be sent after that.
 */
export function endAsTheServiceDoes(providers: readonly Provider[]): void {
  const flush = () => Promise.allSettled(providers.map((provider) => provider.forceFlush()));
  /** Whether all of it was sent in time. */
  const sent = async (): Promise<boolean> => {
    const late = new Promise<false>((resolve) => setTimeout(resolve, patience, false).unref());
    return Promise.race([flush().then(() => true), late]);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      if (process.listenerCount(signal) === 0) {
        // Nobody else listens: without this listener, which is gone by now, the signal would have ended the process.
        void sent().then(() => process.kill(process.pid, signal));
        return;
      }
      // The service ends itself, when it likes.
      void flush();
      setInterval(() => void flush(), often).unref();
    });
  }
  process.once("beforeExit", () => {
    void sent().then((inTime) => {
      // What is tried again and again would keep the process alive.
      if (!inTime) process.exit();
    });
  });
}
