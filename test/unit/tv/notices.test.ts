/** Goal: a notice of the county is found, read and acknowledged with six keys. */
import { expect, test } from "vitest";
import { LONG_NOTICE, makeNotices, SHORT_NOTICE } from "../../support/fake-notices.ts";
import { startUnsureRoom } from "../../support/fake-room.ts";
import { HeadlessTv } from "../../support/headless-tv.ts";
import { studyDay } from "../../support/study-day.ts";

const told = (notices = [SHORT_NOTICE, LONG_NOTICE]) =>
  studyDay({ members: 3, prepare: (fake) => fake.give("notices", makeNotices(notices)) });

test("the line is on home; OK on it, and OK at the end of the text, says 已看", async () => {
  const tv = await told([SHORT_NOTICE]);
  expect(tv.words).toContain(`县里有 1 条通知没看：${SHORT_NOTICE.title}`);
  await tv.press("down", "ok");
  expect(tv.place).toBe("notice");
  expect(tv.words).toContain("请通知到每一位同志。");
  expect(tv.words).toContain("有效到 2026 年 3 月 20 日");
  expect(tv.fake.room.noticeState()?.read).toEqual([]);
  await tv.press("ok");
  expect(tv.place).toBe("home");
  expect(tv.words).toContain(`县里的通知：${SHORT_NOTICE.title}`);
  expect(tv.fake.room.noticeState()?.read).toEqual([SHORT_NOTICE.id]);
});

test("NB3: opening is not reading: Back leaves it unread, and so does a page that is not the last", async () => {
  const tv = await told([LONG_NOTICE]);
  await tv.press("down", "ok", "ok");
  expect(tv.place).toBe("notice");
  expect(tv.words).toContain("第 2/");
  await tv.press("back");
  expect(tv.place).toBe("home");
  expect(tv.fake.room.noticeState()?.read).toEqual([]);
});

test("of several, a list says which was read; what the county withdraws vanishes from it", async () => {
  const tv = await told();
  await tv.press("down", "ok", "ok", "ok");
  expect(tv.place).toBe("notices");
  expect(tv.words).toContain(`已看  ${SHORT_NOTICE.title}`);
  expect(tv.words).toContain(`▲ 没看  ${LONG_NOTICE.title}`);
  await tv.fake.give("notices", makeNotices([LONG_NOTICE], 2));
  await tv.settle();
  expect(tv.words).not.toContain(SHORT_NOTICE.title);
});

test("a notice that is withdrawn while it is read says so, and leads back", async () => {
  const tv = await told([SHORT_NOTICE]);
  await tv.press("down", "ok");
  await tv.fake.give("notices", makeNotices([], 2));
  await tv.press("ok");
  expect(tv.place).toBe("home");
  expect(tv.words).toContain("这条通知县里收回了");
});

test("today's lesson keeps the focus when a notice comes, and so does a tile", async () => {
  const tv = await studyDay({ members: 3 });
  await tv.press("down", "right");
  const { focused } = tv;
  await tv.fake.give("notices", makeNotices());
  await tv.settle();
  expect(tv.focused).toEqual(focused);
});

test("NB1: a TV that does not know the day says until when a notice holds, and no more", async () => {
  const fake = await startUnsureRoom(Date.UTC(2099, 0, 1));
  await fake.give("notices", makeNotices([SHORT_NOTICE]));
  const tv = new HeadlessTv(fake);
  await tv.settle();
  await tv.pressUntil("down", 4, ({ focused }) => focused.includes("通知"));
  await tv.press("ok");
  expect(tv.words).toContain("有效到 2026 年 3 月 20 日");
  expect(tv.words).not.toMatch(/过期|到期|还有|剩/);
});
