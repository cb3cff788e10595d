import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useBusiness } from "@/session/business";
import { Page } from "@/ui/Page";
import { useCalls, useFilter } from "./api";
import { CallList } from "./CallList";
import { FilterChips, FilterMenu, LiveNow } from "./Filters";

const CallPanel = lazy(async () => ({ default: (await import("./CallPanel")).CallPanel }));

/** All calls, the newest first; one opens beside the list. */
export function CallsPage() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { callId } = useParams();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const [filter] = useFilter();
  const calls = useCalls(filter);
  const first = calls.data?.pages[0]?.calls[0];
  return (
    <Page
      full
      title={t("calls.title")}
      tools={
        <div className="flex flex-wrap items-center gap-2">
          <FilterMenu />
          <LiveNow />
          <FilterChips name={first && first.contact_id === filter.contact ? first.name : ""} />
        </div>
      }
    >
      <CallList calls={calls} />
      <Suspense>
        {Number(callId) ? (
          <CallPanel
            key={callId}
            callId={Number(callId)}
            onClose={() => void navigate({ pathname: `/b/${slug}/calls`, search: query.toString() })}
          />
        ) : null}
      </Suspense>
    </Page>
  );
}
