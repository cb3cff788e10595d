import { BookOpenText, Plus, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isConflict } from "@/lib/refusal";
import { Button } from "@/ui/Button";
import { Field, Input, Textarea } from "@/ui/Field";
import { Card, Empty } from "@/ui/Page";
import { say } from "@/ui/toast";
import { type Settings, useEditSettings } from "./api";
import { SaveBar } from "./parts";

const MOST = 60;

interface Fact {
  name: string;
  words: string;
}

/** What differs from the stored facts. Kept apart from them, so that somebody else's facts stay when ours are saved. */
interface Changes {
  edited: Record<string, Fact>;
  removed: string[];
  added: (Fact & { key: number })[];
}
const NONE: Changes = { edited: {}, removed: [], added: [] };

/** What the agent may say of the business: a name and the words to it, row by row. */
export function Facts({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useEditSettings();
  const [changes, setChanges] = useState(NONE);
  const [since, setSince] = useState({ version: settings.version, facts: settings.facts });
  const [problem, setProblem] = useState<string | null>(null);
  const fresh = useRef<HTMLInputElement>(null);
  const { edited, removed, added } = changes;
  const dirty = Object.keys(edited).length + removed.length + added.length > 0;
  // Somebody else's change of other facts is no conflict: ours are laid over theirs.
  const overtaken = [...Object.keys(edited), ...removed].some(
    (name) => settings.facts[name] !== since.facts[name],
  );
  if (!overtaken && since.version !== settings.version)
    setSince({ version: settings.version, facts: settings.facts });
  // What was edited here and removed by somebody else meanwhile is not lost.
  const names = Object.keys({ ...settings.facts, ...edited }).filter((name) => !removed.includes(name));
  const factOf = (was: string): Fact => edited[was] ?? { name: was, words: settings.facts[was] ?? "" };
  const count = names.length + added.length;

  useEffect(() => {
    if (added.length) fresh.current?.focus();
  }, [added.length]);

  const clear = () => {
    setChanges(NONE);
    setProblem(null);
    edit.reset();
  };
  const save = () => {
    const kept = [...names.map(factOf), ...added]
      .map(({ name, words }) => ({ name: name.trim(), words: words.trim() }))
      .filter(({ name, words }) => name || words);
    if (kept.some(({ name, words }) => !name || !words)) return setProblem(t("settings.facts.incomplete"));
    if (new Set(kept.map(({ name }) => name)).size < kept.length)
      return setProblem(t("settings.facts.twice"));
    setProblem(null);
    edit.mutate(
      {
        facts: Object.fromEntries(kept.map(({ name, words }) => [name, words])),
        version: isConflict(edit.error) ? settings.version : since.version,
      },
      {
        onSuccess: () => {
          setChanges(NONE);
          say(t("common.saved"));
        },
      },
    );
  };
  const add = () =>
    setChanges((now) => ({ ...now, added: [...now.added, { key: Date.now(), name: "", words: "" }] }));

  return (
    <Card
      title={t("settings.facts.title")}
      action={
        <Button size="sm" onClick={add} disabled={count >= MOST}>
          <Plus className="size-4" />
          {t("settings.facts.add")}
        </Button>
      }
    >
      <p className="mb-4 max-w-[70ch] text-ink-soft">{t("settings.facts.words")}</p>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {count ? (
          <ul className="flex flex-col gap-3">
            {names.map((was) => (
              <Row
                key={was}
                fact={factOf(was)}
                hint={
                  isConflict(edit.error) && was in edited && settings.facts[was] !== since.facts[was]
                    ? t("settings.storedNow", { value: settings.facts[was] ?? t("common.none") })
                    : undefined
                }
                onChange={(next) => setChanges((now) => ({ ...now, edited: { ...now.edited, [was]: next } }))}
                onRemove={() => setChanges((now) => ({ ...now, removed: [...now.removed, was] }))}
              />
            ))}
            {added.map((fact, index) => (
              <Row
                key={fact.key}
                fact={fact}
                nameRef={index === added.length - 1 ? fresh : undefined}
                onChange={(next) =>
                  setChanges((now) => ({
                    ...now,
                    added: now.added.map((one) => (one.key === fact.key ? { ...one, ...next } : one)),
                  }))
                }
                onRemove={() =>
                  setChanges((now) => ({ ...now, added: now.added.filter((one) => one.key !== fact.key) }))
                }
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
        <SaveBar dirty={dirty} busy={edit.isPending} error={edit.error} onCancel={clear} />
      </form>
    </Card>
  );
}

interface RowProps {
  fact: Fact;
  hint?: string | undefined;
  nameRef?: React.Ref<HTMLInputElement> | undefined;
  onChange: (fact: Fact) => void;
  onRemove: () => void;
}

function Row({ fact, hint, nameRef, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  return (
    <li className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[minmax(140px,1fr)_3fr_auto]">
      <Field label={t("settings.facts.name")} silent>
        <Input
          ref={nameRef}
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
