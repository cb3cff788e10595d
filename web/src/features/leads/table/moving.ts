import { useTranslation } from "react-i18next";
import { type Stage, stageOf } from "@/domain/stages";
import { useSayRefusal } from "@/ui/Refused";
import { sayUndoable } from "@/ui/toast";
import { type Lead, usePlaceLead } from "../api";

/** Puts a lead in another column of the board, and back again when that is undone; what is refused is said. */
export function useMove(stages: Stage[]): (lead: Lead, stage: Stage) => void {
  const { t } = useTranslation();
  const place = usePlaceLead();
  const sayRefusal = useSayRefusal();
  return (lead, stage) => {
    const before = stageOf(stages, lead);
    if (!before || (before.id === stage.id && before.kind === stage.kind)) return;
    place.mutate(
      { lead, status: stage.kind, stageId: stage.id },
      {
        onError: sayRefusal,
        onSuccess: () =>
          sayUndoable(t("leads.moved", { stage: stage.name }), t("common.undo"), () =>
            place.mutate(
              { lead: { id: lead.id, version: lead.version + 1 }, status: before.kind, stageId: before.id },
              { onError: sayRefusal },
            ),
          ),
      },
    );
  };
}
