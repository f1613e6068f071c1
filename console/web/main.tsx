/** The county console's page. */
import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { createQueryClient } from "./api/queries.ts";
import { App } from "./app.tsx";
import { useHashPath, useHashSearch } from "./hash-route.ts";
import { THEME } from "./theme.ts";
import "./page.css";

const place = document.getElementById("page");
if (place === null) throw new Error("index.html has no element for the page");

createRoot(place).render(
  <StrictMode>
    <ConfigProvider locale={zhCN} theme={THEME} button={{ autoInsertSpace: false }}>
      <AntApp>
        <QueryClientProvider client={createQueryClient()}>
          <Router hook={useHashPath} searchHook={useHashSearch}>
            <App />
          </Router>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  </StrictMode>,
);
