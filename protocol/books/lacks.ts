/**
 * What of a session is not whole, in plain sentences: for the mark beside its line, on the TV and
 * in the county. What was never promised (a film in a meeting) is not missed.
 */
import type { SessionRegister } from "../register.ts";
import { findSessionType } from "../session-type.ts";

export function lacksOf(session: SessionRegister): string[] {
  if (!session.closed) return ["还没有结束"];
  if (session.ending === "abandoned") return ["中途收场，没有做完"];
  const lacks: string[] = [];
  if (session.counts.unmarked > 0) lacks.push(`${session.counts.unmarked} 人未登记`);
  if (session.heads === null) lacks.push("没有清点人数");
  lacks.push(...stageLacks(session), ...viewingLacks(session));
  if (!session.openedAt.sure) lacks.push("时间未确认");
  return lacks;
}

function stageLacks({ stages }: SessionRegister): string[] {
  const last = new Map(stages.map((line) => [`${line.item}/${line.stage}`, line.ending]));
  const endings = [...last.values()];
  return [
    ...(endings.includes("failed") ? ["有一步没有放成"] : []),
    ...(endings.includes("cut-short") ? ["有一步没有做完"] : []),
  ];
}

function viewingLacks({ lessons, viewing, type }: SessionRegister): string[] {
  if (findSessionType(type)?.lesson === "none") return [];
  const played = new Set(viewing.filter(({ watchedMs }) => watchedMs > 0).map(({ item }) => item));
  const missing = lessons.filter((_lesson, item) => !played.has(item)).length;
  return missing === 0 ? [] : [`${missing} 个片子没有放`];
}
