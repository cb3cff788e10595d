import { CalendarX, LinkIcon } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { setLanguage } from "@/i18n";
import { ClockProvider } from "@/lib/clock";
import { Avatar } from "@/ui/Avatar";
import { Failed } from "@/ui/Page";
import { useVisit } from "./api";
import { VisitCard } from "./VisitCard";

const GONE = 410;

/** The page of one visit, for the customer who has its link. */
export function VisitPage() {
  const { token = "" } = useParams();
  const { data: visit, error, refetch } = useVisit(token);
  const language = visit?.language;

  useEffect(() => {
    if (language) void setLanguage(language === "he" ? "he" : "en");
  }, [language]);
  useEffect(() => {
    if (visit) document.title = visit.business;
  }, [visit]);

  if (visit) {
    return (
      <ClockProvider zone={visit.zone}>
        <Frame business={visit.business}>
          <VisitCard visit={visit} token={token} />
        </Frame>
      </ClockProvider>
    );
  }
  if (!error) {
    return (
      <Frame>
        <Waiting />
      </Frame>
    );
  }
  const known = error.status >= 400 && error.status < 500;
  return (
    <Frame>
      {known ? (
        <Gone expired={error.status === GONE} />
      ) : (
        <Failed error={error} retry={() => void refetch()} />
      )}
    </Frame>
  );
}

/** The business on top, what it has to say below. */
function Frame({ business, children }: { business?: string; children: ReactNode }) {
  return (
    <main className="min-h-dvh bg-sunken pb-10">
      <header className="bg-accent px-4 pt-8 pb-20 text-accent-ink dark:bg-accent-soft dark:text-accent-text">
        <div className="mx-auto flex max-w-md flex-col items-center gap-2">
          {business ? (
            <>
              <Avatar name={business} className="size-14 bg-surface text-lg font-bold" />
              <p dir="auto" className="text-center text-xl font-bold">
                {business}
              </p>
            </>
          ) : (
            <div className="h-22" />
          )}
        </div>
      </header>
      <div className="mx-auto -mt-14 max-w-md px-4">
        <div className="rounded-card border border-line bg-surface p-5 shadow-float">{children}</div>
      </div>
    </main>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-4">
      <div className="skeleton h-6 w-24" />
      <div className="skeleton h-9 w-56" />
      <div className="skeleton h-24" />
      <div className="skeleton h-12" />
    </div>
  );
}

/** A link that leads nowhere any more. */
function Gone({ expired }: { expired: boolean }) {
  const { t } = useTranslation();
  const title = t(expired ? "visit.goneTitle" : "visit.notFoundTitle");
  useEffect(() => {
    document.title = title;
  }, [title]);
  const Icon = expired ? LinkIcon : CalendarX;
  return (
    <div className="flex flex-col items-center gap-3 py-6 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-grey-soft text-ink-soft">
        <Icon aria-hidden className="size-6" />
      </span>
      <h1 className="text-xl font-bold">{title}</h1>
      <p className="text-ink-soft">{t(expired ? "visit.goneWords" : "visit.notFoundWords")}</p>
    </div>
  );
}
