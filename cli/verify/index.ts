export { ledgerInWords, readLedger } from "./ledger";
export { report } from "./report";
export { store, type GrafanaTarget, type Targets, type User } from "./targets";
export { verify, type StepResult, type VerifyOptions, type VerifyResult } from "./verify";
