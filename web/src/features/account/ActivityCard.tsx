import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { Card, Failed, Skeletons } from "@/ui/Page";
import { When } from "@/ui/Said";
import { useDeviceName } from "./device";

/** What has happened to one's account, so that whoever did not do it notices. */
export function ActivityCard() {
  const { t } = useTranslation();
  const nameOf = useDeviceName();
  const activity = useQuery({
    queryKey: ["me", "activity"],
    queryFn: () => told(api.GET("/api/me/activity")),
  });
  return (
    <Card title={t("account.activity")}>
      <p className="mb-2 text-sm text-ink-soft">{t("account.activityWords")}</p>
      {activity.isPending ? (
        <Skeletons rows={4} />
      ) : activity.data ? (
        <ul className="-mb-2 divide-y divide-line">
          {activity.data.map((one) => (
            <li key={one.id} className="flex flex-wrap items-baseline gap-x-2 py-2">
              <span className="font-medium">{t(`happening.${one.kind}`)}</span>
              <When at={one.at} className="ms-auto text-sm text-ink-soft" />
              <span className="basis-full text-sm text-ink-soft">
                <bdi>{nameOf(one.device)}</bdi> · <bdi dir="ltr">{one.source}</bdi>
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <Failed error={activity.error} retry={() => void activity.refetch()} />
      )}
    </Card>
  );
}
