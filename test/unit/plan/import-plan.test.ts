import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { importPlan, readDate } from "../../../console/supply/plan/import-plan.ts";
import { samplePlan } from "../../../console/supply/samples/plan.ts";
import { isPlan } from "../../../protocol/generated/validators.js";

const csv = (...lines: string[]) => Buffer.from(["日期,类型,课件,主题", ...lines].join("\n"));

describe("a plan from a table", () => {
  it("takes days in any order and dates in any hand", async () => {
    const text = csv(
      "2026年3月5日,党课,rice-blast-2026、study-day-howto,春耕",
      "2026/2/9,党员电教日,,",
    );
    const result = await importPlan(iconv.encode(text.toString(), "gbk"), "p.csv");
    expect(result).toEqual({
      ok: true,
      plan: {
        schema: "one-room.plan/1",
        version: 1,
        days: [
          { date: "2026-02-09", type: "study-day", lessons: [] },
          {
            date: "2026-03-05",
            type: "party-lecture",
            lessons: ["rice-blast-2026", "study-day-howto"],
            theme: "春耕",
          },
        ],
      },
    });
  });

  it("names every row that is wrong, and imports none", async () => {
    const result = await importPlan(
      csv(
        "2026-02-30,党课,a,",
        "2026-02-03,舞会,a,",
        "2026-02-04,党课,片子,",
        "2026-02-05,党课,a,好",
      ),
      "p.csv",
    );
    if (result.ok) throw new Error("was accepted");
    expect(result.errors.map(({ row, column }) => [row, column])).toEqual([
      [2, "日期"],
      [3, "类型"],
      [4, "课件"],
    ]);
  });

  it("takes a plan.json, and says where one breaks the format", async () => {
    const plan = samplePlan("2026-03-01");
    const good = await importPlan(Buffer.from(JSON.stringify(plan)), "p.json", plan);
    expect(good).toMatchObject({ ok: true, plan: { version: 2, days: plan.days } });
    const bad = await importPlan(Buffer.from('{"schema":"one-room.plan/1","version":1}'), "p.json");
    expect(bad.ok).toBe(false);
    expect((await importPlan(Buffer.from("{"), "p.json")).ok).toBe(false);
  });

  it("knows that a day does not exist", () => {
    expect(readDate("2026-02-29")).toBeNull();
    expect(readDate("2028.2.29")).toBe("2028-02-29");
    expect(readDate("2026-13-01")).toBeNull();
    expect(readDate("三月")).toBeNull();
  });
});

describe("the sample plan", () => {
  it("begins with a study day today", () => {
    const plan = samplePlan("2026-12-28");
    expect(isPlan(plan)).toBe(true);
    expect(plan.days[0]).toMatchObject({
      date: "2026-12-28",
      type: "study-day",
      lessons: ["rice-blast-2026"],
    });
    expect(plan.days[1]?.date).toBe("2027-01-04");
  });
});
