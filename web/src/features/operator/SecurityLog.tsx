import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { Button } from "@/ui/Button";
import { Card, Failed, Skeletons } from "@/ui/Page";
import { When } from "@/ui/Said";

/** Sign-ins, refusals, changes of accounts and exports of the whole installation, newest first. */
export function SecurityLog() {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ["operator", "security"],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      told(api.GET("/api/operator/security", { params: { query: { after: pageParam, limit: 20 } } })),
    getNextPageParam: (last) => last.after,
  });
  if (pages.isPending) return <Skeletons rows={5} />;
  if (!pages.data) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  return (
    <Card title={t("operator.security")}>
      <ul className="-my-2 divide-y divide-line">
        {pages.data.pages.flatMap(({ events }) =>
          events.map((one) => (
            <li key={one.id} className="flex flex-wrap items-baseline gap-x-3 py-2">
              <span className="font-medium">{t(`happening.${one.kind}`)}</span>
              <span className="text-ink-soft">
                {one.email ? <bdi dir="ltr">{one.email}</bdi> : t("operator.nobody")}
              </span>
              {one.business ? <bdi className="text-ink-soft">{one.business}</bdi> : null}
              <bdi dir="ltr" className="text-sm text-ink-soft">
                {one.source}
              </bdi>
              <When at={one.at} className="ms-auto text-sm text-ink-soft" />
            </li>
          )),
        )}
      </ul>
      {pages.hasNextPage ? (
        <Button className="mt-3" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("operator.older")}
        </Button>
      ) : null}
    </Card>
  );
}
