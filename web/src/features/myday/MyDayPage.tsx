import { useTranslation } from "react-i18next";
import { useNow } from "@/lib/clock";
import { wallOf } from "@/lib/time";
import { Failed, Page, Skeletons } from "@/ui/Page";
import { useMyDay } from "./api";
import { DaysOff } from "./DaysOff";
import { Offers } from "./Offers";
import { NextVisits, TodayVisits } from "./Visits";

/** The day of a professional, made for the phone in the van: what to answer, where to be, when to rest. */
export function MyDayPage() {
  const { t } = useTranslation();
  const now = useNow();
  const { data, error, refetch } = useMyDay();
  const title = data ? t("myDay.hello", { name: data.name }) : t("myDay.title");
  if (!data) {
    return (
      <Page title={title}>
        {error ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : (
          <div className="max-w-xl">
            <Skeletons rows={3} className="h-40" />
          </div>
        )}
      </Page>
    );
  }
  const today = wallOf(now, data.zone).date;
  const dayOf = (moment: string) => wallOf(moment, data.zone).date;
  return (
    <Page title={title}>
      <div className="flex max-w-xl flex-col gap-6">
        <Offers offers={data.offers} />
        <TodayVisits visits={data.visits.filter((visit) => dayOf(visit.starts_at) <= today)} />
        <NextVisits visits={data.visits.filter((visit) => dayOf(visit.starts_at) > today)} today={today} />
        <DaysOff days={data.days_off} today={today} />
      </div>
    </Page>
  );
}
