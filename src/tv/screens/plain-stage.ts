/** A stage that needs nothing but to be named: 备课, 小结, 收看直播 and whatever a county adds. */
import type { FlowStage } from "../../../protocol/generated/types.ts";
import { ground } from "../parts/draw.ts";
import { rail } from "../parts/rail.ts";
import { stack } from "../parts/stack.ts";
import { BODY } from "../parts/stage-ground.ts";
import type { Scene } from "../scene/node.ts";
import type { KeyHint, RemoteKey, Screen, ScreenContext } from "../screen.ts";
import { COLOURS } from "../theme.ts";
import { type Speech, sentence } from "../voice/speaker.ts";

/** What there is to do now, where the name does not say it. */
function linesFor(kind: FlowStage["kind"]): readonly string[] {
  if (kind === "live") {
    return ["按电视遥控器的【信号源】，换到直播。看完再换回这里。"];
  }
  if (kind === "watch") return ["这个片子放不了。可以讲一讲，再往下进行。"];
  return [];
}

function whenDone(kind: FlowStage["kind"]): string {
  return kind === "live" ? "看完了按【确定】" : "好了按【确定】";
}

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
      ...stack(
        [
          { text: stage.name, size: sizes.mega },
          { text: stage.help ?? "", size: sizes.title, colour: COLOURS.secondary },
          ...linesFor(stage.kind).map((line) => ({ text: line, size: sizes.audience, lines: 2 })),
          { text: whenDone(stage.kind), size: sizes.audience, colour: COLOURS.focus },
        ],
        BODY,
      ),
    ];
  }

  speech(): Speech | null {
    const { session } = this.#context.view();
    return session?.flow[session.at]?.kind === "live" ? sentence("live") : null;
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
