import { useState } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { Input } from "@/ui/Field";
import { PlaceInput } from "@/ui/PlaceInput";
import { Words } from "@/ui/Said";
import { sayUndoable } from "@/ui/toast";
import { type Lead, useEditLead, useSayRefusal } from "./api";

interface Props {
  lead: Lead;
  field: "description" | "locality" | "address";
  disabled?: boolean;
  className?: string;
}

/** A value that a double click, or Enter, opens for writing. Enter keeps it, Escape leaves it. */
export function EditableCell({ lead, field, disabled, className }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const edit = useEditLead(lead.id);
  const sayRefusal = useSayRefusal();
  const value = lead[field] ?? "";

  const keep = () => {
    const next = typed?.trim() ?? "";
    setTyped(null);
    if (typed === null || next === value || (field !== "description" && !next)) return;
    edit.mutate(
      { version: lead.version, [field]: next },
      {
        onError: sayRefusal,
        onSuccess: (changed) =>
          value
            ? sayUndoable(t("common.saved"), t("common.undo"), () =>
                edit.mutate({ version: changed.version, [field]: value }, { onError: sayRefusal }),
              )
            : undefined,
      },
    );
  };

  if (typed === null) {
    if (disabled) return <Words className={className ?? ""}>{value}</Words>;
    return (
      <button
        type="button"
        title={t("leads.editInPlace")}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={() => setTyped(value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          event.stopPropagation();
          setTyped(value);
        }}
        className={cn(
          "block min-h-6 w-full cursor-text truncate rounded-control text-start hover:bg-accent-soft",
          className,
        )}
      >
        <Words>{edit.isPending ? String(edit.variables?.[field] ?? value) : value}</Words>
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row below must not open while its cell is written in
    <div
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") keep();
        if (event.key === "Escape") setTyped(null);
      }}
    >
      {field === "locality" ? (
        <PlaceInput value={typed} onChange={setTyped} onBlur={keep} />
      ) : (
        <Input
          autoFocus
          dir="auto"
          aria-label={t(`words.field.${field}`)}
          value={typed}
          onBlur={keep}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </div>
  );
}
