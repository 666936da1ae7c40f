import type { ImageName } from "../../components/images";
import { cassandra } from "./cassandra";
import type { EngineImage } from "./definition";
import { elasticsearch } from "./elasticsearch";
import { kafka } from "./kafka";
import { opensearch } from "./opensearch";

export type { EngineImage } from "./definition";

/** The images of programs that are written in Java. */
export const engineImages: Readonly<Partial<Record<ImageName, EngineImage>>> = {
  opensearch,
  elasticsearch,
  cassandra,
  kafka,
};
