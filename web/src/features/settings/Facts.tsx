import { BookOpenText, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isConflict } from "@/lib/refusal";
import { useTouched } from "@/session/touched";
import { Button } from "@/ui/Button";
import { Field, Form, Input, Textarea } from "@/ui/Field";
import { Card, Empty } from "@/ui/Page";
import { say } from "@/ui/toast";
import { type Settings, useEditSettings } from "./api";
import { SaveBar } from "./parts";

const MOST = 60;

interface Fact {
  name: string;
  words: string;
}

/** By the name under which it is stored; a new one by a key of its own, and a removed one is null. */
type Entries = Record<string, Fact | null | undefined>;

/** What the agent may say of the business: a name and the words to it, row by row. */
export function Facts({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useEditSettings();
  const stored: Entries = Object.fromEntries(
    Object.entries(settings.facts).map(([name, words]) => [name, { name, words }]),
  );
  // Somebody else's change of other facts is no conflict: ours are laid over theirs.
  const { values, dirty, change, clear, isOvertaken, versionFor } = useTouched<Entries>(
    "settings.facts",
    stored,
    settings.version,
  );
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState("");
  const rows = Object.entries(values).flatMap(([key, fact]) => (fact ? [{ key, fact }] : []));

  const drop = () => {
    clear();
    setProblem(null);
    edit.reset();
  };
  const save = () => {
    const kept = rows
      .map(({ fact: { name, words } }) => ({ name: name.trim(), words: words.trim() }))
      .filter(({ name, words }) => name || words);
    if (kept.some(({ name, words }) => !name || !words)) return setProblem(t("settings.facts.incomplete"));
    if (new Set(kept.map(({ name }) => name)).size < kept.length)
      return setProblem(t("settings.facts.twice"));
    setProblem(null);
    edit.mutate(
      {
        facts: Object.fromEntries(kept.map(({ name, words }) => [name, words])),
        version: versionFor(edit.error),
      },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );
  };
  const add = () => {
    const key = `new:${Date.now()}`;
    change(key, { name: "", words: "" });
    setMade(key);
  };

  return (
    <Card
      title={t("settings.facts.title")}
      action={
        <Button size="sm" onClick={add} disabled={rows.length >= MOST}>
          <Plus className="size-4" />
          {t("settings.facts.add")}
        </Button>
      }
    >
      <p className="mb-4 max-w-[70ch] text-ink-soft">{t("settings.facts.words")}</p>
      <Form className="flex flex-col gap-4" onSend={save}>
        {rows.length ? (
          <ul className="flex flex-col gap-3">
            {rows.map(({ key, fact }) => (
              <Row
                key={key}
                fact={fact}
                focused={key === made}
                hint={
                  isConflict(edit.error) && isOvertaken(key)
                    ? t("settings.storedNow", { value: settings.facts[key] ?? t("common.none") })
                    : undefined
                }
                onChange={(next) => change(key, next)}
                onRemove={() => change(key, stored[key] ? null : undefined)}
              />
            ))}
          </ul>
        ) : (
          <Empty icon={<BookOpenText className="size-7" />} title={t("settings.facts.none")}>
            {t("settings.facts.noneWords")}
          </Empty>
        )}
        {problem ? (
          <p role="alert" className="text-sm text-red">
            {problem}
          </p>
        ) : null}
        <SaveBar dirty={dirty} edit={edit} onCancel={drop} />
      </Form>
    </Card>
  );
}

interface RowProps {
  fact: Fact;
  hint?: string | undefined;
  focused: boolean;
  onChange: (fact: Fact) => void;
  onRemove: () => void;
}

function Row({ fact, hint, focused, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  return (
    <li className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[minmax(140px,1fr)_3fr_auto]">
      <Field label={t("settings.facts.name")} silent>
        <Input
          autoFocus={focused}
          dir="auto"
          maxLength={80}
          className="font-medium"
          placeholder={t("settings.facts.nameExample")}
          value={fact.name}
          onChange={(event) => onChange({ ...fact, name: event.target.value })}
        />
      </Field>
      <Field
        hint={hint}
        label={t("settings.facts.says")}
        silent
        className="col-span-2 row-start-2 sm:col-span-1 sm:row-start-1 sm:col-start-2"
      >
        <Textarea
          rows={1}
          maxLength={1000}
          className="field-sizing-content min-h-9 resize-none py-1.5"
          placeholder={t("settings.facts.saysExample")}
          value={fact.words}
          onChange={(event) => onChange({ ...fact, words: event.target.value })}
        />
      </Field>
      <Button
        look="quiet"
        size="icon"
        className="col-start-2 row-start-1 sm:col-start-3"
        aria-label={t("settings.facts.remove", { name: fact.name || t("settings.facts.nameless") })}
        onClick={onRemove}
      >
        <Trash2 className="size-4" />
      </Button>
    </li>
  );
}
