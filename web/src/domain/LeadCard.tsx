import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/api/client";
import { useBusiness } from "@/session/business";
import { Badge, toneOf } from "@/ui/Badge";
import { When, Words } from "@/ui/Said";
import { type Stage, stageOf, useStages } from "./stages";
import { useTradeName } from "./trades";

type Lead = Pick<
  Schemas["LeadOut"],
  | "id"
  | "status"
  | "stage_id"
  | "created_at"
  | "description"
  | "trade"
  | "locality"
  | "address"
  | "professional"
>;

const NO_STAGES: Stage[] = [];

/** A request in a few lines, and the way to it. */
export function LeadCard({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { data: stages = NO_STAGES } = useStages();
  const tradeName = useTradeName();
  const stage = stageOf(stages, lead);
  return (
    <Link
      to={`/b/${slug}/leads/${lead.id}`}
      className="block rounded-card border border-line p-3 hover:bg-sunken"
    >
      <span className="flex items-center gap-2">
        <Badge tone={toneOf(stage?.colour ?? "grey")}>
          {stage?.name ?? t(`words.status.${lead.status}`)}
        </Badge>
        <When at={lead.created_at} className="ms-auto text-xs text-ink-soft" />
      </span>
      {lead.description ? (
        <span className="mt-1.5 line-clamp-2">
          <Words>{lead.description}</Words>
        </span>
      ) : null}
      <span className="mt-1 block text-sm text-ink-soft">
        {[tradeName(lead.trade), lead.locality, lead.address, lead.professional].filter(Boolean).join(" · ")}
      </span>
    </Link>
  );
}
