import { BookmarkPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Button } from "@/ui/Button";
import { ViewForm } from "./ViewForm";
import { isWorthKeeping, useViews, viewOf } from "./views";

/** What is filtered now becomes a view, unless it is one. */
export function SaveView() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const { data: views } = useViews();
  const [open, setOpen] = useState(false);
  const present = viewOf(query);
  if (!views || !isWorthKeeping(present, views)) return null;
  return (
    <>
      <Button look="quiet" size="sm" onClick={() => setOpen(true)}>
        <BookmarkPlus className="size-4" />
        {t("leads.views.save")}
      </Button>
      {open ? (
        <ViewForm view={null} query={present} onClose={() => setOpen(false)} onSaved={() => setOpen(false)} />
      ) : null}
    </>
  );
}
