/**
 * Which screen shows what. A stage kind that no screen knows gets the plain one: it can be left.
 */
import type { Place, Screen, ScreenContext } from "../screen.ts";
import type { ShownStage, Target } from "../target.ts";
import { ClosingScreen } from "./closing.ts";
import { ConfirmDateScreen } from "./confirm-date.ts";
import { DiscussScreen } from "./discuss.ts";
import { FeedbackScreen } from "./feedback.ts";
import { FilmScreen } from "./film.ts";
import type { FilmContext } from "./film-context.ts";
import { GuestsScreen } from "./guests.ts";
import { HintScreen } from "./hint.ts";
import { HistoryScreen } from "./history.ts";
import { HistoryMonthScreen } from "./history-month.ts";
import { HistorySessionScreen } from "./history-session.ts";
import { HomeScreen } from "./home.ts";
import { InspectScreen } from "./inspect.ts";
import { LateScreen } from "./late.ts";
import { LessonScreen } from "./lesson.ts";
import { LibraryScreen } from "./library.ts";
import { MachineScreen } from "./machine.ts";
import { MakeupScreen } from "./makeup.ts";
import { MemberScreen } from "./member.ts";
import { NoticeScreen } from "./notice.ts";
import { NoticesScreen } from "./notices.ts";
import { PaperScreen } from "./paper.ts";
import { PlainStageScreen } from "./plain-stage.ts";
import { PractiseScreen } from "./practise.ts";
import { SettingsScreen } from "./settings.ts";
import { SetupScreen } from "./setup.ts";
import { SigninScreen } from "./signin.ts";
import { StorageScreen } from "./storage.ts";
import { TasksScreen } from "./tasks.ts";
import { TypesScreen } from "./types.ts";

const STAGES: Partial<Record<ShownStage, new (context: ScreenContext) => Screen>> = {
  signin: SigninScreen,
  hint: HintScreen,
  discuss: DiscussScreen,
  feedback: FeedbackScreen,
  practise: PractiseScreen,
  closing: ClosingScreen,
  "confirm-date": ConfirmDateScreen,
};

export function makeScreen(target: Target, context: FilmContext): Screen {
  if (target.kind === "place") return makePlace(target.place, context);
  const { session } = context.view();
  if (target.stage === "watch" && session !== null && session.film !== null) {
    return new FilmScreen(context, session, session.film);
  }
  const Stage = STAGES[target.stage] ?? PlainStageScreen;
  return new Stage(context);
}

function makePlace(place: Place, context: ScreenContext): Screen {
  switch (place.kind) {
    case "home":
      return new HomeScreen(context);
    case "library":
      return new LibraryScreen(context, place.type);
    case "lesson":
      return new LessonScreen(context, place.id, place.type);
    case "types":
      return new TypesScreen(context, place.type);
    case "makeup":
      return new MakeupScreen(context);
    case "history":
      return new HistoryScreen(context);
    case "history-month":
      return new HistoryMonthScreen(context, place.id);
    case "member":
      return new MemberScreen(context, place.id);
    case "inspect":
      return new InspectScreen(context);
    case "notices":
      return new NoticesScreen(context);
    case "notice":
      return new NoticeScreen(context, place.id);
    case "history-session":
      return new HistorySessionScreen(context, place.id);
    case "settings":
      return new SettingsScreen(context);
    case "storage":
      return new StorageScreen(context);
    case "machine":
      return new MachineScreen(context);
    case "setup":
      return new SetupScreen(context);
    default:
      return makeOverSession(place.kind, context);
  }
}

type OverSession = Extract<Place["kind"], "late" | "guests" | "tasks" | "paper">;

function makeOverSession(kind: OverSession, context: ScreenContext): Screen {
  switch (kind) {
    case "late":
      return new LateScreen(context);
    case "guests":
      return new GuestsScreen(context);
    case "tasks":
      return new TasksScreen(context);
    case "paper":
      return new PaperScreen(context);
  }
}
