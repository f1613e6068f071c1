/** `register verify`: what is wrong, in which copy, and what is proven all the same. */
import { type CopyReading, readEachCopy } from "../../src/register/read-register.ts";
import { type BoxReading, findMirror, openReading, sourcesOf } from "./open-reading.ts";

export interface VerifyOptions {
  readonly data: string;
  readonly mirror?: string;
  readonly json?: true;
}

/** @throws CannotRead */
export async function verify({ data, mirror, json }: VerifyOptions): Promise<void> {
  const second = findMirror(mirror);
  const reading = await openReading(data, false, second);
  const copies = await readEachCopy(sourcesOf(reading.folder, second));
  const ok = reading.damage.length === 0 && copies.every(({ state }) => state !== "unreadable");
  if (!ok) process.exitCode = 1;
  if (json) {
    const { boxId, epochs, recordCount, beyondCount, damage, fold } = reading;
    const lines = copies.map((copy) => ({ ...copy, damage: firstOf(copy) }));
    const proven = { boxId, epochs, recordCount, beyondCount };
    const answer = { ok, ...proven, damage, lostEnds: fold.lostEnds(), copies: lines };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  } else if (ok) process.stdout.write(writeWhole(reading, copies));
  else tellDamage(reading, copies);
}

/** What a copy alone cannot prove any more begins there. */
function firstOf({ damage }: CopyReading) {
  return damage[0] ?? null;
}

function writeWhole(
  { boxId, recordCount, epochs, fold }: BoxReading,
  copies: readonly CopyReading[],
) {
  const proven = `共 ${recordCount} 条记录在链上，${epochs.length} 段历史。`;
  const alone = copies.filter(({ state }) => state === "empty").map(({ copy }) => copy);
  const note = recordCount > 0 && alone.length > 0 ? `注意：没有 ${alone.join("、")} 份。\n` : "";
  const lost = fold.lostEnds().map((text) => `注意：${text}。\n`);
  return `完好。播放盒 ${boxId ?? "（还没有写过）"}，${proven}\n${note}${lost.join("")}`;
}

function tellDamage(reading: BoxReading, copies: readonly CopyReading[]): void {
  const { damage, recordCount, epochs, beyondCount, fold } = reading;
  const count = damage.length + copies.filter(({ state }) => state === "unreadable").length;
  const wrong = [`有 ${count} 处不对：`, ...damage.map(({ text }) => text)];
  const lost = fold.lostEnds().map((text) => `另外：${text}`);
  process.stderr.write(`${[...wrong, ...copies.map(writeCopy), ...lost].join("\n")}\n`);
  const beyond = beyondCount > 0 ? `缺口后面还有 ${beyondCount} 条读得出，但不能证明。` : "";
  const proven = `共 ${recordCount} 条记录在链上，${epochs.length} 段历史。`;
  process.stdout.write(`两份合起来仍能证明：${proven}${beyond}\n${writeAdvice(reading)}`);
}

function writeCopy({ copy, state, recordCount, damage }: CopyReading): string {
  if (state === "unreadable") return `${copy} 份：整份读不出，请检查磁盘`;
  if (state === "empty") return `${copy} 份：没有`;
  const [first] = damage;
  const proven = `${copy} 份单独：能证明 ${recordCount} 条`;
  return first === undefined ? `${proven}，没有坏处` : `${proven}，第一处坏在 ${first.text}`;
}

function writeAdvice({ damage }: BoxReading): string {
  const lost = damage.some(({ kind }) => kind === "corrupt" || kind === "fork");
  if (damage.some(({ copy }) => copy !== null))
    return "停下播放盒，运行 register repair 可以修。\n";
  return lost ? "县里若有这些记录，可以用 register repair --from-export 补上。\n" : "";
}
