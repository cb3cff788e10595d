import { createBrowserRouter, Navigate, Outlet } from "react-router";
import { Broken, NotHere } from "./Broken";
import { Home } from "./Home";
import { Layout } from "./Layout";
import { Splash } from "./Splash";
import { InBusiness, SignedIn, useBusiness } from "./session";

function FirstPage() {
  const { role } = useBusiness();
  return <Navigate to={role === "professional" ? "my-day" : "today"} replace />;
}

/** Every page is loaded when it is first opened. */
export const router = createBrowserRouter([
  {
    errorElement: <Broken />,
    hydrateFallbackElement: <Splash />,
    children: [
      {
        path: "/sign-in",
        lazy: async () => ({ Component: (await import("@/features/account/SignInPage")).SignInPage }),
      },
      {
        path: "/link/:purpose",
        lazy: async () => ({ Component: (await import("@/features/account/LinkPage")).LinkPage }),
      },
      {
        path: "/visit/:token",
        lazy: async () => ({ Component: (await import("@/features/visit/VisitPage")).VisitPage }),
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
            lazy: async () => ({
              Component: (await import("@/features/operator/OperatorPage")).OperatorPage,
            }),
          },
          {
            path: "/b/:slug",
            element: (
              <InBusiness>
                <Layout />
              </InBusiness>
            ),
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
                path: "professionals/:professionalId?",
                lazy: async () => ({
                  Component: (await import("@/features/professionals/ProfessionalsPage")).ProfessionalsPage,
                }),
              },
              {
                path: "reports",
                lazy: async () => ({
                  Component: (await import("@/features/reports/ReportsPage")).ReportsPage,
                }),
              },
              {
                path: "simulator",
                lazy: async () => ({
                  Component: (await import("@/features/simulator/SimulatorPage")).SimulatorPage,
                }),
              },
              {
                path: "agent",
                lazy: async () => ({ Component: (await import("@/features/agent/AgentPage")).AgentPage }),
              },
              {
                path: "settings/:part?",
                lazy: async () => ({
                  Component: (await import("@/features/settings/SettingsPage")).SettingsPage,
                }),
              },
              {
                path: "my-day",
                lazy: async () => ({ Component: (await import("@/features/myday/MyDayPage")).MyDayPage }),
              },
              { path: "*", element: <NotHere /> },
            ],
          },
        ],
      },
      { path: "*", element: <NotHere /> },
    ],
  },
]);
