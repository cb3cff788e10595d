import { CircleAlert } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "@/i18n/refusals";
import { cn } from "@/lib/cn";
import { Button } from "./Button";

interface Props {
  title: string;
  /** Beside the title: one primary action at most. */
  actions?: ReactNode;
  /** Below the title: filters, tabs. */
  tools?: ReactNode;
  children: ReactNode;
  /** The page scrolls its own parts. */
  full?: boolean;
}

export function Page({ title, actions, tools, children, full }: Props) {
  useEffect(() => {
    document.title = `${title} · Proli`;
  }, [title]);
  return (
    <div className={cn("flex min-w-0 flex-col", full ? "h-full" : "min-h-full")}>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-4 pb-3 sm:px-6">
        <h1 className="me-auto text-xl font-bold">{title}</h1>
        {actions}
      </header>
      {tools ? <div className="px-4 pb-3 sm:px-6">{tools}</div> : null}
      <div className={cn("min-h-0 min-w-0 grow px-4 sm:px-6", full ? "pb-0" : "pb-8")}>{children}</div>
    </div>
  );
}

export function Card({
  title,
  action,
  children,
  className,
}: {
  title?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={cn("rounded-card border border-line bg-surface", className)}>
      {title ? (
        <header className="flex items-center gap-2 px-4 pt-3">
          <h2 className="me-auto text-base font-bold">{title}</h2>
          {action}
        </header>
      ) : null}
      <div className="p-4">{children}</div>
    </section>
  );
}

/** What will appear here, and the first step. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      {icon ? <div className="text-ink-soft">{icon}</div> : null}
      <p className="font-bold">{title}</p>
      {children ? <p className="max-w-[50ch] text-ink-soft">{children}</p> : null}
      {action ? <div className="mt-2">{action}</div> : null}
    </div>
  );
}

/** Rows of the shape of what is loading. */
export function Skeletons({ rows = 6, className }: { rows?: number; className?: string }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-2">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={cn("skeleton h-10", className)} />
      ))}
    </div>
  );
}

/** What happened, that nothing was lost, and what to do. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-card bg-red-soft p-4 text-red">
      <CircleAlert className="size-5 shrink-0" />
      <p className="grow">{words(error)}</p>
      {retry ? (
        <Button size="sm" onClick={retry}>
          {t("common.retry")}
        </Button>
      ) : null}
    </div>
  );
}
