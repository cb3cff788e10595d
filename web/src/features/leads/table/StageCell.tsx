import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isPromised, type Stage, useStages } from "@/domain/stages";
import { Menu, MenuItem } from "@/ui/Menu";
import type { Lead } from "../api";
import { reachable } from "../choose/bulk";
import { ConfirmCancel } from "../lead/ConfirmCancel";
import { StageBadge } from "../parts";
import { useMove } from "./moving";

const NO_STAGES: Stage[] = [];

/** Where a lead stands, with the places it can be put. */
export function StageCell({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  const { data: stages = NO_STAGES } = useStages();
  const move = useMove(stages);
  const [asked, setAsked] = useState<Stage | null>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row below must not open while its cell is used
    <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            className="flex max-w-full items-center gap-1 rounded-control hover:bg-accent-soft"
          >
            <span className="sr-only">{t("leads.editField", { field: t("words.field.status") })}</span>
            <StageBadge lead={lead} />
            <ChevronDown className="size-3.5 shrink-0 text-ink-soft" />
          </button>
        }
      >
        {reachable(stages, [lead]).map((stage) => (
          <MenuItem
            key={`${stage.id ?? stage.kind}`}
            onSelect={() =>
              stage.kind === "cancelled" && isPromised(lead) ? setAsked(stage) : move(lead, stage)
            }
          >
            {stage.name}
          </MenuItem>
        ))}
      </Menu>
      {asked ? (
        <ConfirmCancel
          count={1}
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            move(lead, asked);
          }}
        />
      ) : null}
    </span>
  );
}
