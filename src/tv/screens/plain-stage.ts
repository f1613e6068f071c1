/** A stage that needs nothing but to be named: 备课, 小结, 收看直播 and whatever a county adds. */
import { centred, ground } from "../parts/draw.ts";
import { rail } from "../parts/rail.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";

export class PlainStageScreen implements Screen {
  readonly name = "plain-stage";
  readonly #context: ScreenContext;

  constructor(context: ScreenContext) {
    this.#context = context;
  }

  draw(): Scene {
    const { session } = this.#context.view();
    const stage = session?.flow[session.at];
    if (session === null || stage === undefined) return [ground];
    const { sizes } = this.#context;
    return [
      ground,
      ...rail(session.flow, session.item, sizes),
      centred(360, stage.name, sizes.mega),
      centred(640, stage.help ?? "", sizes.title, { colour: COLOURS.secondary }),
      centred(800, "好了按【确定】", sizes.audience, { colour: COLOURS.focus }),
    ];
  }

  hints(): KeyHint[] {
    return [
      { key: "确定", text: "下一步" },
      { key: "返回", text: "菜单" },
    ];
  }

  onKey(key: RemoteKey): boolean {
    if (key !== "ok") return key !== "back";
    void this.#context.send({ kind: "advance", from: this.#context.view().session?.at ?? 0 });
    return true;
  }
}
