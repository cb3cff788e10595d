import { Check } from "lucide-react";
import { cn } from "@/lib/cn";
import { useTradeChoices } from "./trades";

export interface ChipsProps {
  value: string[];
  onChange: (value: string[]) => void;
  disabled?: boolean;
}

/** Trades of the business's kind; those that are on have a tick. */
export function TradeChips({ value, onChange, disabled }: ChipsProps) {
  const trades = useTradeChoices(value);
  if (!trades) return <div className="skeleton h-16" />;
  if (disabled) {
    return (
      <ul className="flex flex-wrap gap-1.5">
        {trades
          .filter((trade) => value.includes(trade.key))
          .map((trade) => (
            <li
              key={trade.key}
              className="inline-flex h-8 items-center rounded-full bg-accent-soft px-3 text-sm font-medium text-accent-text"
            >
              {trade.name}
            </li>
          ))}
      </ul>
    );
  }
  return (
    <div className="flex flex-wrap gap-1.5">
      {trades.map((trade) => {
        const on = value.includes(trade.key);
        return (
          <button
            key={trade.key}
            type="button"
            aria-pressed={on}
            onClick={() => onChange(on ? value.filter((key) => key !== trade.key) : [...value, trade.key])}
            className={cn(
              "inline-flex h-8 items-center gap-1 rounded-full border px-3 text-sm transition-colors duration-150",
              on
                ? "border-accent bg-accent-soft font-medium text-accent-text"
                : "border-line-strong/60 text-ink-soft hover:border-line-strong hover:text-ink",
            )}
          >
            {on ? <Check className="size-3.5" /> : null}
            {trade.name}
          </button>
        );
      })}
    </div>
  );
}
