import { ChartNoAxesColumn, Download, Table2 } from "lucide-react";
import { type MouseEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { Button, IconButton } from "@/ui/Button";
import { type Table, useFile } from "./api";

interface Props {
  id?: string;
  title: string;
  /** The same figures as rows. */
  rows: ReactNode;
  /** Under which name they are had as a file. */
  file?: Table;
  empty?: boolean;
  children: ReactNode;
  className?: string;
}

/** A chart, the table behind it, and the same as a file. */
export function ChartCard({ id, title, rows, file, empty, children, className }: Props) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  return (
    <section
      id={id}
      className={cn("relative min-w-0 scroll-mt-4 rounded-card border border-line bg-surface", className)}
    >
      <header className="flex items-center gap-1 ps-4 pe-2 pt-2">
        <h2 className="me-auto text-base font-bold">{title}</h2>
        {empty ? null : (
          <IconButton
            aria-label={t(asTable ? "reports.asChart" : "reports.asTable", { title })}
            title={t(asTable ? "reports.asChart" : "reports.asTable", { title })}
            onClick={() => setAsTable((now) => !now)}
          >
            {asTable ? (
              <ChartNoAxesColumn className="size-4 rtl:-scale-x-100" />
            ) : (
              <Table2 className="size-4 rtl:-scale-x-100" />
            )}
          </IconButton>
        )}
        {file && !empty ? <FileLink file={file} title={title} /> : null}
      </header>
      <div className="px-4 pt-2 pb-4">
        {empty ? <p className="text-ink-soft">{t("reports.nothing")}</p> : asTable ? rows : children}
      </div>
    </section>
  );
}

function FileLink({ file, title }: { file: Table; title: string }) {
  const { t } = useTranslation();
  const { href, name, save } = useFile(file);
  const take = (event: MouseEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Button asChild look="quiet" size="iconSm">
      <a
        href={href}
        download={name}
        onClick={take}
        aria-label={t("reports.export", { title })}
        title={t("reports.export", { title })}
      >
        <Download className="size-4" />
      </a>
    </Button>
  );
}
