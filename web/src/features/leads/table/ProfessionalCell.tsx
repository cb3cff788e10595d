import { Pencil } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "@/ui/Panel";
import { Words } from "@/ui/Said";
import type { Lead } from "../api";

const Assign = lazy(async () => ({ default: (await import("../lead/Assign")).Assign }));
const CLOSED = new Set(["done", "cancelled"]);

/** Who has the lead, with a pencil that gives it to somebody at an hour. */
export function ProfessionalCell({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const words = t("leads.editField", { field: t("words.field.professional") });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row below must not open while its cell is used
    <span
      className="group/cell relative flex min-w-0 items-center"
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Words className="min-h-6 grow truncate">{lead.professional ?? ""}</Words>
      {CLOSED.has(lead.status) ? null : (
        <button
          type="button"
          aria-label={words}
          onClick={() => setOpen(true)}
          className="absolute end-0 grid size-6 place-items-center rounded-control bg-sunken text-ink-soft opacity-0 group-hover/cell:opacity-100 hover:bg-accent-soft focus-visible:opacity-100"
        >
          <Pencil className="size-3.5" />
        </button>
      )}
      {open ? (
        <Panel
          open
          shape="dialog"
          wide
          title={lead.customer_name ?? t("leads.nameless")}
          onClose={() => setOpen(false)}
        >
          <Suspense fallback={<div className="skeleton h-40" />}>
            <Assign lead={lead} onGiven={() => setOpen(false)} />
          </Suspense>
        </Panel>
      ) : null}
    </span>
  );
}
