import { Check, UserRoundX, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow, useWhen } from "@/lib/clock";
import { sayWhen } from "@/lib/time";
import { Button } from "@/ui/Button";
import type { Ending } from "./api";

const ICONS: Record<Ending, ReactNode> = {
  done: <Check className="size-4" />,
  "no-show": <UserRoundX className="size-4" />,
  cancel: <X className="size-4" />,
};
const ENDINGS = Object.keys(ICONS) as Ending[];

interface Props {
  endsAt: string;
  busy: boolean;
  onEnd: (how: Ending) => void;
}

/** How a visit ended. Each is asked first, with what it brings about: after a few seconds people are written to. */
export function EndVisit({ endsAt, busy, onEnd }: Props) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const now = useNow();
  const [asked, setAsked] = useState<Ending | null>(null);
  if (asked === null) {
    return (
      <div className="flex flex-wrap gap-2 border-t border-line pt-4">
        {ENDINGS.map((how) => (
          <Button key={how} look={how === "cancel" ? "danger" : "secondary"} onClick={() => setAsked(how)}>
            {ICONS[how]}
            {t(`calendar.end.${how}`)}
          </Button>
        ))}
      </div>
    );
  }
  const early = asked !== "cancel" && Date.parse(endsAt) > now.getTime();
  return (
    <div role="alertdialog" aria-label={t(`calendar.end.${asked}`)} className="border-t border-line pt-4">
      {early ? (
        <p className="mb-1 font-medium text-red">
          {t("calendar.notOver", { when: sayWhen(endsAt, { zone, language, now }) })}
        </p>
      ) : null}
      <p>{t(`calendar.brings.${asked}`)}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          autoFocus
          look={asked === "cancel" ? "danger" : "primary"}
          busy={busy}
          onClick={() => onEnd(asked)}
        >
          {ICONS[asked]}
          {t(`calendar.end.${asked}`)}
        </Button>
        <Button onClick={() => setAsked(null)}>{t("common.back")}</Button>
      </div>
    </div>
  );
}
