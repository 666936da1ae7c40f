import { dockerHost } from "../../../components/platforms/docker";
import { platformContract } from "../../support/platform-contract";

describe("docker host", () => {
  platformContract(
    {
      make: () => dockerHost({ name: "sightline-test" }),
      data: "docker:index/volume:Volume agent-data",
      needless: {
        drain: "neighbours find a container by its name until it is gone",
        "a host outside the stack": "a Docker network lets everything out",
      },
    },
    {
      "holds a persistent volume to its size": "a named volume is as large as the disk: its free space is watched",
      "lets only connected neighbours in": "everything on a Docker network reaches every port of everything else",
    },
  );
});
