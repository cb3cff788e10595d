import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Words } from "@/ui/Said";

type Actor = Schemas["Actor"];

/** Whoever did it, by name where there is one; what the agent did is never shown as done by a person. */
export function Who({ actor, className }: { actor: Actor; className?: string }) {
  const actorName = useActorName();
  return <Words className={className}>{actorName(actor)}</Words>;
}

function useActorName(): (actor: Actor) => string {
  const { t } = useTranslation();
  return ({ kind, name }) => name || t(`words.actor.${kind}`);
}
