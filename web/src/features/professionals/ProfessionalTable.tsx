import { MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Professional } from "@/domain/professionals";
import { useTradeName } from "@/domain/trades";
import { cn } from "@/lib/cn";
import { useBusiness } from "@/session/business";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { useVisitsAhead } from "./api";
import { Rating } from "./parts";

const HEAD = "h-9 px-3 text-start text-sm font-medium text-ink-soft";
const CELL = "hidden px-3 sm:table-cell";

/** One row for each; all of it opens the professional. On phones the row is the name with the rest below it. */
export function ProfessionalTable({
  professionals,
  search,
}: {
  professionals: Professional[];
  search: string;
}) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const tradeName = useTradeName();
  const ahead = useVisitsAhead();
  return (
    <div className="overflow-hidden rounded-card border border-line bg-surface">
      <table className="w-full">
        <caption className="sr-only">{t("professionals.title")}</caption>
        <thead className="sr-only bg-sunken sm:not-sr-only sm:table-header-group">
          <tr className="border-b border-line">
            <th scope="col" className={HEAD}>
              {t("words.field.customer_name")}
            </th>
            <th scope="col" className={HEAD}>
              {t("professionals.trades")}
            </th>
            <th scope="col" className={HEAD}>
              {t("professionals.base")}
            </th>
            <th scope="col" className={HEAD}>
              {t("professionals.rating")}
            </th>
            <th scope="col" className={HEAD} title={t("professionals.aheadHint")}>
              {t("professionals.ahead")}
            </th>
            <th scope="col" className={HEAD}>
              {t("words.field.status")}
            </th>
          </tr>
        </thead>
        <tbody>
          {professionals.map((one) => {
            const trades = one.trades.map(tradeName).join(", ");
            const visits = ahead?.get(one.id) ?? 0;
            return (
              <tr
                key={one.id}
                className="relative border-b border-line last:border-b-0 hover:bg-sunken has-[a:focus-visible]:bg-sunken"
              >
                <td className="px-3 py-2">
                  <div className="flex items-center gap-3">
                    <Avatar name={one.name} className={cn(!one.active && "opacity-60")} />
                    <div className="min-w-0 grow">
                      <Link
                        to={{ pathname: `/b/${slug}/professionals/${one.id}`, search }}
                        className="font-medium after:absolute after:inset-0"
                      >
                        {one.name}
                      </Link>
                      <p className="text-sm text-ink-soft sm:hidden">
                        {[trades, one.base_locality].filter(Boolean).join(" · ")}
                      </p>
                    </div>
                    <div className="flex shrink-0 flex-col items-end gap-1 sm:hidden">
                      <Rating of={one} />
                      {one.active ? null : <Badge>{t("professionals.inactive")}</Badge>}
                    </div>
                  </div>
                </td>
                <td className={CELL}>{trades}</td>
                <td className={CELL}>
                  {one.base_locality ? (
                    <span className="inline-flex items-center gap-1">
                      <MapPin aria-hidden className="size-3.5 text-ink-soft" />
                      {one.base_locality}
                      {one.radius_km ? (
                        <span className="text-sm text-ink-soft tabular-nums">
                          {t("professionals.upTo", { km: one.radius_km })}
                        </span>
                      ) : null}
                    </span>
                  ) : (
                    <span className="text-ink-soft">
                      {t("professionals.placesOnly", { number: one.localities.length })}
                    </span>
                  )}
                </td>
                <td className={CELL}>
                  <Rating of={one} />
                </td>
                <td className={cn(CELL, "tabular-nums")}>
                  {!ahead ? (
                    <div className="skeleton h-4 w-8" />
                  ) : visits ? (
                    <Link
                      to={`/b/${slug}/leads?professional=${one.id}&status=booked`}
                      className="relative z-10 inline-block min-w-6 py-1 text-accent-text hover:underline"
                    >
                      {t("professionals.visitsAhead", { count: visits })}
                    </Link>
                  ) : (
                    <span className="text-ink-soft">{t("professionals.noVisitsAhead")}</span>
                  )}
                </td>
                <td className={CELL}>
                  <Badge tone={one.active ? "green" : "grey"}>
                    {t(one.active ? "professionals.active" : "professionals.inactive")}
                  </Badge>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
