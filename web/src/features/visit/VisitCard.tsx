import {
  BadgeCheck,
  CalendarClock,
  CalendarX,
  CheckCheck,
  CircleCheck,
  Clock3,
  Hourglass,
  type LucideIcon,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "@/i18n/refusals";
import { useNow, useWhen } from "@/lib/clock";
import { sayWhen } from "@/lib/time";
import { Badge, type Tone } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useConfirm, type Visit } from "./api";
import { Cancel } from "./Cancel";
import { Details } from "./Details";
import { Move } from "./Move";
import { Rate } from "./Rate";

const LOOKS: Record<Visit["status"], { tone: Tone; icon: LucideIcon }> = {
  waiting: { tone: "amber", icon: Hourglass },
  confirmed: { tone: "teal", icon: CalendarClock },
  in_question: { tone: "amber", icon: Hourglass },
  done: { tone: "green", icon: CheckCheck },
  cancelled: { tone: "grey", icon: CalendarX },
  no_show: { tone: "grey", icon: Clock3 },
};

const STANDS = new Set<Visit["status"]>(["waiting", "confirmed", "in_question"]);

type Doing = "nothing" | "moving" | "cancelling";

/** How the visit stands, in words of its own for each case, and what may be done about it. */
export function VisitCard({ visit, token }: { visit: Visit; token: string }) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>("nothing");
  /** Said until something else is done; a new hour that waits for approval says so by itself. */
  const [moved, setMoved] = useState(false);
  const { tone, icon: Icon } = LOOKS[visit.status];
  const stands = STANDS.has(visit.status);
  const title = useTitle(visit);
  const rest = () => setDoing("nothing");
  const begin = (next: Doing) => {
    setMoved(false);
    setDoing(next);
  };
  return (
    <div className="flex flex-col gap-5">
      <div>
        <Badge tone={tone} className="mb-2 px-2.5 py-1 text-sm">
          <Icon aria-hidden className="size-4" />
          {t(`visit.state.${visit.status}`)}
        </Badge>
        <h1 className="text-2xl font-bold">{t(`visit.title.${title}`)}</h1>
        <p role="status" className="mt-1 text-lg text-ink-soft">
          {moved ? `${t("visit.moved")} ` : null}
          <StateWords visit={visit} />
        </p>
      </div>
      <Details visit={visit} />
      {visit.can_rate ? <Rate visit={visit} token={token} /> : null}
      {doing === "moving" ? (
        <Move
          token={token}
          onClose={rest}
          onMoved={(visitNow) => {
            rest();
            setMoved(visitNow.status === "confirmed" && !visitNow.moves_to);
          }}
        />
      ) : null}
      {doing === "cancelling" ? <Cancel token={token} onClose={rest} /> : null}
      {doing === "nothing" && visit.can_change ? (
        <div className="flex flex-col gap-2">
          {visit.status === "confirmed" ? <Confirm visit={visit} token={token} /> : null}
          <div className="grid auto-cols-fr grid-flow-col gap-2">
            <Button
              look={stands ? "secondary" : "primary"}
              className="h-12 text-lg"
              onClick={() => begin("moving")}
            >
              {t("visit.move")}
            </Button>
            {stands ? (
              <Button look="danger" className="h-12 text-lg" onClick={() => begin("cancelling")}>
                {t("visit.cancel")}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}

/** A visit that stands and whose hour has come is neither ahead nor over. */
function useTitle(visit: Visit): Visit["status"] | "begun" {
  const now = useNow();
  const begun =
    visit.status === "confirmed" &&
    !visit.can_change &&
    Date.parse(visit.expected_at ?? visit.starts_at) <= now.getTime();
  return begun ? "begun" : visit.status;
}

function StateWords({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const now = useNow();
  const title = useTitle(visit);
  switch (title) {
    case "confirmed":
      if (!visit.can_change) return t("visit.words.begun");
      if (visit.moves_to)
        return t("visit.words.moving", { when: sayWhen(visit.moves_to, { zone, language, now }) });
      return t(visit.confirmed ? "visit.words.confirmedSaid" : "visit.words.confirmed");
    case "cancelled":
      return t(visit.can_change ? "visit.words.cancelledOpen" : "visit.words.cancelled");
    case "no_show":
      return t(visit.can_change ? "visit.words.no_showOpen" : "visit.words.no_show");
    case "done":
      return t(visit.score === null ? "visit.words.done" : "visit.words.rated");
    default:
      return t(`visit.words.${title}`);
  }
}

function Confirm({ visit, token }: { visit: Visit; token: string }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const confirm = useConfirm(token);
  if (visit.confirmed) {
    return (
      <p className="flex h-12 items-center justify-center gap-2 rounded-control bg-green-soft text-lg font-medium text-green">
        <BadgeCheck aria-hidden className="size-5" />
        {t("visit.confirmed")}
      </p>
    );
  }
  return (
    <>
      <Button
        look="primary"
        className="h-13 text-lg"
        busy={confirm.isPending}
        onClick={() => confirm.mutate()}
      >
        <CircleCheck className="size-5" />
        {t("visit.confirm")}
      </Button>
      {confirm.error ? (
        <p role="alert" className="text-red">
          {words(confirm.error)}
        </p>
      ) : null}
    </>
  );
}
