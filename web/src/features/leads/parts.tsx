import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type PersonReason, useAttentionWords } from "@/domain/attention";
import { type Stage, stageOf, useStages } from "@/domain/stages";
import { Badge, toneOf } from "@/ui/Badge";
import type { Lead } from "./api";

const NO_STAGES: Stage[] = [];

/** Where the lead stands, as the business calls it. */
export function StageBadge({ lead }: { lead: Pick<Lead, "stage_id" | "status"> }) {
  const { t } = useTranslation();
  const { data: stages = NO_STAGES } = useStages();
  const stage = stageOf(stages, lead);
  return (
    <Badge tone={toneOf(stage?.colour ?? "grey")}>{stage?.name ?? t(`words.status.${lead.status}`)}</Badge>
  );
}

/** Why a person is needed; nothing when none is. Beside a name there is room for the sign alone. */
export function Attention({ reason, brief = false }: { reason: PersonReason | null; brief?: boolean }) {
  const words = useAttentionWords();
  if (!reason) return null;
  if (brief) {
    return (
      <span role="img" aria-label={words(reason)} title={words(reason)} className="shrink-0 text-red">
        <CircleAlert className="size-4" />
      </span>
    );
  }
  return (
    <Badge tone="red">
      <CircleAlert className="size-3.5" />
      {words(reason)}
    </Badge>
  );
}
