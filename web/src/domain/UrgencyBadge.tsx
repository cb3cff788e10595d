import { Siren } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "@/ui/Badge";

/** Shown only where it is more than usual. */
export function UrgencyBadge({ urgency }: { urgency: string }) {
  const { t } = useTranslation();
  if (urgency !== "high" && urgency !== "emergency") return null;
  return (
    <Badge tone={urgency === "emergency" ? "red" : "amber"}>
      <Siren className="size-3.5" />
      {t(`words.urgency.${urgency}`)}
    </Badge>
  );
}
