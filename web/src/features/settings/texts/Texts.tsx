import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { useLanguage } from "@/i18n/language";
import { useAddress } from "@/lib/address";
import { holds } from "@/lib/spelled";
import { useBusiness } from "@/session/business";
import { useTouched } from "@/session/touched";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, SearchField, Select } from "@/ui/Field";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { Words } from "@/ui/Said";
import { Intro } from "../parts";
import { TextEditor } from "./TextEditor";
import { GROUP_NAMES, GROUPS, type Group, isNamed, keyOf, type Text } from "./texts";

const NO_TEXTS: Text[] = [];

function useTexts() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "texts"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/texts", { params: { path: { slug } } })),
  });
}

/** Every message Proli sends by itself, by who hears it; one opens beside the list. What was typed waits there. */
export function Texts() {
  const { t } = useTranslation();
  const texts = useTexts();
  const [query, put] = useAddress();
  const [words, setWords] = useState("");
  const group = GROUP_NAMES.find((name) => name === query.get("group")) ?? null;
  const open = query.get("text");
  const language = useLanguage();
  const all = texts.data ?? NO_TEXTS;
  const stored = Object.fromEntries(all.map((text) => [keyOf(text), text.own ?? ""]));
  const { touched, change } = useTouched<Record<string, string>>("settings.texts", stored);
  const nameOf = useTextName();

  const found = useMemo(() => {
    const matching = all.filter((text) =>
      holds([nameOf(text.code), text.code, text.own ?? text.ours], words),
    );
    return new Set(matching.map(({ code }) => code));
  }, [all, words, nameOf]);

  if (texts.isPending) return <Skeletons rows={9} />;
  if (texts.isError && !texts.data) return <Failed error={texts.error} retry={() => void texts.refetch()} />;

  const known = new Set<string>(GROUP_NAMES.flatMap((name) => GROUPS[name]));
  const codesOf = (name: Group): string[] => GROUPS[name];
  const others = [...new Set(all.map(({ code }) => code))].filter((code) => !known.has(code));
  const sections = [
    ...GROUP_NAMES.map((name) => ({ name, codes: codesOf(name) })),
    { name: "other" as const, codes: others },
  ]
    .filter(({ name }) => !group || name === group)
    .map(({ name, codes }) => ({ name, codes: codes.filter((code) => found.has(code)) }))
    .filter(({ codes }) => codes.length);
  const opened = all.filter((text) => text.code === open);

  return (
    <div className="flex flex-col gap-4">
      <Intro>{t("settings.texts.intro")}</Intro>
      <div className="flex flex-wrap gap-2">
        <SearchField
          label={t("settings.texts.search")}
          value={words}
          onChange={setWords}
          className="sm:w-72"
        />
        <Field label={t("settings.texts.group")} silent className="w-full sm:w-56">
          <Select value={group ?? ""} onChange={(event) => put({ group: event.target.value || null })}>
            <option value="">{t("settings.texts.allGroups")}</option>
            {GROUP_NAMES.map((name) => (
              <option key={name} value={name}>
                {t(`settings.texts.groups.${name}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {sections.length ? null : (
        <Empty
          icon={<SearchX className="size-7" />}
          title={t("settings.texts.noneFound")}
          action={
            <Button
              onClick={() => {
                setWords("");
                put({ group: null });
              }}
            >
              {t("settings.texts.showAll")}
            </Button>
          }
        >
          {t("settings.texts.noneFoundWords")}
        </Empty>
      )}
      {sections.map(({ name, codes }) => (
        <Card key={name} title={t(`settings.texts.groups.${name}`)}>
          <ul className="-mx-2 -my-1 divide-y divide-line">
            {codes.map((code) => {
              const versions = all.filter((text) => text.code === code);
              const shown = versions.find((text) => text.language === language);
              return (
                <li key={code}>
                  <button
                    type="button"
                    onClick={() => put({ text: code })}
                    className="flex w-full items-center gap-3 rounded-control px-2 py-2.5 text-start hover:bg-sunken"
                  >
                    <span className="min-w-0 grow">
                      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                        <span className="font-medium">{nameOf(code)}</span>
                        {versions.some((text) => text.own !== null) ? (
                          <Badge tone="teal">{t("settings.texts.own")}</Badge>
                        ) : null}
                        {versions.some((text) => keyOf(text) in touched) ? (
                          <Badge tone="amber">{t("settings.texts.unsaved")}</Badge>
                        ) : null}
                      </span>
                      <Words className="line-clamp-1 text-sm text-ink-soft">
                        {(shown?.own ?? shown?.ours ?? "").replaceAll("\n", " ")}
                      </Words>
                    </span>
                    <ChevronLeft className="size-4 shrink-0 text-ink-soft ltr:-scale-x-100" />
                  </button>
                </li>
              );
            })}
          </ul>
        </Card>
      ))}
      {open && opened.length ? (
        <TextEditor
          key={open}
          title={nameOf(open)}
          texts={opened}
          drafts={touched}
          onDraft={change}
          onClose={() => put({ text: null })}
        />
      ) : null}
    </div>
  );
}

/** What a text is called; one that is newer than this page goes by its code. */
function useTextName(): (code: string) => string {
  const { t } = useTranslation();
  return useMemo(
    () => (code: string) => (isNamed(code) ? t(`settings.text.${code}`) : code.replaceAll("_", " ")),
    [t],
  );
}
