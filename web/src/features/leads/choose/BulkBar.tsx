import { Check, ChevronDown, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isPromised, type Stage, useStages } from "@/domain/stages";
import { useRefusalWords } from "@/i18n/refusals";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import { say, sayFailed, sayUndoable } from "@/ui/toast";
import { type Lead, URGENCIES } from "../api";
import { ConfirmCancel } from "../lead/ConfirmCancel";
import { type Doing, type Outcome, type Reason, reachable, reasonsOf, undoOf, useBulk } from "./bulk";
import type { Choice } from "./choosing";

const NO_STAGES: Stage[] = [];
const NAMED = 3;
const counted = (count: number) => ({ count, number: count.toLocaleString("en-US") });

interface Failure extends Reason {
  names: string[];
}

/** What can be done to all chosen leads at once. To which it could not be done, and why, stays in sight. */
export function BulkBar({ choice }: { choice: Choice }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const { data: stages = NO_STAGES } = useStages();
  const bulk = useBulk();
  const [failures, setFailures] = useState<Failure[]>([]);
  const [asked, setAsked] = useState<Doing | null>(null);
  const { leads } = choice;
  if (!leads.length) return null;

  // The bar may be gone by the time the answer comes: what is said does not depend on it.
  const put = async (undo: ReturnType<typeof undoOf>) => {
    const parts = undo.map(({ to, ids }) => ({ doing: { action: "place" as const, ...to }, ids }));
    const outcomes = await bulk.mutateAsync(parts);
    const [first] = reasonsOf(outcomes);
    const back = outcomes.filter(({ ok }) => ok).length;
    if (first) sayFailed(words(first.refusal));
    if (back) say(t("leads.bulk.undone", counted(back)));
  };

  const tell = (doing: Doing, before: Lead[], outcomes: Outcome[]) => {
    const reasons = reasonsOf(outcomes);
    const nameOf = (id: number) =>
      before.find((lead) => lead.id === id)?.customer_name ?? t("leads.nameless");
    setFailures(reasons.map((reason) => ({ ...reason, names: reason.ids.map(nameOf) })));
    choice.keep(reasons.flatMap(({ ids }) => ids));
    const done = outcomes.filter(({ ok }) => ok).length;
    if (!done) return;
    const said = t("leads.bulk.done", counted(done));
    const undo = doing.action === "place" ? undoOf(before, doing, outcomes) : [];
    if (undo.length) sayUndoable(said, t("common.undo"), () => void put(undo));
    else say(said);
  };

  const run = async (doing: Doing) => {
    setAsked(null);
    const ids = leads.map(({ id, version }) => ({ id, version }));
    tell(doing, leads, await bulk.mutateAsync([{ doing, ids }]));
  };
  const promised = leads.filter(isPromised).length;
  const place = (stage: Stage) => {
    const doing = { action: "place", status: stage.kind, stage_id: stage.id } as const;
    if (stage.kind === "cancelled" && promised) setAsked(doing);
    else void run(doing);
  };
  return (
    <section
      aria-label={t("leads.bulk.label")}
      className="shrink-0 border border-line bg-surface px-3 py-2 shadow-float"
    >
      <Failures failures={failures} />
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="me-2 font-medium">
          {t("leads.bulk.chosen", counted(leads.length))}
        </p>
        <Menu trigger={<Down words={t("leads.bulk.place")} busy={bulk.isPending} />}>
          {reachable(stages, leads).map((stage) => (
            <MenuItem key={`${stage.id ?? stage.kind}`} onSelect={() => place(stage)}>
              {stage.name}
            </MenuItem>
          ))}
        </Menu>
        <Menu trigger={<Down words={t("leads.bulk.urgency")} busy={bulk.isPending} />}>
          {URGENCIES.map((urgency) => (
            <MenuItem key={urgency} onSelect={() => void run({ action: "urgency", urgency })}>
              {t(`words.urgency.${urgency}`)}
            </MenuItem>
          ))}
        </Menu>
        <Button
          size="sm"
          busy={bulk.isPending}
          disabled={!leads.some((lead) => lead.attention)}
          onClick={() => void run({ action: "attended" })}
        >
          <Check className="size-4" />
          {t("leads.attended")}
        </Button>
        <IconButton
          aria-label={t("leads.bulk.clear")}
          title={t("leads.bulk.clear")}
          onClick={() => {
            setFailures([]);
            choice.keep([]);
          }}
        >
          <X className="size-4" />
        </IconButton>
      </div>
      {asked ? (
        <ConfirmCancel count={promised} onClose={() => setAsked(null)} onConfirm={() => void run(asked)} />
      ) : null}
    </section>
  );
}

function Down({ words, ...rest }: { words: string; busy: boolean }) {
  return (
    <Button size="sm" {...rest}>
      {words}
      <ChevronDown className="size-4" />
    </Button>
  );
}

function Failures({ failures }: { failures: Failure[] }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  if (!failures.length) return null;
  const count = failures.reduce((sum, { ids }) => sum + ids.length, 0);
  const named = (names: string[]) => {
    const first = names.slice(0, NAMED).join(", ");
    if (names.length <= NAMED) return first;
    return t("leads.bulk.andMore", { names: first, number: names.length - NAMED });
  };
  return (
    <div role="alert" className="mb-2 rounded-control bg-red-soft p-2 text-sm text-red">
      <p className="font-medium">{t("leads.bulk.failed", counted(count))}</p>
      <ul className="thin-scroll max-h-28 overflow-y-auto">
        {failures.map(({ refusal, ids, names }) => (
          <li key={ids[0]}>
            <bdi>{named(names)}</bdi>: {words(refusal)}
          </li>
        ))}
      </ul>
    </div>
  );
}
