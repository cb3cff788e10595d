import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { Who } from "@/domain/Who";
import { settings } from "@/i18n/he/settings";
import { addDays, instantOf } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Input, Select } from "@/ui/Field";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { When, Words } from "@/ui/Said";
import { detailsOf, useAuditWords } from "./auditWords";
import { Intro } from "./parts";

type Entry = Schemas["AuditEntryOut"];
type Action = keyof typeof settings.audit.action;

const actionKey = (action: string) => action.replace(".", "_");
const isSubject = (kind: string): kind is keyof typeof settings.audit.subject =>
  kind in settings.audit.subject;
const isAction = (key: string): key is Action => key in settings.audit.action;
const KINDS = ["staff", "agent", "customer", "link", "professional", "key", "system"] as const;
const GROUPS = [...new Set(Object.keys(settings.audit.action).map((key) => key.split("_")[0] ?? key))];
const NOTHING = { who: "", name: "", action: "", subject: "", since: "", until: "" };
type Sought = typeof NOTHING;

/** What the server is asked for; a name says more than a kind of actor. */
function queryOf({ who, name, action, subject, since, until }: Sought, zone: string) {
  return {
    who: name.trim() || who || undefined,
    action: action || undefined,
    subject: subject.trim() || undefined,
    since: since ? instantOf(since, 0, zone).toISOString() : undefined,
    until: until ? instantOf(addDays(until, 1), 0, zone).toISOString() : undefined,
  };
}

/** Who did what, newest first; all of it, or what is looked for. */
export function Audit() {
  const { t } = useTranslation();
  const { slug, zone } = useBusiness();
  const [sought, setSought] = useState(NOTHING);
  const asked = useDeferredValue(sought);
  const actionName = useActionName();
  const pages = useInfiniteQuery({
    queryKey: [slug, "audit", asked],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/businesses/{slug}/audit", {
          params: { path: { slug }, query: { after: pageParam, ...queryOf(asked, zone) } },
        }),
      ),
    getNextPageParam: (last) => last.after,
    placeholderData: keepPreviousData,
  });
  if (pages.isPending) return <Skeletons rows={8} />;
  if (!pages.data) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  const shown = pages.data.pages.flatMap(({ entries }) => entries);
  const searching = Object.values(sought).some(Boolean);
  return (
    <div className="flex flex-col gap-4">
      <Intro>{t("settings.audit.intro")}</Intro>
      <Search sought={sought} onChange={setSought} />
      {shown.length ? (
        <Card>
          <ul className="-my-1 divide-y divide-line">
            {shown.map((entry) => (
              <Line
                key={entry.id}
                entry={entry}
                name={actionName(entry.action)}
                onNarrow={() => setSought({ ...NOTHING, subject: entry.subject })}
              />
            ))}
          </ul>
        </Card>
      ) : (
        <Empty
          icon={<History className="size-8" />}
          title={searching ? t("settings.audit.noneFound") : t("settings.audit.none")}
        >
          {searching ? t("settings.audit.noneFoundWords") : t("settings.audit.noneWords")}
        </Empty>
      )}
      {pages.hasNextPage ? (
        <Button
          className="self-start"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t("settings.audit.older")}
        </Button>
      ) : null}
    </div>
  );
}

function Search({ sought, onChange }: { sought: Sought; onChange: (sought: Sought) => void }) {
  const { t } = useTranslation();
  const set = (field: keyof Sought) => (event: { target: { value: string } }) =>
    onChange({ ...sought, [field]: event.target.value });
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label={t("settings.audit.who")}>
        <Select value={sought.who} onChange={set("who")}>
          <option value="">{t("settings.audit.anybody")}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`words.actor.${kind}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("settings.audit.field.name")}>
        <Input type="search" dir="auto" maxLength={120} value={sought.name} onChange={set("name")} />
      </Field>
      <Field label={t("settings.audit.kindOf")}>
        <Select value={sought.action} onChange={set("action")}>
          <option value="">{t("settings.audit.anything")}</option>
          {GROUPS.filter(isSubject).map((group) => (
            <option key={group} value={group}>
              {t(`settings.audit.subject.${group}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("settings.audit.object")}>
        <Input
          type="search"
          dir="ltr"
          maxLength={120}
          placeholder={t("settings.audit.objectHint")}
          value={sought.subject}
          onChange={set("subject")}
        />
      </Field>
      <Field label={t("settings.audit.since")}>
        <Input type="date" value={sought.since} onChange={set("since")} />
      </Field>
      <Field label={t("settings.audit.until")}>
        <Input type="date" value={sought.until} onChange={set("until")} />
      </Field>
      {Object.values(sought).some(Boolean) ? (
        <Button className="justify-self-start" onClick={() => onChange(NOTHING)}>
          {t("settings.audit.clear")}
        </Button>
      ) : null}
    </div>
  );
}

interface LineProps {
  entry: Entry;
  name: string;
  /** Whoever asks sees all that was done to the same thing. */
  onNarrow: () => void;
}

function Line({ entry, name, onNarrow }: LineProps) {
  const { t } = useTranslation();
  const say = useAuditWords();
  const details = detailsOf(entry.details);
  const subject = say.subject(entry.subject, entry.details);
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Who actor={entry.actor} className="font-medium" />
        <span>{name}</span>
        <button
          type="button"
          className="text-start text-sm text-ink-soft underline-offset-2 hover:underline"
          title={t("settings.audit.only", { subject })}
          onClick={onNarrow}
        >
          <Words>{subject}</Words>
        </button>
        <When at={entry.at} className="ms-auto text-sm text-ink-soft" />
      </p>
      {details.length ? (
        <dl className="mt-1 flex flex-col gap-0.5 text-sm">
          {details.map((detail) => (
            <div key={`${detail.within ?? ""}.${detail.field}`} className="flex flex-wrap gap-x-2">
              <dt className="text-ink-soft">{say.field(detail)}</dt>
              <dd className="min-w-0 break-words">
                {"was" in detail ? (
                  <>
                    <span className="sr-only">{t("settings.audit.was")}</span>
                    <del className="text-ink-soft">
                      <Words>{say.value(detail.field, detail.was)}</Words>
                    </del>{" "}
                    <span className="sr-only">{t("settings.audit.is")}</span>
                  </>
                ) : null}
                <ins className="no-underline">
                  <Words>{say.value(detail.field, detail.is)}</Words>
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </li>
  );
}

/** What was done, in words; an action that is newer than this page goes by its code. */
function useActionName(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => {
    const key = actionKey(action);
    return isAction(key) ? t(`settings.audit.action.${key}`) : action;
  };
}
