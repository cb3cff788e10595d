import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";

interface Option<T extends string> {
  value: T;
  label: ReactNode;
  count?: number | undefined;
}

interface Props<T extends string> {
  label: string;
  options: Option<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, side by side. */
export function Segments<T extends string>({ label, options, value, onChange }: Props<T>) {
  return (
    <fieldset className="flex w-fit max-w-full shrink-0 gap-0.5 overflow-x-auto rounded-control bg-grey-soft p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(
            "h-8 rounded-control px-3 text-sm font-medium whitespace-nowrap text-ink-soft transition-colors duration-150",
            option.value === value ? "bg-surface text-ink" : "hover:text-ink",
          )}
        >
          {option.label}
          {option.count ? <span className="ms-1.5 tabular-nums text-ink-soft">{option.count}</span> : null}
        </button>
      ))}
    </fieldset>
  );
}

/** A filter that is on, and the way to turn it off. */
export function FilterChip({ children, onRemove }: { children: ReactNode; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="inline-flex h-8 items-center gap-1 rounded-full bg-accent-soft ps-3 pe-1 text-sm text-accent-text">
      {children}
      <button
        type="button"
        aria-label={t("common.removeFilter")}
        onClick={onRemove}
        className="grid size-6 place-items-center rounded-full hover:bg-surface"
      >
        <X className="size-3.5" />
      </button>
    </span>
  );
}
