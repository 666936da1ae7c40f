import type { Board } from "./board";
import { boards, seriesToService, toBoard } from "./links";
import { number, timeseries } from "./panels";
import { buffer, jaeger, processes, storageErrors, volumesUsed } from "./queries";

const asked = "nobody has asked for a trace";
const badger = "another storage than Badger";
const unindexed = "another storage than Elasticsearch or OpenSearch, or none of it refused";
const unmeasured = "nobody who asks a kubelet, as on a Docker host";
const unbuffered = "no Kafka before Jaeger";
const badgerDisk = "another storage than Badger, or Jaeger started less than five minutes ago";

/** Jaeger: what it writes, what it reads, and how its storage bears it. */
export const jaegerBoard = (): Board => ({
  uid: boards.jaeger,
  title: "Jaeger and its storage",
  description: "Spans written, questions answered, and the state of the storage of traces.",
  links: [toBoard("overview", "Overview"), toBoard("collector", "Collector")],
  rows: {
    "At a glance": [
      number({
        title: "Storage errors",
        description:
          "Times the storage said no over the time shown, to a write or to a read. Jaeger's log says why. Until Jaeger 2.13 a trace that does not exist is one, too.",
        width: "third",
        height: "low",
        unit: "short",
        colours: { green: null, red: 1 },
        queries: [{ expr: storageErrors }],
      }),
      number({
        title: "Spans written",
        description: "Spans that storage has taken, each second.",
        width: "third",
        height: "low",
        unit: "cps",
        colours: { blue: null },
        queries: [{ expr: jaeger.written, legend: "{{job}}" }],
      }),
      number({
        title: "Disk left",
        description:
          "Free space of the disk that holds the traces. It is the whole disk of the host: others use it too.",
        width: "third",
        height: "low",
        unit: "bytes",
        colours: { red: null, orange: 2 * 1024 ** 3, green: 10 * 1024 ** 3 },
        queries: [{ expr: jaeger.diskAvailable, legend: "{{job}}", mayBeEmpty: badgerDisk }],
      }),
    ],
    Writing: [
      timeseries({
        title: "Writes",
        description: "Spans each second that storage took, and that it refused.",
        width: "quarter",
        unit: "cps",
        queries: [
          { expr: jaeger.written, legend: "{{job}}: written" },
          {
            expr: jaeger.writeFailed,
            legend: "{{job}}: refused",
            mayBeEmpty: "the counter may begin with the first refusal",
          },
        ],
      }),
      timeseries({
        title: "Refused after all",
        description:
          "What Elasticsearch or OpenSearch refused each second of spans that Jaeger had acknowledged: documents, which are lost, and whole requests, which Jaeger before 2.20 holds in memory.",
        width: "quarter",
        unit: "cps",
        queries: [
          { expr: jaeger.documentsRefused, legend: "{{job}}: documents", mayBeEmpty: unindexed },
          { expr: jaeger.requestsRefused, legend: "{{job}}: requests", mayBeEmpty: unindexed },
        ],
      }),
      timeseries({
        title: "Spans cut to fit",
        description:
          "Spans each second whose texts are longer than the storage takes. They are marked sightline.truncated.",
        width: "quarter",
        unit: "cps",
        link: seriesToService,
        queries: [{ expr: jaeger.truncated, legend: "{{service_name}}", mayBeEmpty: "no span is too long" }],
      }),
      timeseries({
        title: "Badger on disk",
        description:
          "Bytes of keys (LSM tables) and of values (value log). A value log is counted with the 2 GiB it reserves.",
        width: "quarter",
        unit: "bytes",
        stacked: true,
        queries: [
          { expr: jaeger.badgerKeys, legend: "keys", mayBeEmpty: badger },
          { expr: jaeger.badgerValues, legend: "values", mayBeEmpty: badger },
        ],
      }),
    ],
    "Kafka before it": [
      timeseries({
        title: "Through Kafka",
        description: "Spans each second that the last Collector writes there, and that Jaeger reads and has stored.",
        width: "half",
        unit: "cps",
        queries: [
          { expr: buffer.written, legend: "{{job}}: written", mayBeEmpty: unbuffered },
          { expr: buffer.read, legend: "{{job}}: read", mayBeEmpty: unbuffered },
        ],
      }),
      timeseries({
        title: "Wait in Kafka, mean",
        description:
          "How long spans of each partition waited until Jaeger read them. What waits longer than `buffer.managed.outage` is deleted.",
        width: "half",
        unit: "s",
        queries: [{ expr: buffer.wait, legend: "{{partition}}", mayBeEmpty: unbuffered }],
      }),
    ],
    Reading: [
      timeseries({
        title: "Reads",
        description: "Questions to the storage each second, by operation.",
        width: "third",
        unit: "cps",
        queries: [{ expr: jaeger.reads, legend: "{{operation}}", mayBeEmpty: asked }],
      }),
      timeseries({
        title: "Failed reads",
        description: "Questions the storage could not answer, each second.",
        width: "third",
        unit: "cps",
        queries: [{ expr: jaeger.readErrors, legend: "{{operation}}", mayBeEmpty: asked }],
      }),
      timeseries({
        title: "Read duration, mean",
        description: "Time the storage takes to answer.",
        width: "third",
        unit: "s",
        queries: [{ expr: jaeger.readDuration, legend: "{{operation}}", mayBeEmpty: asked }],
      }),
      timeseries({
        title: "Answers to users",
        description: "Requests to Jaeger's HTTP API each second, by route.",
        width: "half",
        unit: "reqps",
        queries: [{ expr: jaeger.answers, legend: "{{http_route}}", mayBeEmpty: asked }],
      }),
      timeseries({
        title: "Time to answer users, 95th percentile",
        description: "19 of 20 requests to Jaeger's HTTP API were answered within this time.",
        width: "half",
        unit: "s",
        queries: [{ expr: jaeger.answerDuration(0.95), legend: "{{http_route}}", mayBeEmpty: asked }],
      }),
    ],
    Process: [
      timeseries({
        title: "Memory",
        description: "Resident memory of the process.",
        width: "third",
        unit: "bytes",
        queries: [{ expr: jaeger.only(processes.memory([])), legend: "{{job}}" }],
      }),
      timeseries({
        title: "CPU",
        description: "CPUs in use.",
        width: "third",
        unit: "short",
        queries: [{ expr: jaeger.only(processes.cpu([])), legend: "{{job}}" }],
      }),
      timeseries({
        title: "Volumes",
        description:
          "Used share of each volume of the stack on Kubernetes. From 0.85 on OpenSearch and Elasticsearch put no copies there, from 0.95 on they refuse writes.",
        width: "third",
        unit: "percentunit",
        queries: [{ expr: volumesUsed, legend: "{{k8s_pod_name}}: {{k8s_volume_name}}", mayBeEmpty: unmeasured }],
      }),
    ],
  },
});
