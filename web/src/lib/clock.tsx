import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "./time";

interface Clock {
  zone: string;
  /** How far the server's time is ahead of this machine's, in milliseconds. */
  aheadMs: number;
  setAheadMs: (ms: number) => void;
}

const ClockContext = createContext<Clock>({
  zone: "Asia/Jerusalem",
  aheadMs: 0,
  setAheadMs: () => undefined,
});

/** Times below are shown in `zone`, next to the server's present. */
export function ClockProvider({ zone, children }: { zone: string; children: ReactNode }) {
  const [aheadMs, setAheadMs] = useState(0);
  const clock = useMemo(() => ({ zone, aheadMs, setAheadMs }), [zone, aheadMs]);
  return <ClockContext value={clock}>{children}</ClockContext>;
}

export const useClock = () => useContext(ClockContext);

export function useWhen(): { zone: string; language: Language } {
  const { i18n } = useTranslation();
  return { zone: useClock().zone, language: i18n.language === "en" ? "en" : "he" };
}

const TICK_MS = 20_000;

/** The present, a little stale at most. */
export function useNow(): Date {
  const { aheadMs } = useClock();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return useMemo(() => new Date(Math.max(now, Date.now()) + aheadMs), [now, aheadMs]);
}
