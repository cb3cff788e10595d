import { CheckCheck, SendHorizontal } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayPhone } from "@/lib/phone";
import { sayHour } from "@/lib/time";
import { useBusiness, useMay } from "@/session/business";
import { Avatar } from "@/ui/Avatar";
import { Form } from "@/ui/Field";
import { useSayRefusal } from "@/ui/Refused";
import { LinkedWords } from "@/ui/Said";
import { type Line, type Message, usePhone, useWrite } from "./api";

interface Props {
  /** E.164; none while it is not known yet. */
  phone: string | null;
  name: string;
  label: string;
  head?: ReactNode;
  starters?: string[];
  /** What is written here is answered by the draft of the agent's guidance. */
  draft?: boolean;
}

/** A phone with its chat with the business. Its own words stand at the inline end. */
export function PhoneFrame({ phone, name, label, head, starters, draft = false }: Props) {
  const { t } = useTranslation();
  const business = useBusiness();
  const mayWrite = useMay("agent");
  const sayRefusal = useSayRefusal();
  const { data } = usePhone(phone);
  const write = useWrite(phone, name, draft);
  const [text, setText] = useState("");
  const messages = data?.messages ?? [];
  const end = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.id;
  const typing = Boolean(data?.typing);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new moves the view
  useLayoutEffect(() => {
    const box = end.current?.parentElement;
    box?.scrollTo({ top: box.scrollHeight, behavior: "smooth" });
  }, [newest, typing]);

  const say = (line: Omit<Line, "key">) =>
    write.mutate({ ...line, key: crypto.randomUUID() }, { onError: sayRefusal });
  const send = () => {
    if (!text.trim()) return;
    say({ text: text.trim() });
    setText("");
  };

  return (
    <section
      aria-label={label}
      data-phone={phone}
      className="mx-auto flex h-full max-h-[760px] min-h-96 w-full max-w-[340px] flex-col overflow-hidden rounded-[36px] border-[10px] border-ink/85 bg-surface dark:border-line"
    >
      <header className="flex items-center gap-2.5 bg-[#075e54] px-4 pt-3 pb-2.5 text-white dark:bg-[#1f2c34]">
        <Avatar name={business.name} className="bg-white/20 text-white" />
        <div className="min-w-0 grow">
          <h2 className="truncate font-medium">{business.name}</h2>
          <p className="h-4 text-xs text-white/90">
            {typing ? t("simulator.typing") : t("simulator.online")}
          </p>
        </div>
      </header>
      <div className="flex items-center gap-2 border-b border-line bg-sunken px-3 py-1.5 text-xs text-ink-soft">
        <span className="shrink-0">{label}</span>
        {head ?? <bdi dir="ltr">{phone ? sayPhone(phone) : ""}</bdi>}
      </div>
      <div
        role="log"
        aria-label={label}
        tabIndex={0}
        className="thin-scroll flex min-h-0 grow flex-col gap-1.5 overflow-y-auto bg-[#efe7de] p-3 dark:bg-[#0b141a]"
      >
        {messages.map((message, index) => (
          <PhoneBubble
            key={message.id}
            message={message}
            onTap={
              mayWrite && index >= messages.length - 3
                ? (button) => say({ text: button.text, buttonId: button.id })
                : null
            }
          />
        ))}
        {typing ? <Typing /> : null}
        {!messages.length && starters && mayWrite ? (
          <div className="m-auto flex flex-col gap-2">
            <p className="text-center text-sm text-[#54656f] dark:text-ink-soft">
              {t("simulator.startWith")}
            </p>
            {starters.map((starter) => (
              <button
                key={starter}
                type="button"
                onClick={() => say({ text: starter })}
                className="rounded-card bg-surface px-3 py-2 text-start hover:bg-grey-soft"
              >
                {starter}
              </button>
            ))}
          </div>
        ) : null}
        <div ref={end} />
      </div>
      {mayWrite ? (
        <Form className="flex items-center gap-2 bg-sunken p-2" onSend={send}>
          <input
            dir="auto"
            aria-label={t("simulator.writeAs", { name: label })}
            placeholder={t("simulator.message")}
            value={text}
            maxLength={4000}
            onChange={(event) => setText(event.target.value)}
            className="h-10 min-w-0 grow rounded-full border border-line bg-surface px-4"
          />
          <button
            type="submit"
            aria-label={t("inbox.send")}
            className="grid size-10 shrink-0 place-items-center rounded-full bg-[#00745f] text-white"
          >
            <SendHorizontal className="size-5 rtl:-scale-x-100" />
          </button>
        </Form>
      ) : null}
    </section>
  );
}

interface Tapped {
  id: string;
  text: string;
}

function PhoneBubble({ message, onTap }: { message: Message; onTap: ((button: Tapped) => void) | null }) {
  const { zone } = useWhen();
  const mine = message.direction === "in";
  return (
    <div className={cn("flex max-w-[85%] flex-col gap-1", mine ? "self-end" : "self-start")}>
      <div
        className={cn(
          "rounded-lg px-2.5 py-1.5 text-[#111b21] dark:text-[#e9edef]",
          mine
            ? "rounded-ee-none bg-[#d9fdd3] dark:bg-[#005c4b]"
            : "rounded-es-none bg-white dark:bg-[#202c33]",
        )}
      >
        <p className="break-words whitespace-pre-wrap">
          <LinkedWords>{message.text}</LinkedWords>
        </p>
        <p className="flex items-center justify-end gap-1 text-xs text-[#54656f] tabular-nums dark:text-[#aebac1]">
          {sayHour(message.sent_at, zone)}
          {mine ? <CheckCheck className="size-3.5 text-[#027eb5] dark:text-[#53bdeb]" /> : null}
        </p>
      </div>
      {message.buttons.map((button) => (
        <button
          key={String(button.id)}
          type="button"
          disabled={!onTap}
          onClick={() => onTap?.({ id: String(button.id), text: String(button.text) })}
          className="min-h-10 rounded-lg bg-white px-3 font-medium text-[#00664f] hover:bg-[#f5f6f6] disabled:opacity-60 dark:bg-[#202c33] dark:text-[#53bdeb]"
        >
          {String(button.text)}
        </button>
      ))}
    </div>
  );
}

function Typing() {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      aria-label={t("simulator.typing")}
      className="flex w-fit gap-1 rounded-lg bg-white px-3 py-3 dark:bg-[#202c33]"
    >
      {["0ms", "160ms", "320ms"].map((delay) => (
        <span
          key={delay}
          className="size-1.5 animate-bounce rounded-full bg-[#54656f]"
          style={{ animationDelay: delay }}
        />
      ))}
    </div>
  );
}
