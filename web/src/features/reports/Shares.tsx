import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { percentOf, sayCount } from "@/lib/trend";
import { type Report, useLeadsLink } from "./api";
import { Bars, Said } from "./Bars";
import { ChartCard } from "./ChartCard";
import { DataTable } from "./DataTable";

export function ByTrade({ rows }: { rows: Report["by_trade"] }) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const leads = useLeadsLink();
  return (
    <Shares
      title={t("reports.byTrade")}
      head={t("reports.column.trade")}
      file="by_trade"
      whole={rows.reduce((sum, one) => sum + one.count, 0)}
      rows={rows.map(({ trade, count }) => ({
        key: trade ?? "",
        name: trade === null ? null : tradeName(trade),
        count,
        to: trade === null ? undefined : leads({ trade, opened: true }),
      }))}
    />
  );
}

/** `whole` is all leads: only the places with the most are told. */
export function ByPlace({ rows, whole }: { rows: Report["by_locality"]; whole: number }) {
  const { t } = useTranslation();
  const leads = useLeadsLink();
  return (
    <Shares
      title={t("reports.byPlace")}
      head={t("reports.column.place")}
      file="by_locality"
      whole={whole}
      rows={rows.map(({ locality, count }) => ({
        key: locality ?? "",
        name: locality,
        count,
        to: locality === null ? undefined : leads({ words: locality, opened: true }),
      }))}
    />
  );
}

interface SharesProps {
  title: string;
  head: string;
  file: "by_trade" | "by_locality";
  whole: number;
  rows: { key: string; name: string | null; count: number; to: string | undefined }[];
}

function Shares({ title, head, file, whole, rows }: SharesProps) {
  const { t } = useTranslation();
  const share = (count: number) => `${percentOf(count, whole)}%`;
  const name = (row: SharesProps["rows"][number]) => <bdi>{row.name ?? t("reports.unknown")}</bdi>;
  return (
    <ChartCard
      title={title}
      file={file}
      empty={!rows.length}
      rows={
        <DataTable
          caption={title}
          heads={[head, t("reports.column.leads"), t("reports.column.share")]}
          rows={rows.map((row) => ({
            key: row.key,
            cells: [name(row), sayCount(row.count), share(row.count)],
          }))}
        />
      }
    >
      <Bars
        bars={rows.map((row) => ({
          key: row.key,
          label: name(row),
          value: row.count,
          words: <Said strong={sayCount(row.count)} soft={share(row.count)} />,
          to: row.to,
        }))}
      />
    </ChartCard>
  );
}
