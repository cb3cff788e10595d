import { useInfiniteQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas, told } from "@/api/client";
import { NumberHealth } from "@/domain/NumberHealth";
import { useLanguage } from "@/i18n/language";
import { Button } from "@/ui/Button";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { When, Words } from "@/ui/Said";

type Glance = Schemas["BusinessGlance"];
const COLUMNS = [
  "business",
  "kind",
  "channels",
  "leads",
  "messages",
  "professionals",
  "members",
  "since",
] as const;

/** Every business with how much it is used, and how its numbers are. */
export function Businesses() {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ["operator", "businesses"],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      told(api.GET("/api/operator/businesses", { params: { query: { after: pageParam } } })),
    getNextPageParam: (last) => last.after,
  });
  if (pages.isPending) return <Skeletons rows={5} />;
  if (!pages.data) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  const all = pages.data.pages.flatMap(({ businesses }) => businesses);
  return (
    <Card title={t("operator.businesses")}>
      {all.length ? (
        <section
          aria-label={t("operator.businesses")}
          tabIndex={0}
          className="thin-scroll -mx-4 overflow-x-auto px-4"
        >
          <table className="w-full tabular-nums">
            <thead>
              <tr className="border-b border-line text-sm text-ink-soft">
                {COLUMNS.map((name) => (
                  <th key={name} scope="col" className="py-2 pe-4 text-start font-medium whitespace-nowrap">
                    {t(`operator.column.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {all.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <Empty icon={<Building2 className="size-8" />} title={t("operator.noBusinesses")}>
          {t("operator.noBusinessesWords")}
        </Empty>
      )}
      <p className="mt-3 text-sm text-ink-soft">{t("operator.lastMonth")}</p>
      {pages.hasNextPage ? (
        <Button className="mt-3" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("operator.moreBusinesses")}
        </Button>
      ) : null}
    </Card>
  );
}

function Row({ one }: { one: Glance }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <tr>
      <th scope="row" className="py-2.5 pe-4 text-start font-medium">
        <Link to={`/b/${one.slug}`} className="hover:underline">
          <Words>{one.name}</Words>
        </Link>
      </th>
      <td className="py-2.5 pe-4 whitespace-nowrap text-ink-soft">{one.kind[language]}</td>
      <td className="py-2.5 pe-4">
        <span className="flex flex-wrap gap-1">
          {one.channels.map((channel) => (
            <NumberHealth key={channel.id} health={channel.health} />
          ))}
          {one.channels.length ? null : <span className="text-ink-soft">{t("common.none")}</span>}
        </span>
      </td>
      <td className="py-2.5 pe-4">
        <Link to={`/b/${one.slug}/leads`} className="hover:underline">
          {one.leads}
        </Link>
      </td>
      <td className="py-2.5 pe-4">
        <Link to={`/b/${one.slug}/inbox`} className="hover:underline">
          {one.messages}
        </Link>
      </td>
      <td className="py-2.5 pe-4">
        <Link to={`/b/${one.slug}/professionals`} className="hover:underline">
          {one.professionals}
        </Link>
      </td>
      <td className="py-2.5 pe-4">
        <Link to={`/b/${one.slug}/settings/users`} className="hover:underline">
          {one.members}
        </Link>
      </td>
      <td className="py-2.5 text-ink-soft">
        <When at={one.created_at} />
      </td>
    </tr>
  );
}
