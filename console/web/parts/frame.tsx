/** What surrounds every page: the county's name, the ways to go, who is logged in. */
import {
  CalendarOutlined,
  CloudDownloadOutlined,
  DashboardOutlined,
  DesktopOutlined,
  LogoutOutlined,
  NotificationOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Layout, Menu } from "antd";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import type { Me } from "../../../protocol/console-api.ts";
import { ask } from "../api/ask.ts";
import { ConnectionBanner, LiveNote } from "./connection-banner.tsx";
import { failureText } from "./failure.tsx";

const WAYS = [
  { key: "/", icon: <DashboardOutlined />, label: <Link href="/">总览</Link> },
  { key: "/boxes", icon: <DesktopOutlined />, label: <Link href="/boxes">收看室</Link> },
  { key: "/sessions", icon: <CalendarOutlined />, label: <Link href="/sessions">场次</Link> },
  { key: "/notices", icon: <NotificationOutlined />, label: <Link href="/notices">通知</Link> },
  { key: "/supply", icon: <CloudDownloadOutlined />, label: <Link href="/supply">片源</Link> },
];

function wayOf(location: string): string {
  const [, first = ""] = location.split("/");
  return `/${first}`;
}

export function Frame({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const [location] = useLocation();
  return (
    <Layout className="frame">
      <Layout.Header className="frame-header">
        <Link href="/" className="frame-name">
          远教县控制台
        </Link>
        <Menu
          mode="horizontal"
          className="frame-ways"
          items={WAYS}
          selectedKeys={[wayOf(location)]}
        />
        <LiveNote />
        <Account me={me} />
      </Layout.Header>
      <ConnectionBanner />
      <Layout.Content className="frame-content">{children}</Layout.Content>
    </Layout>
  );
}

function Account({ me }: { readonly me: Me }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const leave = async () => {
    try {
      await ask("logout", { method: "POST" });
    } catch (failure) {
      // Still logged in: on a shared computer the person must know.
      void message.error(`没能退出：${failureText(failure as Error)}`);
      return;
    }
    client.setQueryData(["me"], null);
  };
  return (
    <span className="account">
      <UserOutlined /> {me.name || me.user}
      <Button type="text" icon={<LogoutOutlined />} onClick={() => void leave()}>
        退出
      </Button>
    </span>
  );
}
