/** What each register's tab is given. */
import type { CountySession } from "../../../protocol/console-api.ts";
import type { SessionWords } from "../words/register-words.ts";

export interface BookProps {
  readonly session: CountySession;
  readonly words: SessionWords;
}
