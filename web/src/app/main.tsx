import { QueryClientProvider } from "@tanstack/react-query";
import { Direction } from "radix-ui";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router/dom";
import { hearOfUser } from "@/api/client";
import { Queries } from "@/api/queries";
import { startWords } from "@/i18n";
import { mayPass } from "@/lib/refusal";
import "./app.css";
import { router } from "./router";

const Toaster = lazy(async () => ({ default: (await import("sonner")).Toaster }));

const client = new Queries({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && mayPass(error),
      placeholderData: (before: unknown) => before,
    },
  },
});

function App() {
  const { t, i18n } = useTranslation();
  const direction = i18n.language === "en" ? "ltr" : "rtl";
  return (
    <Direction.Provider dir={direction}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <Suspense>
          <Toaster
            dir={direction}
            position="bottom-center"
            closeButton
            containerAriaLabel={t("common.notices")}
            toastOptions={{
              closeButtonAriaLabel: t("common.close"),
              classNames: {
                toast: "pointer-events-auto !font-sans !bg-surface !text-ink !border-line !shadow-float",
              },
            }}
          />
        </Suspense>
      </QueryClientProvider>
    </Direction.Provider>
  );
}

window.addEventListener("storage", ({ key, newValue }) => {
  if (key === "proli.user") hearOfUser(newValue);
});

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
await startWords();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
