/** One 场次: attendance, evidence, and its registers (三簿一册). */
import { PrinterOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Descriptions, Tabs } from "antd";
import { Link, useLocation, useSearch } from "wouter";
import type { CountySession } from "../../../protocol/console-api.ts";
import { useSession } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { setHashSearch } from "../hash-route.ts";
import { Answer } from "../parts/answer.tsx";
import { AttendanceSum } from "../parts/attendance.tsx";
import { CopyLink } from "../parts/copy-link.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { ProgressTag } from "../parts/progress-tag.tsx";
import { sessionFacts } from "../parts/session-facts.tsx";
import { DiscussionBook } from "../registers/discussion-book.tsx";
import { FeedbackBook } from "../registers/feedback-book.tsx";
import { LaterBook } from "../registers/later-book.tsx";
import { PractiseBook } from "../registers/practise-book.tsx";
import { SignInBook } from "../registers/sign-in-book.tsx";
import { ViewingBook } from "../registers/viewing-book.tsx";
import { SessionWords } from "../words/register-words.ts";
import { sessionTitle } from "../words/session-words.ts";

interface SessionPageProps {
  readonly box: string;
  readonly session: string;
}

export function SessionPage({ box, session }: SessionPageProps) {
  const answer = useSession(box, session);
  const [, go] = useLocation();
  const line = answer.data?.line;
  return (
    <>
      <PageHead
        title={line === undefined ? "场次" : sessionTitle(line)}
        from={{ href: "/sessions", name: "场次" }}
      >
        <CopyLink />
        <Button
          type="primary"
          icon={<PrinterOutlined />}
          disabled={line === undefined}
          onClick={() => go(`/print/${box}/${session}`)}
        >
          打印签到册
        </Button>
      </PageHead>
      <Answer of={answer}>{(data) => <SessionBody session={data} />}</Answer>
    </>
  );
}

function SessionBody({ session }: { readonly session: CountySession }) {
  const { line, register } = session;
  const clock = useCounty();
  return (
    <>
      <Card size="small" className="section">
        <div className="session-state">
          <Link href={`/boxes/${line.box}`}>{line.boxName}</Link>
          <ProgressTag line={line} />
        </div>
        {line.incomplete && (
          <Alert
            type="warning"
            showIcon
            className="session-incomplete"
            title="记录还没收全：播放盒还有记录没传到县里，下面的数字以后可能增加。"
          />
        )}
        <AttendanceSum line={line} coverage={session.entry.coverage} />
        <Descriptions size="small" column={3} items={sessionFacts(session, clock)} />
        <Evidence
          lines={register.evidence.filter((text) => line.headsAsked || !isUncounted(text))}
        />
      </Card>
      <Registers session={session} />
    </>
  );
}

/** The fold's own sentences; what is in doubt is set apart from what stands. */
function Evidence({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="evidence">
      {lines.map((line) => (
        <li key={line} className={isDoubt(line) ? "doubt" : ""}>
          {line}
        </li>
      ))}
    </ul>
  );
}

/** Said of a session in which the count of heads is still to come, it would be a reproach. */
function isUncounted(line: string): boolean {
  return line.includes("没有清点");
}

function isDoubt(line: string): boolean {
  return /未确认|没有清点|相差|未登记|有出入|没有核对|不知道|关着|对不上/.test(line);
}

function Registers({ session }: { readonly session: CountySession }) {
  const words = new SessionWords(session);
  const book = new URLSearchParams(useSearch()).get("book") ?? "sign-in";
  const { register } = session;
  const children = { session, words };
  return (
    <Card size="small" className="section">
      <Tabs
        activeKey={book}
        onChange={(key) => setHashSearch({ book: key === "sign-in" ? null : key })}
        items={[
          { key: "sign-in", label: "《党员签到册》", children: <SignInBook {...children} /> },
          { key: "viewing", label: "《收看情况登记簿》", children: <ViewingBook {...children} /> },
          {
            key: "discussion",
            label: `《讨论登记簿》${register.notes.length}`,
            children: <DiscussionBook {...children} />,
          },
          {
            key: "feedback",
            label: `《信息反馈簿》${register.feedback.length}`,
            children: <FeedbackBook {...children} />,
          },
          {
            key: "practise",
            label: `课后实践 ${register.tasks.length}`,
            children: <PractiseBook {...children} />,
          },
          {
            key: "later",
            label: `更正和补课 ${register.corrections.length + register.makeups.length}`,
            children: <LaterBook {...children} />,
          },
        ]}
      />
    </Card>
  );
}
