import { Minus, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { type DiffLine, diffLines, type Folded, foldSame } from "@/lib/diff";
import { Button } from "@/ui/Button";

const LOOKS = {
  same: "text-ink-soft",
  added: "bg-green-soft text-green",
  removed: "bg-red-soft text-red",
};

/** What went and what came between two texts, line by line. */
export function Diff({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation();
  const shown = useMemo(() => foldSame(diffLines(before, after)), [before, after]);
  if (!shown.some((one) => one.kind === "added" || one.kind === "removed")) {
    return <p className="text-ink-soft">{t("agent.prompts.noChanges")}</p>;
  }
  return (
    <ol className="overflow-hidden rounded-control border border-line">
      {shown.map((one, index) =>
        one.kind === "folded" ? <Fold key={index} fold={one} /> : <Line key={index} line={one} />,
      )}
    </ol>
  );
}

function Line({ line }: { line: DiffLine }) {
  const { t } = useTranslation();
  return (
    <li className={cn("flex gap-2 px-2 py-1", LOOKS[line.kind])}>
      <span className="mt-1 size-4 shrink-0">
        {line.kind === "added" ? <Plus className="size-4" aria-label={t("agent.diff.added")} /> : null}
        {line.kind === "removed" ? <Minus className="size-4" aria-label={t("agent.diff.removed")} /> : null}
      </span>
      <span dir="auto" className={cn("min-w-0 grow break-words", !line.text && "text-sm italic")}>
        {line.text || t("agent.diff.emptyLine")}
      </span>
    </li>
  );
}

function Fold({ fold }: { fold: Folded }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (open) return fold.lines.map((line, index) => <Line key={index} line={line} />);
  return (
    <li className="bg-sunken">
      <Button look="quiet" size="sm" className="w-full justify-start" onClick={() => setOpen(true)}>
        {t("agent.diff.same", { lines: fold.lines.length })}
      </Button>
    </li>
  );
}
