import { CopyCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import type { LeadDetail } from "../api";
import { MergeDialog } from "./MergeDialog";
import { mergeable, useDuplicates } from "./twice";

/** Says quietly that the request may be here twice; both can be looked at side by side. */
export function Duplicates({ lead, onMoved }: { lead: LeadDetail; onMoved: (id: number) => void }) {
  const { t } = useTranslation();
  const mayMerge = useMay("agent");
  const { data = [] } = useDuplicates(lead.id);
  const [comparing, setComparing] = useState(false);
  const found = mergeable(lead, data);
  if (!found.length) return null;
  return (
    <div className="flex items-center gap-2 rounded-control bg-sunken px-3 py-2 text-sm text-ink-soft">
      <CopyCheck className="size-4 shrink-0" />
      <p className="grow">{t("leads.twice.notice", { count: found.length, number: found.length })}</p>
      <Button size="sm" onClick={() => setComparing(true)}>
        {t("leads.twice.compare")}
      </Button>
      {comparing ? (
        <MergeDialog
          lead={lead}
          found={found}
          mayMerge={mayMerge}
          onClose={() => setComparing(false)}
          onMerged={(kept) => {
            setComparing(false);
            if (kept.id !== lead.id) onMoved(kept.id);
          }}
        />
      ) : null}
    </div>
  );
}
