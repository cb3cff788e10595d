import { PhoneCall } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useBusiness, useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Page } from "@/ui/Page";
import { useCalls, useFilter } from "./api";
import { CallList } from "./CallList";
import { FilterChips, FilterMenu } from "./Filters";
import { LiveCalls } from "./LiveCalls";

const CallPanel = lazy(async () => ({ default: (await import("./CallPanel")).CallPanel }));

/** The calls under way, and all that have ended, the newest first; one opens beside them. */
export function CallsPage() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const manager = useMay("manager");
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
      actions={
        manager ? (
          <Button asChild>
            <Link to={`/b/${slug}/calls/test`}>
              <PhoneCall className="size-4" />
              {t("calls.test.title")}
            </Link>
          </Button>
        ) : null
      }
      tools={
        <div className="flex flex-wrap items-center gap-2">
          <FilterMenu />
          <FilterChips name={first && first.contact_id === filter.contact ? first.name : ""} />
        </div>
      }
    >
      <div className="flex h-full flex-col">
        <LiveCalls />
        <div className="min-h-0 grow">
          <CallList calls={calls} />
        </div>
      </div>
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
