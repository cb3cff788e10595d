import { SendHorizontal, Sparkles } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "@/i18n/refusals";
import { Refusal } from "@/lib/refusal";
import { recallMine, rememberMine } from "@/lib/store";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Textarea } from "@/ui/Field";
import { Alert } from "@/ui/Refused";
import { useConversation, useDraft, useSay, useWaiting } from "./api";
import { QuickReplies } from "./quick/QuickReplies";
import { below, draftName, dropUnsent, listUnsent, type Saying, together } from "./unsent";

/** What staff write to the customer. It is kept in this browser until it is sent, whatever happens to the page. */
export function Composer({ conversationId }: { conversationId: number }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const mayWrite = useMay("agent");
  const { data: about } = useConversation(conversationId);
  const say = useSay(conversationId);
  const draft = useDraft(conversationId);
  const name = draftName(conversationId);
  const waiting = useWaiting(conversationId);
  const [text, setText] = useState(() => recallMine(name) ?? "");
  const [failed, setFailed] = useState(false);
  const pending = useRef<Saying | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);

  useEffect(() => rememberMine(name, text), [name, text]);
  // What was refused, or what a closed page has not got sent, is written here again.
  useEffect(() => {
    const onTheWay = new Set(waiting.map((one) => one.key));
    const lost = listUnsent(conversationId).filter((one) => !onTheWay.has(one.key));
    if (!lost.length) return;
    for (const one of lost) dropUnsent(conversationId, one.key);
    pending.current = lost.length === 1 ? (lost[0] ?? null) : null;
    setFailed(true);
    setText((now) => together(...lost.map((one) => one.text), now));
  }, [conversationId, waiting]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box grows with its words
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 2, 200)}px`;
  }, [text]);

  if (!mayWrite) return null;

  const send = () => {
    const said = text.trim();
    if (!said) return;
    // The same words tried again carry the same key, so that they are said once.
    const saying =
      pending.current?.text === said ? pending.current : { text: said, key: crypto.randomUUID() };
    pending.current = null;
    setText("");
    setFailed(false);
    say.mutate(saying);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };
  const refused = [say.error, draft.error].find((error) => error instanceof Refusal);
  const presumed = draft.data?.presumed ?? [];

  return (
    <div className="border-t border-line bg-surface p-3">
      {about?.owner === "ai" ? <p className="mb-2 text-xs text-ink-soft">{t("inbox.willTakeOver")}</p> : null}
      {presumed.length && text.includes(draft.data?.text ?? "") ? (
        <p role="status" className="mb-2 rounded-control bg-amber-soft p-2 text-sm text-amber">
          {t("inbox.presumed")}
        </p>
      ) : null}
      {refused || failed ? (
        <Alert className="mb-2 p-2 text-sm">
          {[failed ? t("inbox.unsent") : "", refused ? words(refused) : ""].filter(Boolean).join(" ")}
        </Alert>
      ) : null}
      <div className="flex items-end gap-2">
        <Field label={t("inbox.write")} silent className="grow">
          <Textarea
            ref={box}
            rows={1}
            value={text}
            maxLength={4000}
            placeholder={t("inbox.write")}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={press}
            className="min-h-9 resize-none"
          />
        </Field>
        <QuickReplies onChoose={(reply) => setText((now) => below(now, reply))} />
        <Button
          size="icon"
          title={t("inbox.draft")}
          aria-label={t("inbox.draft")}
          busy={draft.isPending}
          onClick={() =>
            draft.mutate(undefined, { onSuccess: (made) => setText((now) => below(now, made.text)) })
          }
        >
          <Sparkles className="size-4" />
        </Button>
        <Button
          look="primary"
          size="icon"
          aria-label={t("inbox.send")}
          disabled={!text.trim()}
          onClick={send}
        >
          <SendHorizontal className="size-4 rtl:-scale-x-100" />
        </Button>
      </div>
    </div>
  );
}
