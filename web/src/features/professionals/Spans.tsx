import { Plus, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { Button } from "@/ui/Button";
import { controlClass } from "@/ui/Field";
import { added, faultsOf, minutesOf, type Span, sayClock, sayHours } from "./hours";

interface Props {
  /** What day it is, for screen readers. */
  day: string;
  spans: Span[];
  onChange: (spans: Span[]) => void;
  disabled?: boolean;
}

/** The hours of one day: any number of spans, each with what is wrong with it. */
export function Spans({ day, spans, onChange, disabled }: Props) {
  const { t } = useTranslation();
  const id = useId();
  if (disabled) {
    return (
      <p dir="ltr" className="text-start tabular-nums">
        {sayHours(spans) || t("professionals.closed")}
      </p>
    );
  }
  const faults = faultsOf(spans);
  const set = (index: number, span: Span) => onChange(spans.map((one, at) => (at === index ? span : one)));
  return (
    <div className="flex flex-col gap-1.5">
      {spans.map(([start, end], index) => {
        const fault = faults[index];
        const clock = (side: "start" | "end") => ({
          type: "time",
          step: 300,
          "aria-label": t(`professionals.${side}Of`, { day, number: index + 1 }),
          "aria-invalid": fault ? true : undefined,
          "aria-describedby": fault ? `${id}-${index}` : undefined,
          className: cn(controlClass, "h-9 w-26 tabular-nums"),
        });
        return (
          <div key={index}>
            <div className="flex items-center gap-1.5">
              <input
                {...clock("start")}
                value={sayClock(start)}
                onChange={(event) => set(index, [minutesOf(event.target.value, "start"), end])}
              />
              <span aria-hidden className="text-ink-soft">
                –
              </span>
              <input
                {...clock("end")}
                value={sayClock(end)}
                onChange={(event) => set(index, [start, minutesOf(event.target.value, "end")])}
              />
              <Button
                look="quiet"
                size="iconSm"
                aria-label={t("professionals.removeSpan", { day, number: index + 1 })}
                onClick={() => onChange(spans.filter((_, at) => at !== index))}
              >
                <X className="size-4" />
              </Button>
            </div>
            {fault ? (
              <p id={`${id}-${index}`} role="alert" className="mt-0.5 text-sm text-red">
                {t(`professionals.fault_${fault}`)}
              </p>
            ) : null}
          </div>
        );
      })}
      <div className="flex items-center gap-2">
        {spans.length ? null : <span className="text-ink-soft">{t("professionals.closed")}</span>}
        <Button
          look="quiet"
          size="sm"
          aria-label={t("professionals.addSpanTo", { day })}
          className={spans.length ? "-ms-2.5" : undefined}
          onClick={() => onChange(added(spans))}
        >
          <Plus className="size-4" />
          {t("professionals.addSpan")}
        </Button>
      </div>
    </div>
  );
}
