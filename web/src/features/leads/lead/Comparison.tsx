import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { he } from "@/i18n/he";
import { cn } from "@/lib/cn";
import { Badge } from "@/ui/Badge";
import { Phone, When, Words } from "@/ui/Said";
import type { Lead } from "../api";
import { StageBadge } from "../parts";
import { COMPARED, type Compared, standing } from "./twice";

/** Two requests, a detail in each row; a tick is at what stands once they are one. */
export function Comparison({ lead, other, keptId }: { lead: Lead; other: Lead; keptId: number }) {
  const { t } = useTranslation();
  const [kept, gone] = keptId === lead.id ? [lead, other] : [other, lead];
  const stands = (one: Lead, field: Compared) =>
    lead[field] !== other[field] && (standing(kept, gone, field) === "kept" ? kept : gone).id === one.id;
  const sides = [
    { one: lead, head: t("leads.twice.this") },
    { one: other, head: t("leads.twice.other") },
  ];
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <thead>
        <tr className="border-b border-line align-top">
          <th scope="col" className="w-20 py-2 text-start font-medium text-ink-soft sm:w-28">
            <span className="sr-only">{t("leads.twice.field")}</span>
          </th>
          {sides.map(({ one, head }) => (
            <th key={one.id} scope="col" className="px-2 py-2 text-start font-bold">
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {head}
                <Badge tone={one.id === keptId ? "green" : "grey"}>
                  {one.id === keptId ? t("leads.twice.stays") : t("leads.twice.goes")}
                </Badge>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Row name={t("words.field.status")}>
          {sides.map(({ one }) => (
            <StageBadge key={one.id} lead={one} />
          ))}
        </Row>
        <Row name={t("words.field.created_at")}>
          {sides.map(({ one }) => (
            <When key={one.id} at={one.created_at} />
          ))}
        </Row>
        <Row name={t("words.field.phone")}>
          {sides.map(({ one }) => (one.phone ? <Phone key={one.id} e164={one.phone} /> : null))}
        </Row>
        {COMPARED.map((field) => (
          <Row key={field} name={t(`words.field.${field}`)}>
            {sides.map(({ one }) => (
              <Value key={one.id} lead={one} field={field} stands={stands(one, field)} />
            ))}
          </Row>
        ))}
        <Row name={t("words.field.professional")}>
          {sides.map(({ one }) => (one.professional ? <Words key={one.id}>{one.professional}</Words> : null))}
        </Row>
      </tbody>
    </table>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode[] }) {
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <th scope="row" className="py-2 text-start font-normal text-ink-soft">
        {name}
      </th>
      {children.map((child, side) => (
        <td key={side} className="px-2 py-2 break-words">
          {child}
        </td>
      ))}
    </tr>
  );
}

function Value({ lead, field, stands }: { lead: Lead; field: Compared; stands: boolean }) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const value = lead[field];
  if (!value) return <span className="text-ink-soft">{t("common.unknown")}</span>;
  const said =
    field === "trade"
      ? tradeName(value)
      : field === "urgency" && value in he.words.urgency
        ? t(`words.urgency.${value as keyof typeof he.words.urgency}`)
        : value;
  return (
    <span className={cn("flex items-start gap-1", stands && "font-medium")}>
      {stands ? (
        <Check
          role="img"
          aria-label={t("leads.twice.willStay")}
          className="mt-0.5 size-4 shrink-0 text-green"
        />
      ) : null}
      <Words className="min-w-0">{said}</Words>
    </span>
  );
}
