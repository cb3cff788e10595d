import { Phone as PhoneIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCallsNow } from "@/domain/calls";
import { useNarrow } from "@/lib/narrow";
import { useBusiness, useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Empty, Failed, Skeletons } from "@/ui/Page";
import { type useCalls, useFilter } from "./api";
import { CallCard, CallRow } from "./CallRow";
import { isFiltered } from "./filter";

const COLUMNS = ["who", "phone", "how", "about", "length", "when"] as const;

/** Calls that were, as rows, and as cards on a phone; more are fetched as the end comes near. */
export function CallList({ calls }: { calls: ReturnType<typeof useCalls> }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, fetchNextPage } = calls;
  useEffect(() => {
    const mark = end.current;
    if (!mark || !hasNextPage) return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), {
      rootMargin: "400px",
    });
    watcher.observe(mark);
    return () => watcher.disconnect();
  }, [hasNextPage, fetchNextPage]);

  if (calls.isPending) return <Skeletons rows={10} />;
  if (!calls.data) return <Failed error={calls.error} retry={() => void calls.refetch()} />;
  const rows = calls.data.pages.flatMap((page) => page.calls);
  if (!rows.length) return <NoCalls />;
  return (
    <div className="thin-scroll h-full overflow-auto rounded-t-card border border-b-0 border-line bg-surface">
      {narrow ? (
        <ul className="divide-y divide-line">
          {rows.map((call) => (
            <CallCard key={call.id} call={call} />
          ))}
        </ul>
      ) : (
        <table className="w-full min-w-[760px] table-fixed">
          <caption className="sr-only">{t("calls.title")}</caption>
          <colgroup>
            <col className="w-[22%]" />
            <col className="w-34" />
            <col className="w-42" />
            <col />
            <col className="w-28" />
            <col className="w-36" />
          </colgroup>
          <thead className="sticky top-0 z-10 bg-sunken">
            <tr className="h-9 border-b border-line text-sm text-ink-soft">
              {COLUMNS.map((name) => (
                <th key={name} scope="col" className="px-3 text-start font-medium">
                  {t(`calls.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((call) => (
              <CallRow key={call.id} call={call} />
            ))}
          </tbody>
        </table>
      )}
      <div ref={end} aria-hidden className="h-px" />
    </div>
  );
}

/** What will stand here, and the first step to it. */
function NoCalls() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const [filter] = useFilter();
  const manager = useMay("manager");
  const now = useCallsNow();
  const icon = <PhoneIcon className="size-8" />;
  if (isFiltered(filter)) {
    return (
      <Empty icon={icon} title={t("calls.noneFound")}>
        {t("calls.noneFoundWords")}
      </Empty>
    );
  }
  if (now?.live) return null;
  if (now?.any !== false) {
    return (
      <Empty icon={icon} title={t("calls.none")}>
        {t("calls.noneWords")}
      </Empty>
    );
  }
  return (
    <Empty
      icon={icon}
      title={t("calls.noNumber")}
      action={
        manager ? (
          <Button asChild look="primary">
            <Link to={`/b/${slug}/settings/phones`}>{t("calls.connect")}</Link>
          </Button>
        ) : null
      }
    >
      {t("calls.noNumberWords")}
    </Empty>
  );
}
