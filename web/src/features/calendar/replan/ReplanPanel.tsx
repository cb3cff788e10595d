import { CalendarCheck, Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Professional } from "@/domain/professionals";
import { useNow, useWhen } from "@/lib/clock";
import { sayDay, wallOf } from "@/lib/time";
import { Button } from "@/ui/Button";
import { Empty, Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { type Affected, type Question, useAsk, useReplanning } from "./api";
import { chosenOf, isGiven, keyOf, type Picked } from "./choosing";
import { ReplannedVisit } from "./ReplannedVisit";

interface Props {
  professional: Professional;
  date: string;
  onClose: () => void;
}

const NONE: Affected[] = [];

/** The day of somebody who cannot come: for each visit who could come instead, and asking the customers. */
export function ReplanPanel({ professional, date, onClose }: Props) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const plan = useReplanning(professional.id, date);
  const ask = useAsk();
  const [picked, setPicked] = useState<Picked>({});
  const visits = plan.data?.visits ?? NONE;
  const open = visits.flatMap((visit) => {
    const choice = visit.asked ? undefined : chosenOf(visit, picked);
    return choice && !isGiven(choice, visit, visits, picked) ? [{ visit, choice }] : [];
  });
  const send = (questions: Question[], after?: () => void) =>
    ask.mutate(questions, {
      onSuccess: () => {
        say(t("calendar.replan.asked", { count: questions.length }));
        after?.();
      },
    });
  const isAsking = (visit: Affected) =>
    ask.isPending && ask.variables.some((one) => one.visit.booking_id === visit.booking_id);

  return (
    <Panel
      open
      wide
      onClose={onClose}
      title={t("calendar.replan.title", {
        name: professional.name,
        day: sayDay(date, { today, language }),
      })}
      description={t("calendar.replan.promise")}
      actions={
        open.length > 1 ? (
          <Button look="primary" busy={ask.isPending} onClick={() => send(open)}>
            <Send className="size-4 rtl:-scale-x-100" />
            {t("calendar.replan.askAll", { count: open.length })}
          </Button>
        ) : null
      }
    >
      {plan.isError && !plan.data ? (
        <Failed error={plan.error} retry={() => void plan.refetch()} />
      ) : plan.isPending ? (
        <Skeletons rows={4} className="h-28" />
      ) : visits.length ? (
        <div className="flex flex-col gap-3">
          <Refused error={ask.error} />
          <ul aria-label={t("calendar.replan.visits")} className="flex flex-col gap-3">
            {visits.map((visit) => (
              <ReplannedVisit
                key={visit.booking_id}
                visit={visit}
                chosen={chosenOf(visit, picked)}
                isGiven={(choice) => isGiven(choice, visit, visits, picked)}
                asking={isAsking(visit)}
                onPick={(choice) => setPicked({ ...picked, [visit.booking_id]: keyOf(choice) })}
                onAsk={(choice, after) => send([{ visit, choice }], after)}
              />
            ))}
          </ul>
        </div>
      ) : (
        <Empty icon={<CalendarCheck className="size-7" />} title={t("calendar.replan.nothing")}>
          {t("calendar.replan.nothingWords")}
        </Empty>
      )}
    </Panel>
  );
}
