import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, told } from "@/api/client";
import { useBusiness } from "@/session/business";
import { When, WordsLine } from "@/ui/Said";
import { CallBadge, CallDirection } from "./CallBadge";

const SHOWN = 3;

/** The latest calls with a person, where there were any. */
export function PersonCalls({ contactId }: { contactId: number }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { data } = useQuery({
    queryKey: [slug, "calls", "contact", contactId],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/calls", {
          params: { path: { slug }, query: { contact_id: contactId, limit: SHOWN + 1 } },
        }),
      ),
  });
  if (!data?.calls.length) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-bold">{t("words.call.title")}</h3>
      <ul className="flex flex-col gap-2">
        {data.calls.slice(0, SHOWN).map((call) => (
          <li key={call.id}>
            <Link
              to={`/b/${slug}/calls/${call.id}?contact=${contactId}`}
              className="block rounded-card border border-line p-3 hover:bg-sunken"
            >
              <span className="flex items-center gap-2">
                <CallDirection call={call} />
                <CallBadge call={call} />
                <When at={call.started_at} className="ms-auto text-xs text-ink-soft" />
              </span>
              {call.summary ? <WordsLine className="mt-1.5 block">{call.summary}</WordsLine> : null}
            </Link>
          </li>
        ))}
      </ul>
      {data.calls.length > SHOWN ? (
        <Link
          to={`/b/${slug}/calls?contact=${contactId}`}
          className="w-fit text-sm font-medium text-accent-text underline-offset-2 hover:underline"
        >
          {t("words.call.all")}
        </Link>
      ) : null}
    </section>
  );
}
