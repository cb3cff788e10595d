import { ArrowRight, Mic, MicOff, PhoneCall, PhoneOff, SendHorizontal, Volume2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { CallBadge } from "@/domain/CallBadge";
import { cn } from "@/lib/cn";
import { useBusiness, useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { NotHere } from "@/ui/NotHere";
import { Empty, Page, Skeletons } from "@/ui/Page";
import { Phone } from "@/ui/Said";
import { useCall } from "../api";
import { Transcript } from "../Transcript";
import { useTestCall } from "./useTestCall";

type TestCall = ReturnType<typeof useTestCall>;

/** The business's front desk on the phone, called from this page: typed or spoken, with its voice heard here. */
export function TestCallPage() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const [query] = useSearchParams();
  const test = useTestCall(query.get("customer"));
  if (!useMay("manager")) return <NotHere />;
  return (
    <Page
      title={t("calls.test.title")}
      actions={
        <Button asChild>
          <Link to={`/b/${slug}/calls`}>
            <ArrowRight className="size-4 ltr:rotate-180" />
            {t("calls.title")}
          </Link>
        </Button>
      }
    >
      <div className="mx-auto flex w-full max-w-2xl flex-col gap-4">
        {test.call ? <Standing test={test} callId={test.call.call_id} /> : <Before test={test} />}
      </div>
    </Page>
  );
}

function Before({ test }: { test: TestCall }) {
  const { t } = useTranslation();
  return (
    <Empty
      icon={<PhoneCall className="size-8" />}
      title={t("calls.test.before")}
      action={
        <Button look="primary" busy={test.stage === "opening"} onClick={test.begin}>
          <PhoneCall className="size-4" />
          {t("calls.test.begin")}
        </Button>
      }
    >
      {t("calls.test.beforeWords")}
    </Empty>
  );
}

/** The call as its row has it, with what was said, and what whoever plays the caller can do. */
function Standing({ test, callId }: { test: TestCall; callId: number }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { data } = useCall(callId);
  const end = useRef<HTMLDivElement>(null);
  const said = data?.turns.map(({ text }) => text).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new moves the view
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [said]);
  if (!data) return <Skeletons rows={4} />;
  const over = test.stage === "over";
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <CallBadge call={data.call} />
        {data.call.phone ? <Phone e164={data.call.phone} className="text-ink-soft" /> : null}
        {over ? null : <Plays on={test.plays} />}
      </div>
      <Transcript details={data} playedAt={null} />
      {over ? (
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={test.begin}>
            <PhoneCall className="size-4" />
            {t("calls.test.again")}
          </Button>
          <Button asChild>
            <Link to={`/b/${slug}/calls/${callId}`}>{t("calls.test.open")}</Link>
          </Button>
        </div>
      ) : (
        <Speak test={test} />
      )}
      <div ref={end} className="scroll-mb-24" />
    </>
  );
}

function Plays({ on }: { on: boolean }) {
  const { t } = useTranslation();
  return (
    <span
      className={cn("inline-flex items-center gap-1 text-sm text-accent-text", on ? "" : "invisible")}
      data-plays={on}
    >
      <Volume2 className="size-4" />
      {t("calls.test.plays")}
    </span>
  );
}

/** What the caller says: a sentence that is typed, or the microphone where anybody can understand it. */
function Speak({ test }: { test: TestCall }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const send = () => {
    if (!text.trim()) return;
    test.speak(text.trim());
    setText("");
  };
  const words = t(test.listens ? "calls.test.mute" : "calls.test.listen");
  return (
    <div className="sticky bottom-0 -mx-1 bg-canvas px-1 py-2">
      <Form className="flex items-center gap-2" onSend={send}>
        <Field label={t("calls.test.say")} silent className="grow">
          <Input
            dir="auto"
            autoFocus
            className="h-10"
            placeholder={t("calls.test.say")}
            value={text}
            maxLength={500}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Button type="submit" look="primary" className="size-10 px-0" aria-label={t("calls.test.send")}>
          <SendHorizontal className="size-5 rtl:-scale-x-100" />
        </Button>
        {test.call?.hears ? (
          <Button
            className="size-10 px-0"
            aria-label={words}
            title={words}
            aria-pressed={test.listens}
            onClick={() => test.listen(!test.listens)}
          >
            {test.listens ? <Mic className="size-5 text-accent-text" /> : <MicOff className="size-5" />}
          </Button>
        ) : null}
        <Button
          look="danger"
          className="size-10 px-0"
          aria-label={t("calls.test.hangUp")}
          title={t("calls.test.hangUp")}
          onClick={test.hangUp}
        >
          <PhoneOff className="size-5" />
        </Button>
      </Form>
      {test.call?.hears ? null : <p className="mt-2 text-sm text-ink-soft">{t("calls.test.typedOnly")}</p>}
    </div>
  );
}
