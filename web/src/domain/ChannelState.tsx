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
import type { he } from "@/i18n/he";
import { Badge, type Tone } from "@/ui/Badge";

type State = keyof typeof he.words.channel;

const LOOKS: Record<State, { tone: Tone; icon: LucideIcon }> = {
  authorized: { tone: "green", icon: CircleCheck },
  notAuthorized: { tone: "red", icon: OctagonX },
  blocked: { tone: "red", icon: OctagonX },
  suspended: { tone: "red", icon: OctagonX },
  sleepMode: { tone: "amber", icon: CircleAlert },
  yellowCard: { tone: "amber", icon: CircleAlert },
  starting: { tone: "blue", icon: Clock3 },
  simulated: { tone: "grey", icon: Smartphone },
  unknown: { tone: "grey", icon: CircleHelp },
};

interface Channel {
  provider: string;
  state: string;
}

/** The provider's own word as one of ours. */
export function stateOf({ provider, state }: Channel): State {
  if (provider === "simulator") return "simulated";
  return state in LOOKS ? (state as State) : "unknown";
}

/** How a number is, in a word, a colour and a sign. */
export function ChannelState({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const state = stateOf(channel);
  const { tone, icon: Icon } = LOOKS[state];
  return (
    <Badge tone={tone}>
      <Icon className="size-3.5" />
      {t(`words.channel.${state}`)}
    </Badge>
  );
}
