import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Professional } from "@/domain/professionals";
import { useTradeName } from "@/domain/trades";
import { useWhen } from "@/lib/clock";
import { isOverLimit } from "@/lib/refusal";
import { sayHour, wallOf } from "@/lib/time";
import { useBusiness, useMay } from "@/session/business";
import { Badge, type Tone } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Form } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused, useSayRefusal } from "@/ui/Refused";
import { Phone, When, Words } from "@/ui/Said";
import { say, sayUndoable } from "@/ui/toast";
import { type Booking, type Ending, useEnd, useMove, useRestore } from "./api";
import { EndVisit } from "./EndVisit";
import { VisitFields, type VisitValues } from "./VisitFields";
import { windowOf } from "./window";

const TONES: Record<string, Tone> = {
  held: "amber",
  pending: "amber",
  confirmed: "teal",
  done: "green",
  no_show: "red",
  cancelled: "grey",
};
const LIVE = new Set(["confirmed", "pending"]);

/** One visit: whom, where, when; moved without a mouse, ended, or called off. */
export function VisitPanel({
  booking,
  professionals,
  onClose,
}: {
  booking: Booking;
  professionals: Professional[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { zone } = useWhen();
  const mayWrite = useMay("agent");
  const tradeName = useTradeName();
  const move = useMove();
  const end = useEnd();
  const restore = useRestore();
  const [values, setValues] = useState<VisitValues>({
    date: wallOf(booking.starts_at, zone).date,
    start: sayHour(booking.starts_at, zone),
    end: sayHour(booking.ends_at, zone),
    professionalId: booking.professional_id,
  });
  const refused = move.error ?? end.error;
  const anyway = isOverLimit(move.error) && move.variables?.professionalId === values.professionalId;
  const sayRefusal = useSayRefusal();
  const live = LIVE.has(booking.status) && mayWrite;

  const finish = (how: Ending) =>
    end.mutate(
      { bookingId: booking.id, how },
      {
        onSuccess: () => {
          sayUndoable(t(`calendar.ended_${how}`), t("common.undo"), () =>
            restore.mutate(booking.id, { onError: sayRefusal }),
          );
          onClose();
        },
      },
    );
  const save = () =>
    move.mutate(
      {
        booking,
        professionalId: values.professionalId,
        ...windowOf(values, zone),
        overLimit: anyway,
      },
      {
        onSuccess: () => {
          say(t("calendar.moved"));
          onClose();
        },
      },
    );

  return (
    <Panel open onClose={onClose} title={<Words>{booking.customer ?? t("leads.nameless")}</Words>}>
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={TONES[booking.status] ?? "grey"}>{t(`words.booking.${booking.status}`)}</Badge>
          <When at={booking.starts_at} className="font-medium" />
          {booking.phone ? <Phone e164={booking.phone} className="ms-auto" /> : null}
        </div>
        <p className="text-ink-soft">
          {[booking.professional, tradeName(booking.trade), booking.address, booking.locality]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <Button asChild className="self-start">
          <Link to={`/b/${slug}/leads/${booking.lead_id}`}>{t("calendar.toLead")}</Link>
        </Button>
        {live ? (
          <Form className="flex flex-col gap-3 border-t border-line pt-4" onSend={save}>
            <h3 className="font-bold">{anyway ? t("calendar.moveAnyway") : t("calendar.move")}</h3>
            <VisitFields values={values} onChange={setValues} professionals={professionals} />
            <p className="text-sm text-ink-soft">{t("calendar.moveTells")}</p>
            <Button type="submit" look="primary" busy={move.isPending} className="self-start">
              {anyway ? t("calendar.moveAnyway") : t("calendar.move")}
            </Button>
          </Form>
        ) : null}
        <Refused error={refused} />
        {live ? <EndVisit endsAt={booking.ends_at} busy={end.isPending} onEnd={finish} /> : null}
      </div>
    </Panel>
  );
}
