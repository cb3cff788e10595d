import type { ComponentType } from "react";
import { createBrowserRouter, Navigate, Outlet } from "react-router";
import { SignOutPage } from "@/features/account/SignOutPage";
import { loadPart } from "@/i18n";
import type { Part } from "@/i18n/later";
import { useBusiness } from "@/session/business";
import { SIGN_OUT } from "@/session/leaving";
import { NotHere } from "@/ui/NotHere";
import { Broken } from "./Broken";
import { InBusiness, SignedIn, SignedOut } from "./guards";
import { Home } from "./Home";
import { Layout } from "./Layout";
import { Splash } from "./Splash";

function FirstPage() {
  const { role } = useBusiness();
  return <Navigate to={role === "professional" ? "my-day" : "today"} replace />;
}

/** A page whose words come with it. */
const page =
  (load: () => Promise<ComponentType>, ...parts: Part[]) =>
  async () => {
    const [Component] = await Promise.all([load(), ...parts.map(loadPart)]);
    return { Component };
  };

/** Every page is loaded when it is first opened. */
export const router = createBrowserRouter([
  {
    errorElement: (
      <main>
        <Broken />
      </main>
    ),
    hydrateFallbackElement: <Splash />,
    children: [
      {
        element: (
          <SignedOut>
            <Outlet />
          </SignedOut>
        ),
        children: [
          {
            path: "/sign-in",
            lazy: async () => ({ Component: (await import("@/features/account/SignInPage")).SignInPage }),
          },
          {
            path: "/link/:purpose",
            lazy: async () => ({ Component: (await import("@/features/account/LinkPage")).LinkPage }),
          },
        ],
      },
      // comes with the first page: without a connection it could not be loaded any more
      { path: SIGN_OUT, element: <SignOutPage /> },
      {
        path: "/visit/:token",
        lazy: page(async () => (await import("@/features/visit/VisitPage")).VisitPage, "visit"),
      },
      {
        element: (
          <SignedIn>
            <Outlet />
          </SignedIn>
        ),
        children: [
          { path: "/", element: <Home /> },
          {
            path: "/account",
            lazy: async () => ({ Component: (await import("@/features/account/AccountPage")).AccountPage }),
          },
          {
            path: "/operator",
            lazy: page(
              async () => (await import("@/features/operator/OperatorPage")).OperatorPage,
              "operator",
              "settings",
            ),
          },
          {
            path: "/b/:slug",
            element: (
              <InBusiness>
                <Layout />
              </InBusiness>
            ),
            children: [
              {
                errorElement: <Broken />,
                children: [
                  { index: true, element: <FirstPage /> },
                  {
                    path: "today",
                    lazy: async () => ({ Component: (await import("@/features/today/TodayPage")).TodayPage }),
                  },
                  {
                    path: "inbox/:conversationId?",
                    lazy: async () => ({ Component: (await import("@/features/inbox/InboxPage")).InboxPage }),
                  },
                  {
                    path: "leads/:leadId?",
                    lazy: async () => ({ Component: (await import("@/features/leads/LeadsPage")).LeadsPage }),
                  },
                  {
                    path: "calendar",
                    lazy: async () => ({
                      Component: (await import("@/features/calendar/CalendarPage")).CalendarPage,
                    }),
                  },
                  {
                    path: "calls/test",
                    lazy: page(
                      async () => (await import("@/features/calls/test/TestCallPage")).TestCallPage,
                      "calls",
                    ),
                  },
                  {
                    path: "calls/:callId?",
                    lazy: page(async () => (await import("@/features/calls/CallsPage")).CallsPage, "calls"),
                  },
                  {
                    path: "professionals/:professionalId?",
                    lazy: page(
                      async () =>
                        (await import("@/features/professionals/ProfessionalsPage")).ProfessionalsPage,
                      "professionals",
                    ),
                  },
                  {
                    path: "reports",
                    lazy: page(
                      async () => (await import("@/features/reports/ReportsPage")).ReportsPage,
                      "reports",
                    ),
                  },
                  {
                    path: "simulator",
                    lazy: page(
                      async () => (await import("@/features/simulator/SimulatorPage")).SimulatorPage,
                      "simulator",
                    ),
                  },
                  {
                    path: "agent",
                    lazy: page(async () => (await import("@/features/agent/AgentPage")).AgentPage, "agent"),
                  },
                  {
                    path: "settings/:part?",
                    lazy: page(
                      async () => (await import("@/features/settings/SettingsPage")).SettingsPage,
                      "settings",
                    ),
                  },
                  {
                    path: "my-day",
                    lazy: page(async () => (await import("@/features/myday/MyDayPage")).MyDayPage, "myDay"),
                  },
                  { path: "*", element: <NotHere /> },
                ],
              },
            ],
          },
        ],
      },
      { path: "*", element: <NotHere /> },
    ],
  },
]);
