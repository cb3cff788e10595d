import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { he } from "@/i18n/he";
import { sayPhone } from "@/lib/phone";
import { When, Words } from "@/ui/Said";
import type { Fault, Meaning, Row } from "./imports";

/** What a cell of the file was understood as, in the words of the page. */
export function AsRead({ row, meaning }: { row: Row; meaning: Meaning }) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const value = row[meaning];
  if (!value) return null;
  if (meaning === "phone")
    return (
      <>
        <PhoneText e164={value} />
        {row.phone_cell ? <Words className="block text-ink-soft text-xs">{row.phone_cell}</Words> : null}
      </>
    );
  if (meaning === "created_at") return <When at={value} />;
  if (meaning === "trade") return tradeName(value);
  if (meaning === "urgency" && value in he.words.urgency)
    return t(`words.urgency.${value as keyof typeof he.words.urgency}`);
  if (meaning === "status" && row.status) return t(`words.status.${row.status}`);
  return <Words className="line-clamp-2">{value}</Words>;
}

/** What stands in a cell that cannot come. */
export function AsWritten({ fault }: { fault: Fault }) {
  if (fault.field === "phone" && fault.value.startsWith("+")) return <PhoneText e164={fault.value} />;
  return <Words className="line-clamp-3">{fault.value}</Words>;
}

const PhoneText = ({ e164 }: { e164: string }) => (
  <bdi dir="ltr" className="tabular-nums whitespace-nowrap">
    {sayPhone(e164)}
  </bdi>
);
