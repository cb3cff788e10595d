import { CircleAlert, Hourglass, Leaf, MessageCircle, MessageCircleX, Siren, Timer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAttentionWords } from "@/domain/attention";
import { useNarrow } from "@/lib/narrow";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Empty } from "@/ui/Page";
import { Ago, WordsLine } from "@/ui/Said";
import type { Today } from "./api";
import { Countdown } from "./Countdown";
import { countNeeds, type Needs, needsOf, placeOf, placeOfWords } from "./needs";

const SHOWN = 4;
const SHOWN_ON_PHONES = 3;
/** How many the server tells at most; with so many there may be more. */
const MOST: Record<keyof Needs, number> = {
  danger: Number.POSITIVE_INFINITY,
  expiring: 50,
  handed: 50,
  attention: 50,
  failed: 20,
  stuck: 20,
};
const STANDING = "status=new&status=contacted&status=offered";
const LISTS: Partial<Record<keyof Needs, string>> = {
  expiring: "leads?status=offered",
  handed: "inbox?state=unanswered",
  attention: "leads?attention=1",
  stuck: `leads?${STANDING}`,
};
const ICONS: Record<keyof Needs, ReactNode> = {
  danger: <Siren className="size-4 text-red" />,
  expiring: <Timer className="size-4 text-amber" />,
  handed: <MessageCircle className="size-4 text-red" />,
  attention: <CircleAlert className="size-4 text-red" />,
  failed: <MessageCircleX className="size-4 text-red" />,
  stuck: <Hourglass className="size-4 text-amber" />,
};

/** What needs a person now, the most pressing first. */
export function NeedsCard({ today }: { today: Today }) {
  const { t } = useTranslation();
  const reason = useAttentionWords();
  const needs = needsOf(today);
  if (!countNeeds(needs)) {
    return (
      <section id="needs" className="rounded-card border border-line bg-surface">
        <h2 className="sr-only">{t("today.needs")}</h2>
        <Empty icon={<Leaf className="size-8 text-green" />} title={t("today.quiet")}>
          {t("today.quietWords")}
        </Empty>
      </section>
    );
  }
  const full = (name: Exclude<keyof Needs, "danger">) => today[name].length >= MOST[name];
  return (
    <section id="needs" className="min-w-0 scroll-mt-4 rounded-card border border-line bg-surface pb-1">
      <h2 className="px-4 pt-3 text-base font-bold">{t("today.needs")}</h2>
      <Group name="danger" full={false}>
        {needs.danger.map((one) => (
          <Row key={one.id} to={one.to} name={one.name} side={<Ago at={one.since} />}>
            {reason("danger")}
          </Row>
        ))}
      </Group>
      <Group name="expiring" full={full("expiring")}>
        {needs.expiring.map((one) => (
          <Row
            key={one.id}
            to={`leads/${one.lead_id}?status=offered`}
            name={one.name}
            side={<Countdown until={one.expires_at} />}
          >
            {t("today.offerWith", { name: one.professional })}
          </Row>
        ))}
      </Group>
      <Group name="handed" full={full("handed")}>
        {needs.handed.map((one) => (
          <Row key={one.conversation_id} to={placeOfWords(one)} name={one.name} side={<Ago at={one.since} />}>
            {[
              one.reason ? reason(one.reason) : "",
              one.unanswered ? t("today.unanswered", { count: one.unanswered }) : "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </Row>
        ))}
      </Group>
      <Group name="attention" full={full("attention")} inList={today.attention.length}>
        {needs.attention.map((one) => (
          <Row key={one.id} to={placeOf(one)} name={one.name} side={<Ago at={one.since} />}>
            {reason(one.reason)}
          </Row>
        ))}
      </Group>
      <Group name="failed" full={full("failed")}>
        {needs.failed.map((one) => (
          <Row
            key={one.id}
            to={`inbox/${one.conversation_id}`}
            name={one.name}
            side={<Ago at={one.sent_at} />}
          >
            {one.failure ? t(`words.unsent.${one.failure}`) : t("today.failedWords")}
          </Row>
        ))}
      </Group>
      <Group name="stuck" full={full("stuck")}>
        {needs.stuck.map((one) => (
          <Row
            key={one.id}
            to={`leads/${one.id}?${STANDING}`}
            name={one.name}
            side={<Ago at={one.changed_at} />}
          >
            {t(`words.status.${one.status}`)}
          </Row>
        ))}
      </Group>
    </section>
  );
}

interface GroupProps {
  name: keyof Needs;
  full: boolean;
  /** How many the list holds, when some of them stand in groups above. */
  inList?: number;
  children: ReactNode[];
}

/** The first few of one kind; the rest are unfolded in place, or found in their list. */
function Group({ name, full, inList, children }: GroupProps) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const [open, setOpen] = useState(false);
  const shown = useNarrow() ? SHOWN_ON_PHONES : SHOWN;
  if (!children.length) return null;
  const list = LISTS[name];
  const words = t(`today.group.${name}`);
  const folded = children.length - shown;
  return (
    <div className="pt-3">
      <div className="flex items-center gap-2 px-4">
        <span aria-hidden>{ICONS[name]}</span>
        <h3 className="text-sm font-medium text-ink-soft">{words}</h3>
        <bdi dir="ltr" className="text-sm font-bold tabular-nums">
          {children.length}
          {full ? "+" : ""}
        </bdi>
        {list ? (
          <Link
            to={`/b/${slug}/${list}`}
            aria-label={t("today.toListOf", { what: words })}
            className="ms-auto py-1 text-sm text-accent-text hover:underline"
          >
            {inList && inList > children.length ? t("today.toAll", { count: inList }) : t("today.toList")}
          </Link>
        ) : null}
      </div>
      <ul className="mt-1">{open ? children : children.slice(0, shown)}</ul>
      {folded > 0 ? (
        <Button
          look="quiet"
          size="sm"
          aria-expanded={open}
          className="mx-1.5"
          onClick={() => setOpen((now) => !now)}
        >
          {open ? t("today.fewer") : t("today.more", { count: folded })}
        </Button>
      ) : null}
    </div>
  );
}

interface RowProps {
  /** Below the business's address. */
  to: string;
  name: string;
  side: ReactNode;
  children: ReactNode;
}

function Row({ to, name, side, children }: RowProps) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  return (
    <li>
      <Link
        to={`/b/${slug}/${to}`}
        className="flex min-h-11 items-center gap-3 px-4 py-1.5 hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 grow sm:flex sm:items-baseline sm:gap-3">
          <WordsLine className="font-medium sm:w-40 sm:shrink-0">{name || t("today.nameless")}</WordsLine>
          <span className="block min-w-0 truncate text-sm text-ink-soft">{children}</span>
        </span>
        <span className="shrink-0 text-sm text-ink-soft">{side}</span>
      </Link>
    </li>
  );
}
