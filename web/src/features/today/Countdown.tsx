import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "@/lib/clock";
import { Badge } from "@/ui/Badge";
import { sayCountdown } from "./day";

const SECOND_MS = 1000;

/** What is left until then, second by second, by the server's clock. */
export function Countdown({ until }: { until: string }) {
  const { t } = useTranslation();
  const { aheadMs } = useClock();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  const left = sayCountdown(until, new Date(now + aheadMs));
  if (left === null) return <Badge>{t("today.ranOut")}</Badge>;
  return (
    <Badge tone="amber" className="text-sm">
      <span className="sr-only">{t("today.left")}</span>
      <bdi dir="ltr" className="tabular-nums">
        {left}
      </bdi>
    </Badge>
  );
}
