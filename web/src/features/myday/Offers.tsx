import { Check, MapPin, Timer, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { UrgencyBadge } from "@/domain/UrgencyBadge";
import { cn } from "@/lib/cn";
import { Button } from "@/ui/Button";
import { useSayRefusal } from "@/ui/Refused";
import { Words } from "@/ui/Said";
import { say } from "@/ui/toast";
import { type Offer, useAnswer, useSecondsLeft } from "./api";
import { Hours } from "./parts";

/** Jobs that wait for an answer, soonest to expire first. */
export function Offers({ offers }: { offers: Offer[] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="my-offers">
      <h2 id="my-offers" className="mb-2 text-lg font-bold">
        {t("myDay.offers")}
        {offers.length ? <span className="ms-2 text-ink-soft tabular-nums">{offers.length}</span> : null}
      </h2>
      {offers.length ? (
        <ul className="flex flex-col gap-3">
          {offers.map((offer) => (
            <li key={offer.id}>
              <OfferCard offer={offer} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="rounded-card border border-line bg-surface p-4 text-ink-soft">
          {t("myDay.offersNone")}
        </p>
      )}
    </section>
  );
}

const SOON_S = 120;

function OfferCard({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const sayRefusal = useSayRefusal();
  const left = useSecondsLeft(offer.expires_at);
  const { mutateAsync, isPending, variables } = useAnswer();
  // The card is gone by the time of the answer, so what came of it is said wherever the page is.
  const answer = (accept: boolean) =>
    void mutateAsync({ id: offer.id, accept }).then(
      ({ outcome }) => say(t(`myDay.outcome.${outcome}`)),
      sayRefusal,
    );
  return (
    <article className="overflow-hidden rounded-card border border-line bg-surface">
      <div
        className={cn(
          "flex items-center gap-2 px-4 py-2 font-medium",
          left < SOON_S ? "bg-red-soft text-red" : "bg-amber-soft text-amber",
        )}
      >
        <Timer aria-hidden className="size-4" />
        {left > 0 ? (
          <>
            <span className="me-auto">{t("myDay.left")}</span>
            <span role="timer" dir="ltr" className="text-lg tabular-nums">
              {clock(left)}
            </span>
          </>
        ) : (
          <span role="status">{t("myDay.over")}</span>
        )}
      </div>
      <div className="flex flex-col gap-1.5 p-4">
        <h3 className="flex flex-wrap items-center gap-2 text-lg font-bold">
          {tradeName(offer.trade)}
          <UrgencyBadge urgency={offer.urgency} />
        </h3>
        <Hours from={offer.starts_at} to={offer.ends_at} withDay className="text-lg" />
        {offer.place ? (
          <p className="flex items-start gap-1.5">
            <MapPin aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-soft" />
            <Words>{offer.place}</Words>
          </p>
        ) : null}
        {offer.description ? (
          <p className="text-ink-soft">
            <Words>{offer.description}</Words>
          </p>
        ) : null}
        <div className="mt-2 grid grid-cols-2 gap-2">
          <Button
            look="primary"
            className="h-13 text-lg"
            disabled={left === 0 || isPending}
            busy={isPending && variables.accept}
            onClick={() => answer(true)}
          >
            <Check className="size-5" />
            {t("myDay.approve")}
          </Button>
          <Button
            className="h-13 text-lg"
            disabled={left === 0 || isPending}
            busy={isPending && !variables.accept}
            onClick={() => answer(false)}
          >
            <X className="size-5" />
            {t("myDay.decline")}
          </Button>
        </div>
      </div>
    </article>
  );
}

const two = (number: number) => String(number).padStart(2, "0");

/** "4:07", "1:04:07". */
function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const end = `${two(minutes % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${end}` : `${minutes}:${two(seconds % 60)}`;
}
