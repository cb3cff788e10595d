import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/Chips";
import { Field, Select } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused, useSayRefusal } from "@/ui/Refused";
import { sayUndoable } from "@/ui/toast";
import type { Lead, LeadDetail } from "../api";
import { Comparison } from "./Comparison";
import { type Duplicate, isFreeChoice, keeperOf, useMerge } from "./twice";

interface Props {
  lead: LeadDetail;
  found: Duplicate[];
  mayMerge: boolean;
  onClose: () => void;
  onMerged: (kept: Lead) => void;
}

/** Two requests side by side, and making them one. */
export function MergeDialog({ lead, found, mayMerge, onClose, onMerged }: Props) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const { merge, part } = useMerge();
  const [otherId, setOtherId] = useState<number | null>(null);
  const [keepOther, setKeepOther] = useState<boolean | null>(null);
  const duplicate = found.find((one) => one.lead.id === otherId) ?? found[0];
  if (!duplicate) return null;

  const other = duplicate.lead;
  const free = isFreeChoice(lead, other);
  const kept = free && keepOther !== null ? (keepOther ? other : lead) : keeperOf<Lead>(lead, other);
  const both = { kept, other: kept.id === lead.id ? other : lead };
  const run = () =>
    merge.mutate(both, {
      onSuccess: () => {
        sayUndoable(t("leads.twice.merged"), t("common.undo"), () => {
          part.mutateAsync(both).catch(sayRefusal);
        });
        onMerged(kept);
      },
    });

  return (
    <Panel
      open
      wide
      shape="dialog"
      onClose={onClose}
      title={t("leads.twice.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.close")}</Button>
          {mayMerge ? (
            <Button look="primary" busy={merge.isPending} onClick={run}>
              {t("leads.twice.merge")}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {found.length > 1 ? (
          <Field label={t("leads.twice.which")}>
            <Select
              value={other.id}
              onChange={(event) => {
                setOtherId(Number(event.target.value));
                setKeepOther(null);
                merge.reset();
              }}
            >
              {found.map(({ lead: one }) => (
                <option key={one.id} value={one.id}>
                  {[one.customer_name ?? t("leads.nameless"), one.locality, one.description.slice(0, 40)]
                    .filter(Boolean)
                    .join(" · ")}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <p className="flex flex-wrap gap-2">
          {duplicate.why.map((why) => (
            <Badge key={why} tone="blue">
              {t(`leads.twice.why.${why}`)}
            </Badge>
          ))}
        </p>
        {free && mayMerge ? (
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-sm font-medium">{t("leads.twice.stayWhich")}</span>
            <Segments
              label={t("leads.twice.stayWhich")}
              value={kept.id === lead.id ? "this" : "other"}
              onChange={(value) => {
                setKeepOther(value === "other");
                merge.reset();
              }}
              options={[
                { value: "this", label: t("leads.twice.this") },
                { value: "other", label: t("leads.twice.other") },
              ]}
            />
          </div>
        ) : null}
        <Comparison lead={lead} other={other} keptId={kept.id} />
        {mayMerge ? <p className="text-sm text-ink-soft">{t("leads.twice.words")}</p> : null}
        <Refused error={merge.error} />
      </div>
    </Panel>
  );
}
