import { FastForward } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNow, useWhen } from "@/lib/clock";
import { sayWhen } from "@/lib/time";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Menu, MenuItem, MenuLabel } from "@/ui/Menu";
import { useSayRefusal } from "@/ui/Refused";
import { useTravel } from "./api";

const LEAPS = [15, 60, 180, 1440] as const;

/** In a demonstration the clock can be put forward: offers lapse, reminders go out. */
export function TimeTravel() {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const { zone, language } = useWhen();
  const now = useNow();
  const mayWrite = useMay("agent");
  const { travels, travel } = useTravel();
  if (!travels || !mayWrite) return null;
  return (
    <Menu
      trigger={
        <Button busy={travel.isPending}>
          <FastForward className="size-4 rtl:-scale-x-100" />
          <span className="tabular-nums">{sayWhen(now, { zone, language, now })}</span>
        </Button>
      }
    >
      <MenuLabel>{t("simulator.travel")}</MenuLabel>
      {LEAPS.map((minutes) => (
        <MenuItem key={minutes} onSelect={() => travel.mutate(minutes, { onError: sayRefusal })}>
          {t(`simulator.leap_${minutes}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
