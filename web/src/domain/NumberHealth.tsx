import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Clock3,
  type LucideIcon,
  OctagonX,
  Smartphone,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Badge, type Tone } from "@/ui/Badge";

type Health = Schemas["NumberHealth"];

const LOOKS: Record<Health, { tone: Tone; icon: LucideIcon }> = {
  connected: { tone: "green", icon: CircleCheck },
  disconnected: { tone: "red", icon: OctagonX },
  blocked: { tone: "red", icon: OctagonX },
  suspended: { tone: "red", icon: OctagonX },
  unavailable: { tone: "amber", icon: CircleAlert },
  warned: { tone: "amber", icon: CircleAlert },
  over_quota: { tone: "amber", icon: CircleAlert },
  connecting: { tone: "blue", icon: Clock3 },
  simulated: { tone: "grey", icon: Smartphone },
  unknown: { tone: "grey", icon: CircleHelp },
};

/** How a number is, in a word, a colour and a sign. */
export function NumberHealth({ health }: { health: Health }) {
  const { t } = useTranslation();
  const { tone, icon: Icon } = LOOKS[health];
  return (
    <Badge tone={tone}>
      <Icon className="size-3.5" />
      {t(`words.health.${health}`)}
    </Badge>
  );
}
