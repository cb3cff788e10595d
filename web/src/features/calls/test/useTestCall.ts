import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";
import { useSayRefusal } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { Line } from "./line";

/** How far the call has come on this page: what the server says of it is another matter. */
export type Stage = "before" | "opening" | "open" | "over";

/** One call that is played on this page. `customer` is the phone of somebody who is played; null for nobody's. */
export function useTestCall(customer: string | null) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const sayRefusal = useSayRefusal();
  const [stage, setStage] = useState<Stage>("before");
  const [call, setCall] = useState<Schemas["SimulatedCall"] | null>(null);
  const [plays, setPlays] = useState(false);
  const [listens, setListens] = useState(false);
  const line = useRef<Line | null>(null);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
      line.current?.hangUp();
    };
  }, []);

  const over = () => {
    line.current = null;
    setPlays(false);
    setListens(false);
    setStage("over");
  };
  const askForCall = async () => {
    const path = { slug };
    const made = await told(
      api.POST("/api/businesses/{slug}/calls/simulated", { params: { path }, body: { phone: customer } }),
    );
    setCall(made);
    return made;
  };
  const begin = async () => {
    setCall(null);
    setStage("opening");
    try {
      line.current = await Line.open(askForCall, { onPlays: setPlays, onOver: over });
      setStage("open");
      if (left.current) line.current.hangUp();
    } catch (error) {
      setStage("before");
      sayRefusal(error);
    }
  };
  const listen = (on: boolean) => {
    setListens(on);
    line.current?.listen(on).catch(() => {
      setListens(false);
      say(t("calls.test.noMicrophone"));
    });
  };
  return {
    stage,
    call,
    plays,
    listens,
    begin: () => void begin(),
    listen,
    speak: (text: string) => line.current?.say(text),
    hangUp: () => line.current?.hangUp(),
  };
}
