import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useActorName, Who } from "@/domain/Who";
import { settings } from "@/i18n/he/settings";
import { holds } from "@/lib/spelled";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { SearchField } from "@/ui/Field";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { When, Words } from "@/ui/Said";
import { detailsOf, useAuditWords } from "./auditWords";
import { Intro } from "./parts";

type Entry = Schemas["AuditEntryOut"];
type Action = keyof typeof settings.audit.action;

const actionKey = (action: string) => action.replace(".", "_");
const isAction = (key: string): key is Action => key in settings.audit.action;
/** Who changed what, newest first. The words to look for go through what has been fetched. */
export function Audit() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const [words, setWords] = useState("");
  const actionName = useActionName();
  const actorName = useActorName();
  const pages = useInfiniteQuery({
    queryKey: [slug, "audit"],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/businesses/{slug}/audit", { params: { path: { slug }, query: { after: pageParam } } }),
      ),
    getNextPageParam: (last) => last.after,
  });
  if (pages.isPending) return <Skeletons rows={8} />;
  if (!pages.data) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  const all = pages.data.pages.flatMap(({ entries }) => entries);
  const shown = all.filter(({ actor, action, subject, details }) =>
    holds([actorName(actor), actionName(action), action, subject, JSON.stringify(details)], words),
  );
  return (
    <div className="flex flex-col gap-4">
      <Intro>{t("settings.audit.intro")}</Intro>
      <SearchField label={t("settings.audit.search")} value={words} onChange={setWords} className="sm:w-72" />
      {shown.length ? (
        <Card>
          <ul className="-my-1 divide-y divide-line">
            {shown.map((entry) => (
              <Line key={entry.id} entry={entry} name={actionName(entry.action)} />
            ))}
          </ul>
        </Card>
      ) : (
        <Empty
          icon={<History className="size-8" />}
          title={words.trim() ? t("settings.audit.noneFound") : t("settings.audit.none")}
        >
          {words.trim() ? t("settings.audit.noneFoundWords") : t("settings.audit.noneWords")}
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

function Line({ entry, name }: { entry: Entry; name: string }) {
  const { t } = useTranslation();
  const say = useAuditWords();
  const details = detailsOf(entry.details);
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Who actor={entry.actor} className="font-medium" />
        <span>{name}</span>
        <Words className="text-sm text-ink-soft">{say.subject(entry.subject, entry.details)}</Words>
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
