import { Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { sayShekels } from "@/lib/money";
import { IconButton } from "@/ui/Button";
import { Words } from "@/ui/Said";

type Range = Pick<Schemas["PriceOut"], "from_agorot" | "to_agorot">;

export const sayRange = ({ from_agorot, to_agorot }: Range) =>
  sayShekels(from_agorot) + (to_agorot === null ? "" : `–${sayShekels(to_agorot)}`);

interface Props {
  line: Range & { label: string };
  note?: string;
  busy?: boolean;
  /** Only for those who may change it. */
  onEdit?: () => void;
  onDelete?: () => void;
}

/** One line of a price list. */
export function PriceLine({ line, note, busy, onEdit, onDelete }: Props) {
  const { t } = useTranslation();
  const { label } = line;
  return (
    <div className="flex items-center gap-2 py-2">
      <div className="min-w-0 grow">
        <Words className="font-medium">{label}</Words>
        {note ? <p className="text-sm text-ink-soft">{note}</p> : null}
      </div>
      <bdi dir="ltr" className="whitespace-nowrap tabular-nums">
        {sayRange(line)}
      </bdi>
      {onEdit ? (
        <IconButton aria-label={t("words.price.edit", { label })} onClick={onEdit}>
          <Pencil className="size-4" />
        </IconButton>
      ) : null}
      {onDelete ? (
        <IconButton busy={busy} aria-label={t("words.price.remove", { label })} onClick={onDelete}>
          <Trash2 className="size-4" />
        </IconButton>
      ) : null}
    </div>
  );
}
