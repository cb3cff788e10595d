import { RotateCcw } from "lucide-react";
import { Tabs } from "radix-ui";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { useRefusalWords } from "@/i18n/refusals";
import { refusalOf } from "@/lib/refusal";
import type { Language } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Form, Textarea } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { useSayRefusal } from "@/ui/Refused";
import { say, sayUndoable } from "@/ui/toast";
import { useAct } from "../api";
import { sampled } from "./samples";
import { isValue, keyOf, type Text } from "./texts";

const LONGEST = 1000;

interface Props {
  title: string;
  texts: Text[];
  /** What was typed and not saved, by the key of its text. */
  drafts: Partial<Record<string, string>>;
  /** What is as it is stored is no draft any more. */
  onDraft: (key: string, words: string) => void;
  onClose: () => void;
}

export function TextEditor({ title, texts, drafts, onDraft, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const [language, setLanguage] = useState<Language>(i18n.language === "en" ? "en" : "he");
  return (
    <Panel open focusFirst onClose={onClose} title={title}>
      <Tabs.Root value={language} onValueChange={(value) => setLanguage(value === "en" ? "en" : "he")}>
        <Tabs.List className="mb-4 flex gap-1 border-b border-line" aria-label={t("settings.texts.language")}>
          {texts.map((text) => (
            <Tabs.Trigger
              key={text.language}
              value={text.language}
              className="-mb-px border-b-2 border-transparent px-3 py-2 font-medium text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-accent-text"
            >
              {t(`settings.language.${text.language}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {texts.map((text) => {
          const key = keyOf(text);
          return (
            <Tabs.Content key={key} value={text.language}>
              <Editor text={text} draft={drafts[key]} onDraft={(words) => onDraft(key, words)} />
            </Tabs.Content>
          );
        })}
      </Tabs.Root>
    </Panel>
  );
}

interface EditorProps {
  text: Text;
  draft: string | undefined;
  onDraft: (words: string) => void;
}

function Editor({ text, draft, onDraft }: EditorProps) {
  const { t } = useTranslation();
  const { name: business } = useBusiness();
  const words = useRefusalWords();
  const sayRefusal = useSayRefusal();
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const put = useAct<string, Text>("texts", (slug, said) =>
    told(
      api.PUT("/api/businesses/{slug}/texts/{code}/{language}", {
        params: { path: { slug, code: text.code, language: text.language } },
        body: { words: said },
      }),
    ),
  );
  const stored = text.own ?? "";
  const value = draft ?? stored;
  const dirty = draft !== undefined;
  const refused = refusalOf(put.error);
  const direction = text.language === "he" ? "rtl" : "ltr";

  useLayoutEffect(() => {
    if (caret.current === null || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  /** The value goes where the cursor stands, and the cursor behind it. */
  const insert = (name: string) => {
    const chip = `{${name}}`;
    const { selectionStart: from = value.length, selectionEnd: to = value.length } = area.current ?? {};
    caret.current = from + chip.length;
    onDraft(value.slice(0, from) + chip + value.slice(to));
  };
  const save = () =>
    put.mutate(value, {
      onSuccess: () => {
        onDraft(stored);
        say(t("common.saved"));
      },
    });
  const backToOurs = () =>
    put.mutate("", {
      onError: sayRefusal,
      onSuccess: () => {
        onDraft(stored);
        sayUndoable(t("settings.texts.oursAgain"), t("common.undo"), () =>
          put.mutate(stored, { onError: sayRefusal }),
        );
      },
    });

  return (
    <Form className="flex flex-col gap-4" onSend={save}>
      <Field
        label={t("settings.texts.words")}
        hint={value ? `${value.length}/${LONGEST}` : t("settings.texts.emptyIsOurs")}
        error={refused && dirty ? words(refused) : null}
      >
        <Textarea
          ref={area}
          dir={direction}
          maxLength={LONGEST}
          className="field-sizing-content min-h-32"
          placeholder={text.ours}
          value={value}
          onChange={(event) => onDraft(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" type="submit" disabled={!dirty} busy={put.isPending}>
          {t("common.save")}
        </Button>
        {dirty ? (
          <Button
            onClick={() => {
              onDraft(stored);
              put.reset();
            }}
          >
            {t("common.cancel")}
          </Button>
        ) : null}
        {!value ? (
          <Button look="quiet" onClick={() => onDraft(text.ours)}>
            {t("settings.texts.startFromOurs")}
          </Button>
        ) : null}
        {text.own !== null && !dirty ? (
          <Button look="quiet" busy={put.isPending} onClick={backToOurs}>
            <RotateCcw className="size-4" />
            {t("settings.texts.backToOurs")}
          </Button>
        ) : null}
      </div>
      {text.values.length ? (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">{t("settings.texts.values")}</legend>
          <div className="flex flex-wrap gap-1.5">
            {text.values.map((name) => (
              <button
                key={name}
                type="button"
                onClick={() => insert(name)}
                className="inline-flex h-8 items-center gap-1.5 rounded-full border border-line bg-surface px-3 text-sm hover:border-line-strong"
              >
                {isValue(name) ? t(`settings.value.${name}`) : null}
                <bdi dir="ltr" className="text-ink-soft">{`{${name}}`}</bdi>
              </button>
            ))}
          </div>
        </fieldset>
      ) : null}
      <section aria-label={t("settings.texts.preview")}>
        <p className="mb-1 text-sm font-medium">{t("settings.texts.preview")}</p>
        <div className="rounded-card bg-sunken p-3">
          <p
            dir={direction}
            className="w-fit max-w-full rounded-card border border-line bg-surface px-3 py-2 whitespace-pre-wrap break-words"
          >
            {sampled(value.trim() || text.ours, text.language, business)}
          </p>
        </div>
        <p className="mt-1 text-sm text-ink-soft">{t("settings.texts.previewWords")}</p>
      </section>
    </Form>
  );
}
