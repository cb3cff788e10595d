import { Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PlaceInput } from "@/domain/PlaceInput";
import { Input } from "@/ui/Field";
import { useSayRefusal } from "@/ui/Refused";
import { WordsLine } from "@/ui/Said";
import { sayUndoable } from "@/ui/toast";
import { type Lead, useEditLead } from "../api";

interface Props {
  lead: Lead;
  field: "description" | "locality" | "address";
  disabled?: boolean;
}

/** A value with a pencil that opens it for writing. Enter keeps it, Escape leaves it. */
export function EditableCell({ lead, field, disabled }: Props) {
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
    if (disabled) return <WordsLine>{value}</WordsLine>;
    return (
      <span className="group/cell relative flex min-w-0 items-center">
        <WordsLine className="grow">
          {edit.isPending ? String(edit.variables?.[field] ?? value) : value}
        </WordsLine>
        <button
          type="button"
          aria-label={t("leads.editField", { field: t(`words.field.${field}`) })}
          onClick={(event) => {
            event.stopPropagation();
            setTyped(value);
          }}
          onKeyDown={(event) => event.stopPropagation()}
          className="absolute end-0 grid size-6 place-items-center rounded-control bg-sunken text-ink-soft opacity-0 group-hover/cell:opacity-100 hover:bg-accent-soft focus-visible:opacity-100"
        >
          <Pencil className="size-3.5" />
        </button>
      </span>
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
