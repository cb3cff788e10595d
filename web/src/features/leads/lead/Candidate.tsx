import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { cn } from "@/lib/cn";
import { Badge } from "@/ui/Badge";

const PARTS = ["rating", "distance", "load", "fairness", "earliest"] as const;

export function Candidate({ one, action }: { one: Schemas["Considered"]; action?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <li className={cn("flex items-center gap-3 p-3", one.excluded && "bg-sunken")}>
      <div className="min-w-0 grow">
        <p className="flex items-center gap-2">
          <span className="font-medium">{one.name}</span>
          <span className="text-sm text-ink-soft tabular-nums">{Math.round(one.score * 100)}</span>
          {one.excluded ? <Badge>{t(`words.excluded.${one.excluded}`)}</Badge> : null}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-soft tabular-nums">
          {PARTS.map((part) => (
            <span key={part}>
              {t(`words.parts.${part}`)} {Math.round((one.parts[part] ?? 0) * 100)}
            </span>
          ))}
        </p>
      </div>
      {action}
    </li>
  );
}
