import type { FoundService } from "../../components/discovery";

/** A service of which only what matters here is said. */
export const service = (name: string, rest: Partial<FoundService> = {}): FoundService => ({
  name,
  source: "shop.yaml",
  replicas: 1,
  addresses: [name],
  exposedBy: [],
  mentions: [],
  coverage: "none",
  ...rest,
});

/** Half of it is instrumented: web (edge) → orders → payments → ledger; nobody calls reports. */
export const shop: readonly FoundService[] = [
  service("web", {
    exposedBy: ["Ingress shop"],
    mentions: ["http://orders.shop:8080"],
    coverage: "automatic",
    replicas: 3,
  }),
  service("orders", { mentions: ["payments:9000", "postgres://app@db.shop.svc/orders"], criticality: "critical" }),
  service("payments", { mentions: ["ledger"], coverage: "manual", addresses: ["payments", "pay"] }),
  service("ledger", { replicas: 2 }),
  service("db"),
  service("reports", { criticality: "low" }),
];
