import {
  CircleCheck,
  CircleHelp,
  type LucideIcon,
  PhoneCall,
  PhoneForwarded,
  PhoneIncoming,
  PhoneMissed,
  PhoneOff,
  PhoneOutgoing,
  Voicemail,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { cn } from "@/lib/cn";
import { Badge, type Tone } from "@/ui/Badge";
import type { Call } from "./calls";

const LOOKS: Record<Schemas["CallOutcome"], { tone: Tone; icon: LucideIcon }> = {
  finished: { tone: "green", icon: CircleCheck },
  dropped: { tone: "amber", icon: PhoneOff },
  missed: { tone: "red", icon: PhoneMissed },
  transferred: { tone: "teal", icon: PhoneForwarded },
  voicemail: { tone: "violet", icon: Voicemail },
  machine: { tone: "grey", icon: Voicemail },
  unknown: { tone: "grey", icon: CircleHelp },
};

/** How the call stands while it lasts, and what it came to afterwards; that it was only played stands beside it. */
export function CallBadge({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (!call.simulated) return <Standing call={call} />;
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Standing call={call} />
      <Badge tone="grey">{t("words.call.simulated")}</Badge>
    </span>
  );
}

function Standing({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (!call.outcome) {
    return (
      <Badge tone="blue">
        <PhoneCall className="size-3.5" />
        {t(call.connected_at ? "words.call.talking" : "words.call.dialled")}
      </Badge>
    );
  }
  const { tone, icon: Icon } = LOOKS[call.outcome];
  return (
    <Badge tone={tone}>
      <Icon className="size-3.5" />
      {t(`words.call_outcome.${call.outcome}`)}
    </Badge>
  );
}

/** Who has called whom, as a sign. */
export function CallDirection({ call, className }: { call: Call; className?: string }) {
  const { t } = useTranslation();
  const Icon = call.direction === "inbound" ? PhoneIncoming : PhoneOutgoing;
  const words = t(`words.call.${call.direction}`);
  return (
    <span role="img" aria-label={words} title={words} className={cn("shrink-0 text-ink-soft", className)}>
      <Icon className="size-4 rtl:-scale-x-100" />
    </span>
  );
}
