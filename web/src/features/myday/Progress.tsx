import { CheckCheck, RotateCcw, Truck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow, useWhen } from "@/lib/clock";
import { sayDay, sayHour, wallOf } from "@/lib/time";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Panel";
import { useSayRefusal } from "@/ui/Refused";
import { say, unsay } from "@/ui/toast";
import { useFinish, useReopen, useSetOut, type Visit } from "./api";

const EARLY_MS = 3 * 60 * 60_000;

/** Setting out, from three hours before; done, once it has begun or somebody is on the way. */
export function Progress({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const now = useNow();
  const sayRefusal = useSayRefusal();
  const setOut = useSetOut();
  const finish = useFinish();
  const [asking, setAsking] = useState(false);
  const ask = () => {
    // What was said before would lie over the sheet's buttons on a phone.
    unsay();
    setAsking(true);
  };
  const starts = Date.parse(visit.starts_at);
  const near = starts - EARLY_MS <= now.getTime();
  const begun = starts <= now.getTime();
  if (!near) {
    const from = new Date(starts - EARLY_MS);
    const day = wallOf(from, zone).date;
    const today = wallOf(now, zone).date;
    const hour = (day === today ? "" : `${sayDay(day, { today, language })} `) + sayHour(from, zone);
    return <p className="text-sm text-ink-soft">{t("myDay.onTheWayFrom", { hour })}</p>;
  }
  return (
    <>
      <div className="grid auto-cols-fr grid-flow-col gap-2">
        {visit.on_the_way_at ? null : (
          <Button
            look={begun ? "secondary" : "primary"}
            className="h-12"
            busy={setOut.isPending}
            onClick={() =>
              setOut.mutate(visit.id, {
                onError: sayRefusal,
                onSuccess: () => say(t("myDay.onTheWaySaid")),
              })
            }
          >
            <Truck className="size-5 rtl:-scale-x-100" />
            {t("myDay.onTheWay")}
          </Button>
        )}
        {begun || visit.on_the_way_at ? (
          <Button look="primary" className="h-12" onClick={ask}>
            <CheckCheck className="size-5" />
            {t("myDay.done")}
          </Button>
        ) : null}
      </div>
      <Panel
        shape="dialog"
        open={asking}
        onClose={() => setAsking(false)}
        title={t("myDay.doneSure")}
        actions={
          <>
            <Button className="h-11" onClick={() => setAsking(false)}>
              {t("myDay.notYet")}
            </Button>
            <Button
              look="primary"
              className="h-11"
              busy={finish.isPending}
              onClick={() =>
                finish.mutate(visit.id, {
                  onError: sayRefusal,
                  onSuccess: () => say(t("myDay.doneSaid")),
                  onSettled: () => setAsking(false),
                })
              }
            >
              {t("myDay.done")}
            </Button>
          </>
        }
      >
        <p>{t("myDay.doneSureWords")}</p>
      </Panel>
    </>
  );
}

/** That it is done was a mistake: the visit is open again. */
export function Reopening({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const reopen = useReopen();
  return (
    <Button
      className="h-11"
      busy={reopen.isPending}
      onClick={() =>
        reopen.mutate(visit.id, {
          onError: sayRefusal,
          onSuccess: () => say(t("myDay.reopened")),
        })
      }
    >
      <RotateCcw className="size-4" />
      {t("myDay.reopen")}
    </Button>
  );
}
