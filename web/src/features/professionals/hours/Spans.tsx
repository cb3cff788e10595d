import { Plus, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/Button";
import { ClockInput } from "./ClockInput";
import { added, faultsOf, type Span, sayHours } from "./hours";

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
      <p className="py-1.5 tabular-nums">
        {spans.length ? <bdi dir="ltr">{sayHours(spans)}</bdi> : t("professionals.closed")}
      </p>
    );
  }
  const faults = faultsOf(spans);
  const set = (index: number, span: Span) => onChange(spans.map((one, at) => (at === index ? span : one)));
  const more = (
    <IconButton
      aria-label={t("professionals.addSpanTo", { day })}
      title={t("professionals.addSpan")}
      onClick={() => onChange(added(spans))}
    >
      <Plus className="size-4" />
    </IconButton>
  );
  if (!spans.length) {
    return (
      <div className="flex h-9 items-center gap-2">
        <span className="text-ink-soft">{t("professionals.closed")}</span>
        {more}
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-1.5">
      {spans.map(([start, end], index) => {
        const fault = faults[index];
        const named = (side: "start" | "end") => ({
          side,
          "aria-label": t(`professionals.${side}Of`, { day, number: index + 1 }),
          "aria-invalid": fault ? true : undefined,
          "aria-describedby": fault ? `${id}-${index}` : undefined,
        });
        return (
          <div key={index}>
            <div className="flex items-center gap-1">
              <ClockInput
                {...named("start")}
                minute={start}
                onMinute={(minute) => set(index, [minute, end])}
              />
              <span aria-hidden className="text-ink-soft">
                –
              </span>
              <ClockInput {...named("end")} minute={end} onMinute={(minute) => set(index, [start, minute])} />
              <IconButton
                aria-label={t("professionals.removeSpan", { day, number: index + 1 })}
                onClick={() => onChange(spans.filter((_, at) => at !== index))}
              >
                <X className="size-4" />
              </IconButton>
              {index === spans.length - 1 ? more : null}
            </div>
            {fault ? (
              <p id={`${id}-${index}`} role="alert" className="mt-0.5 text-sm text-red">
                {t(`professionals.fault_${fault}`)}
              </p>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
