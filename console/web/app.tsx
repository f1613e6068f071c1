/** Which page is shown: log in first, then by address. */
import { useQueryClient } from "@tanstack/react-query";
import { Spin } from "antd";
import { type ReactNode, useEffect } from "react";
import { Redirect, Route, Switch } from "wouter";
import type { Me } from "../../protocol/console-api.ts";
import { useLiveEvents } from "./api/live.ts";
import { useMe, useOverview } from "./api/queries.ts";
import { CountyProvider } from "./county-context.ts";
import { BoxPage } from "./pages/box-page.tsx";
import { BoxesPage } from "./pages/boxes-page.tsx";
import { LoginPage } from "./pages/login-page.tsx";
import { NotFoundPage } from "./pages/not-found-page.tsx";
import { NoticesPage } from "./pages/notices-page.tsx";
import { OverviewPage } from "./pages/overview-page.tsx";
import { PrintPage } from "./pages/print-page.tsx";
import { SessionPage } from "./pages/session-page.tsx";
import { SessionsPage } from "./pages/sessions-page.tsx";
import { SupplyPage } from "./pages/supply-page.tsx";
import { YearPage } from "./pages/year-page.tsx";
import { FailureScreen } from "./parts/failure.tsx";
import { Frame } from "./parts/frame.tsx";

export function App() {
  const me = useMe();
  if (me.isPending) return <Waiting />;
  if (me.data === null) return <LoginPage />;
  if (me.data === undefined) {
    return <FailureScreen failure={me.error} onRetry={() => void me.refetch()} />;
  }
  return <County me={me.data} />;
}

function Waiting() {
  return (
    <div className="whole-screen">
      <Spin size="large" description="正在打开" />
    </div>
  );
}

/** What of the county every page needs: its zone. */
function County({ me }: { readonly me: Me }) {
  useLiveEvents();
  useForgetOnLogout(me);
  const overview = useOverview();
  if (overview.data === undefined) {
    return overview.isError ? (
      <FailureScreen failure={overview.error} onRetry={() => void overview.refetch()} />
    ) : (
      <Waiting />
    );
  }
  const { utcOffsetMinutes, nowMs } = overview.data;
  return <CountyProvider value={{ utcOffsetMinutes, nowMs }}>{pages(me)}</CountyProvider>;
}

/** Another person at the same computer shall not see what was asked for the last one. */
function useForgetOnLogout({ user }: Me): void {
  const client = useQueryClient();
  useEffect(
    () => () => client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" }),
    [client, user],
  );
}

function pages(me: Me): ReactNode {
  return (
    <Switch>
      <Route path="/print/:box/:session">
        {({ box, session }) => <PrintPage box={box} session={session} />}
      </Route>
      <Route>
        <Frame me={me}>
          <Switch>
            <Route path="/" component={OverviewPage} />
            <Route path="/boxes" component={BoxesPage} />
            <Route path="/boxes/:id">{({ id }) => <BoxPage id={id} />}</Route>
            <Route path="/boxes/:id/year">{({ id }) => <YearPage id={id} />}</Route>
            <Route path="/sessions" component={SessionsPage} />
            <Route path="/sessions/:box/:session">
              {({ box, session }) => <SessionPage box={box} session={session} />}
            </Route>
            <Route path="/supply" component={SupplyPage} />
            <Route path="/notices" component={NoticesPage} />
            <Route path="/overview">
              <Redirect to="/" replace />
            </Route>
            <Route component={NotFoundPage} />
          </Switch>
        </Frame>
      </Route>
    </Switch>
  );
}
