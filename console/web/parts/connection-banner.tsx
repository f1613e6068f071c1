/** Says when the page no longer hears from the server, and how old what it shows is. */
import { Alert } from "antd";
import { useConnection } from "../api/connection.ts";
import { useCounty } from "../county-context.ts";
import { clockTextWithSeconds } from "../county-time.ts";

export function ConnectionBanner() {
  const { reachable, answeredAtMs } = useConnection();
  const { utcOffsetMinutes } = useCounty();
  if (reachable) return null;
  const stopped =
    answeredAtMs === null
      ? ""
      : `（数据停在 ${clockTextWithSeconds(answeredAtMs, utcOffsetMinutes)}）`;
  return (
    <Alert
      banner
      type="warning"
      showIcon
      className="connection-banner"
      title={`与服务器断开，正在重新连接${stopped}`}
    />
  );
}

/** Beside the user's name: whether changes show by themselves at once. */
export function LiveNote() {
  const { live, reachable, answeredAtMs } = useConnection();
  const { utcOffsetMinutes } = useCounty();
  const at = answeredAtMs === null ? "" : clockTextWithSeconds(answeredAtMs, utcOffsetMinutes);
  const how = live ? "实时更新" : "每 10 秒更新";
  return <span className="live-note">{reachable ? `${how} · ${at}` : "已断开"}</span>;
}
