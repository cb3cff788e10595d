import { Bot, CircleUserRound, Cog, HardHat, KeyRound, type LucideIcon, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { reasonOf, useAttentionWords } from "@/domain/attention";
import { STATUSES } from "@/domain/stages";
import { useIssueName, useTradeName } from "@/domain/trades";
import { Who } from "@/domain/Who";
import { he } from "@/i18n/he";
import { useKept } from "@/lib/kept";
import { sayShekels } from "@/lib/money";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Form, Textarea } from "@/ui/Field";
import { useSayRefusal } from "@/ui/Refused";
import { When, Words } from "@/ui/Said";
import { type LeadDetail, type LeadStatus, useLeadAction } from "../api";

type Entry = LeadDetail["timeline"][number];

const ICONS: Record<Schemas["ActorKind"], LucideIcon> = {
  staff: CircleUserRound,
  agent: Bot,
  customer: UserRound,
  link: UserRound,
  professional: HardHat,
  key: KeyRound,
  system: Cog,
};

/** Everything that has happened, newest first, and a place for notes that only staff see. */
export function Timeline({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  const mayWrite = useMay("agent");
  const sayRefusal = useSayRefusal();
  const [text, setText] = useKept(`note.${lead.id}`, "");
  const add = useLeadAction<string>(lead.id, (slug, words) =>
    told(
      api.POST("/api/businesses/{slug}/leads/{lead_id}/notes", {
        params: { path: { slug, lead_id: lead.id } },
        body: { text: words },
      }),
    ),
  );
  return (
    <div className="flex flex-col gap-4">
      {mayWrite ? (
        <Form
          className="flex flex-col gap-2"
          onSend={() =>
            text.trim() && add.mutate(text.trim(), { onError: sayRefusal, onSuccess: () => setText("") })
          }
        >
          <Field label={t("leads.note")} hint={t("leads.noteHint")}>
            <Textarea value={text} maxLength={4000} onChange={(event) => setText(event.target.value)} />
          </Field>
          <Button type="submit" busy={add.isPending} className="self-start">
            {t("leads.addNote")}
          </Button>
        </Form>
      ) : null}
      <ol className="flex flex-col gap-3">
        {[...lead.timeline].reverse().map((entry) => (
          <li key={entry.id} className="flex gap-3">
            <span className="mt-0.5 grid size-7 shrink-0 place-items-center rounded-full bg-sunken text-ink-soft">
              <Icon kind={entry.actor.kind} />
            </span>
            <div className="min-w-0 grow">
              <p className="text-sm text-ink-soft">
                <Who actor={entry.actor} /> · <When at={entry.at} />
              </p>
              <EntryWords entry={entry} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Icon({ kind }: { kind: Schemas["ActorKind"] }) {
  const Drawn = ICONS[kind];
  return <Drawn className="size-4" />;
}

/** What was taken for a visit, as it was and as it is. */
function pricesOf({ price_agorot: price }: Entry["details"]): { was: string; price: string } {
  const { was, is } = (price ?? {}) as { was?: number; is?: number };
  return { was: sayShekels(was ?? 0), price: sayShekels(is ?? 0) };
}

const isStatus = (value: unknown): value is LeadStatus => STATUSES.some((status) => status === value);

function EntryWords({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const attention = useAttentionWords();
  const { kind, details } = entry;
  if (kind === "note")
    return (
      <p className="rounded-control bg-amber-soft p-2 whitespace-pre-wrap">
        <Words>{String(details.text ?? "")}</Words>
      </p>
    );
  if (kind === "details") return <Changed details={details} />;
  if (kind === "status" && isStatus(details.to)) {
    return <p>{t("leads.entry.status", { status: t(`words.status.${details.to}`) })}</p>;
  }
  if (kind === "attention")
    return <p>{t("leads.entry.attention", { reason: attention(reasonOf(details.reason)) })}</p>;
  if (kind === "offered") return <p>{t("leads.entry.offered", { name: String(details.to ?? "") })}</p>;
  if (kind === "room_found")
    return <p>{t("leads.entry.room_found", { name: String(details.with ?? "") })}</p>;
  if (kind === "price_corrected") return <p>{t("leads.entry.price_corrected", pricesOf(details))}</p>;
  if (kind === "call_taken") return <p>{t("leads.entry.call_taken", { name: String(details.by ?? "") })}</p>;
  if (kind === "booked") return <p>{t("leads.entry.booked", { name: String(details.with ?? "") })}</p>;
  if (kind === "rated")
    return (
      <p>
        {t("leads.entry.rated", { score: String(details.score ?? "") })}
        {details.words ? <q className="ms-1">{String(details.words)}</q> : null}
      </p>
    );
  return (
    <p>{t(`leads.entry.${kind}`, { status: "", reason: "", name: "", score: "", was: "", price: "" })}</p>
  );
}

/** What codes among the values of a lead are called. */
function useValueWords(): (name: string, value: unknown) => string {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const issueName = useIssueName();
  return (name, value) => {
    const said = String(value);
    if (name === "trade") return tradeName(said);
    if (name === "issue") return issueName(said);
    if (name === "urgency" && said in he.words.urgency)
      return t(`words.urgency.${said as keyof typeof he.words.urgency}`);
    if (name === "intent" && said in he.words.intent)
      return t(`words.intent.${said as keyof typeof he.words.intent}`);
    return said;
  };
}

function Changed({ details }: { details: Record<string, unknown> }) {
  const { t } = useTranslation();
  const wordsOf = useValueWords();
  const shown = Object.entries(details).filter(
    ([name, value]) => name in he.words.field && typeof value !== "object",
  );
  if (!shown.length) return <p>{t("leads.entry.details")}</p>;
  return (
    <ul>
      {shown.map(([name, value]) => (
        <li key={name}>
          <span className="text-ink-soft">{t(`words.field.${name as keyof typeof he.words.field}`)}: </span>
          <Words>{wordsOf(name, value)}</Words>
        </li>
      ))}
    </ul>
  );
}
