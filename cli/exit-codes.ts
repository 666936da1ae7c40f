/** What a shell learns from a command. */
export const exitCodes = {
  done: { code: 0, meaning: "done" },
  failed: { code: 1, meaning: "the work failed: Pulumi, a check or the canary said why" },
  usage: { code: 2, meaning: "bad usage or refused settings; nothing was created" },
  machine: { code: 3, meaning: "this machine lacks something that could not be obtained" },
  loss: { code: 4, meaning: "preview --fail-on-loss: the update can lose data" },
} as const;
