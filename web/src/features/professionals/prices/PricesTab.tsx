import { Plus, Tag, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PriceLine } from "@/domain/PriceLine";
import type { Professional } from "@/domain/professionals";
import { useTradeName } from "@/domain/trades";
import { Button } from "@/ui/Button";
import { Empty, Failed, Skeletons } from "@/ui/Page";
import { useSayRefusal } from "@/ui/Refused";
import { Words } from "@/ui/Said";
import { type Price, usePriceChanges, usePrices } from "../api";
import { PriceForm } from "./PriceForm";

interface Props {
  professional: Professional;
  mayEdit: boolean;
}

/** What the agent may say it costs: this professional's own lines, and those of the business for the same trades. */
export function PricesTab({ professional, mayEdit }: Props) {
  const { t } = useTranslation();
  const { data: lines, error, refetch } = usePrices();
  const [open, setOpen] = useState<number | "new" | null>(null);
  const tradeName = useTradeName();
  const { deleted, takeOut, putBack, busy } = useDeleting();
  const close = () => setOpen(null);
  if (!lines) return error ? <Failed error={error} retry={() => void refetch()} /> : <Skeletons rows={4} />;
  const own = lines.filter((line) => line.professional_id === professional.id);
  const shared = lines.filter(
    (line) => line.professional_id === null && professional.trades.includes(line.trade),
  );
  const listed = (found: Price[]) => (
    <ul className="divide-y divide-line rounded-card border border-line">
      {found.map((line) => (
        <li key={line.id}>
          {open === line.id ? (
            <PriceForm professional={professional} line={line} onClose={close} />
          ) : (
            <div className="px-3">
              <PriceLine
                line={line}
                note={tradeName(line.trade)}
                {...(mayEdit && { onEdit: () => setOpen(line.id), onDelete: () => takeOut(line) })}
              />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-soft">{t("professionals.pricesWords")}</p>
      {deleted ? (
        <Deleted key={deleted.id} line={deleted} busy={busy} onUndo={() => putBack(deleted)} />
      ) : null}
      {!own.length && !shared.length ? (
        <Empty icon={<Tag className="size-7" />} title={t("professionals.noPrices")}>
          {t("professionals.noPricesWords")}
        </Empty>
      ) : null}
      {own.length ? (
        <section>
          <h3 className="mb-2 font-bold">{t("professionals.ownPrices", { name: professional.name })}</h3>
          {listed(own)}
        </section>
      ) : null}
      {shared.length ? (
        <section>
          <h3 className="font-bold">{t("professionals.sharedPrices")}</h3>
          <p className="mb-2 text-sm text-ink-soft">{t("professionals.sharedPricesWords")}</p>
          {listed(shared)}
        </section>
      ) : null}
      {open === "new" ? <PriceForm professional={professional} onClose={close} /> : null}
      {mayEdit && open !== "new" ? (
        <Button className="self-start" onClick={() => setOpen("new")}>
          <Plus className="size-4" />
          {t("professionals.addPrice")}
        </Button>
      ) : null}
    </div>
  );
}

const UNDO_MS = 8000;

/**
 * Deleting, and for a while the line that was deleted. A toast could not be reached from within a panel, which keeps the
 * keyboard and the pointer to itself, so the way back is offered where the line was.
 */
function useDeleting() {
  const sayRefusal = useSayRefusal();
  const { add, remove } = usePriceChanges();
  const [deleted, setDeleted] = useState<Price | null>(null);
  useEffect(() => {
    if (!deleted) return;
    const timer = setTimeout(() => setDeleted(null), UNDO_MS);
    return () => clearTimeout(timer);
  }, [deleted]);
  const takeOut = (line: Price) => void remove.mutateAsync(line).then(() => setDeleted(line), sayRefusal);
  const putBack = ({ id: _id, version: _version, changed_at: _changed, ...line }: Price) =>
    void add.mutateAsync(line).then(() => setDeleted(null), sayRefusal);
  return { deleted, takeOut, putBack, busy: add.isPending };
}

function Deleted({ line, busy, onUndo }: { line: Price; busy: boolean; onUndo: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-3 rounded-card bg-sunken p-2 ps-3">
      <p role="status" className="grow">
        {t("professionals.priceDeleted")}: <Words>{line.label}</Words>
      </p>
      <Button autoFocus size="sm" busy={busy} onClick={onUndo}>
        <Undo2 className="size-4 rtl:-scale-x-100" />
        {t("common.undo")}
      </Button>
    </div>
  );
}
