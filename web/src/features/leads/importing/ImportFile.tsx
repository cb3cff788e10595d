import { CircleCheck, FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useRefusalWords } from "@/i18n/refusals";
import { Refusal } from "@/lib/refusal";
import { useBusiness } from "@/session/business";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Failed, Skeletons } from "@/ui/Page";
import { Words } from "@/ui/Said";
import { ColumnMeanings } from "./ColumnMeanings";
import { FaultTable } from "./FaultTable";
import { FirstRows } from "./FirstRows";
import { HeaderRow } from "./HeaderRow";
import { meant, type Preview, type Reading, rowsIn, type Taken, useImport, usePreview } from "./imports";

interface Props {
  file: Taken;
  onOther: () => void;
  onClose: () => void;
}

const counted = (count: number) => ({ count, number: count.toLocaleString("en-US") });

/** One file: what it would bring, as its columns are understood, and what it has brought. */
export function ImportFile({ file, onOther, onClose }: Props) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const [reading, setReading] = useState<Reading>({ headerRow: null, meanings: null });
  const { data: answer, error, isPending, isFetching, refetch } = usePreview(file, reading);
  const [data, setData] = useState(answer);
  // What was seen last stays in sight while the server cannot be reached.
  if (answer && answer !== data) setData(answer);
  const bring = useImport();
  if (bring.data) return <Brought brought={bring.data} onOther={onOther} onClose={onClose} />;

  const present = reading.meanings ?? data?.columns.map(({ field }) => field) ?? [];
  const ready = data && !error ? data.ready : 0;
  return (
    <div className="flex flex-col gap-6">
      <p className="flex items-center gap-2">
        <FileSpreadsheet className="size-5 shrink-0 text-ink-soft" />
        <Words className="min-w-0 grow truncate font-medium">{file.name}</Words>
        <Button size="sm" disabled={bring.isPending} onClick={onOther}>
          {t("leads.import.other")}
        </Button>
      </p>
      {error ? <Failed error={error} retry={() => void refetch()} /> : null}
      {isPending ? <Skeletons rows={8} /> : null}
      {data ? (
        <>
          {data.header_row !== data.lines[0]?.row || !present.includes("phone") ? (
            <HeaderRow
              preview={data}
              disabled={bring.isPending}
              onChange={(headerRow) => setReading({ headerRow, meanings: null })}
            />
          ) : null}
          <ColumnMeanings
            preview={data}
            meanings={present}
            disabled={bring.isPending}
            onChange={(column, meaning) =>
              setReading({ headerRow: data.header_row, meanings: meant(present, column, meaning) })
            }
          />
          {present.includes("phone") ? (
            <Looked preview={data} />
          ) : (
            <p role="alert" className="rounded-control bg-amber-soft p-3 text-amber">
              {t("leads.import.noPhone")}
            </p>
          )}
          <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-wrap justify-end gap-2 border-t border-line bg-surface px-4 py-3">
            {bring.error ? (
              <p role="alert" className="w-full rounded-control bg-red-soft p-3 text-red">
                {bring.error instanceof Refusal && bring.error.status > 0
                  ? words(bring.error)
                  : t("leads.import.lost")}
              </p>
            ) : null}
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button
              look="primary"
              disabled={!ready || isFetching}
              busy={bring.isPending}
              onClick={() =>
                bring.mutate({ file, reading: { headerRow: data.header_row, meanings: present } })
              }
            >
              {ready ? t("leads.import.do", counted(ready)) : t("leads.import.nothing")}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}

function Looked({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const faulty = preview.total - preview.ready;
  return (
    <>
      <p role="status" className="flex flex-wrap items-center gap-2">
        <span>{t("leads.import.total", counted(preview.total))}</span>
        <Badge tone="green">{t("leads.import.ready", counted(preview.ready))}</Badge>
        {faulty ? <Badge tone="amber">{t("leads.import.faulty", counted(faulty))}</Badge> : null}
      </p>
      {preview.errors.length ? <FaultTable title={t("leads.import.faults")} faults={preview.errors} /> : null}
      <FirstRows preview={preview} />
    </>
  );
}

interface BroughtProps extends Omit<Props, "file"> {
  brought: NonNullable<ReturnType<typeof useImport>["data"]>;
}

function Brought({ brought, onOther, onClose }: BroughtProps) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const skipped = rowsIn(brought.skipped);
  return (
    <div className="flex flex-col gap-6">
      <div role="status" className="flex flex-wrap items-center gap-2">
        <CircleCheck className="size-5 shrink-0 text-green" />
        <p className="text-lg font-bold">{t("leads.import.done", counted(brought.imported))}</p>
        {skipped ? <Badge tone="amber">{t("leads.import.faulty", counted(skipped))}</Badge> : null}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button asChild look="primary">
          <Link to={`/b/${slug}/leads`} onClick={onClose}>
            {t("leads.import.toList")}
          </Link>
        </Button>
        <Button onClick={onOther}>{t("leads.import.other")}</Button>
      </div>
      {skipped ? <FaultTable title={t("leads.import.skipped")} faults={brought.skipped} /> : null}
    </div>
  );
}
