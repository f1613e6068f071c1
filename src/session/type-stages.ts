/** From a method and a session type, both data, to the stages of one session. Pure. */
import type { Method, Stage } from "../../protocol/generated/types.ts";
import type { SessionType, TypeStage } from "../../protocol/session-type.ts";

/** `once`: held once, with the first lesson. */
export type PlannedStage = Stage & { readonly once?: boolean };

/** What only a lesson can fill. */
const OF_A_LESSON: ReadonlySet<Stage["kind"]> = new Set([
  "hint",
  "watch",
  "explain",
  "feedback",
  "practise",
]);

/**
 * @param type undefined for one that a newer program began: it has the whole method
 * @param lessonCount 0: what only a lesson fills is left out, and a discussion is plainly one
 */
export function stagesOfType(
  type: SessionType | undefined,
  { stages }: Pick<Method, "stages">,
  lessonCount: number,
): PlannedStage[] {
  const listed = type?.stages ?? null;
  const chosen = listed === null ? stages : listed.flatMap((line) => choose(line, stages));
  if (listed === null || lessonCount > 0) return [...chosen];
  return chosen.filter(({ kind }) => !OF_A_LESSON.has(kind)).map(withoutFilm);
}

function choose(line: TypeStage, stages: readonly Stage[]): PlannedStage[] {
  if ("own" in line) return [{ ...line.own, once: true }];
  return stages.filter(({ kind }) => kind === line.keep);
}

/** Nothing was played: it cannot be called 播后讨论, and it is held without topics too. */
function withoutFilm(stage: PlannedStage): PlannedStage {
  if (stage.kind !== "discuss") return stage;
  return { ...stage, name: "讨论", help: "大家说一说", required: true };
}
