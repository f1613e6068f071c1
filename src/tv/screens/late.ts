/** 补签到, from any step: who came after the roll call. Only those who are not here are listed. */
import type { MemberCard } from "../../../protocol/page-api.ts";
import { centred, ground, moved } from "../parts/draw.ts";
import { headScene } from "../parts/list.ts";
import { personCell } from "../parts/person-cell.ts";
import { SessionMembers } from "../parts/session-members.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { SAFE } from "../theme.ts";

const COLUMNS = 2;
const PAGE = 8;

export class LateScreen implements Screen {
  readonly name = "late";
  readonly #context: ScreenContext;
  readonly #members: SessionMembers;
  #focus = 0;

  constructor(context: ScreenContext) {
    this.#context = context;
    this.#members = new SessionMembers(context);
  }

  #absent(): MemberCard[] {
    const marks = this.#context.view().session?.marks ?? {};
    return this.#members.all.filter(({ id }) => marks[id] !== "P" && marks[id] !== "L");
  }

  draw(): Scene {
    const { sizes } = this.#context;
    const absent = this.#absent();
    const page = Math.floor(this.#focus / PAGE);
    const w = (SAFE.width - 40) / COLUMNS;
    const heading = "补签到：请选择刚到的同志";
    if (absent.length === 0) return [ground, centred(440, "都签到了 ✔", sizes.display)];
    return [
      ground,
      ...headScene(heading, `第 ${page + 1}/${Math.ceil(absent.length / PAGE)} 页`, sizes),
      ...absent.slice(page * PAGE, page * PAGE + PAGE).flatMap((member, index) =>
        personCell({
          x: SAFE.left + (index % COLUMNS) * (w + 40),
          y: 200 + Math.floor(index / COLUMNS) * 170,
          w,
          h: 130,
          member,
          from: sizes.audience,
          sizes,
          focused: page * PAGE + index === this.#focus,
        }),
      ),
    ];
  }

  hints(): KeyHint[] {
    const back: KeyHint = { key: "返回", text: "接着学习" };
    if (this.#absent().length === 0) return [back];
    return [{ key: "确定", text: "迟到，已到" }, { key: "▲▼◀▶", text: "移动" }, back];
  }

  onKey(key: RemoteKey): boolean {
    if (key === "back") return false;
    const step = { left: -1, right: 1, up: -COLUMNS, down: COLUMNS }[key as "left"];
    const absent = this.#absent();
    if (step !== undefined) this.#focus = moved(this.#focus, step, absent.length);
    const member = absent[this.#focus];
    if (key === "ok" && member !== undefined) this.#mark(member);
    this.#context.redraw();
    return true;
  }

  #mark({ id, name }: MemberCard): void {
    const intent = { kind: "mark", how: "late", marks: [[id, "L"]] } as const;
    void this.#context.send({ ...intent, marks: [[id, "L"]] }).then((result) => {
      this.#context.toast(result.ok ? `${name} 已登记迟到 ✔` : result.error.text);
      this.#focus = moved(this.#focus, 0, this.#absent().length);
    });
  }

  onView(): void {
    this.#focus = moved(this.#focus, 0, this.#absent().length);
  }
}
