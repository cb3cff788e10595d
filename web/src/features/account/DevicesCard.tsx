import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card, Failed, Skeletons } from "@/ui/Page";
import { useSayRefusal } from "@/ui/Refused";
import { When } from "@/ui/Said";
import { say } from "@/ui/toast";
import { useDeviceName } from "./device";

const DEVICES = ["me", "devices"];

/** Where one is signed in. Each can be signed out, and is out at once. */
export function DevicesCard() {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const nameOf = useDeviceName();
  const client = useQueryClient();
  const devices = useQuery({ queryKey: DEVICES, queryFn: () => told(api.GET("/api/me/devices")) });
  const end = useMutation({
    mutationFn: (id: number | null) =>
      id === null
        ? told(api.DELETE("/api/me/devices"))
        : told(api.DELETE("/api/me/devices/{device_id}", { params: { path: { device_id: id } } })),
    onSuccess: (_, id) => say(id === null ? t("account.othersOut") : t("account.deviceOut")),
    onError: sayRefusal,
    onSettled: () => client.invalidateQueries({ queryKey: ["me"] }),
  });
  const others = devices.data?.filter(({ here }) => !here) ?? [];
  return (
    <Card
      title={t("account.devices")}
      action={
        others.length ? (
          <Button size="sm" busy={end.isPending && end.variables === null} onClick={() => end.mutate(null)}>
            {t("account.endOthers")}
          </Button>
        ) : null
      }
    >
      {devices.isPending ? (
        <Skeletons rows={2} />
      ) : devices.data ? (
        <ul className="-my-2 divide-y divide-line">
          {devices.data.map((device) => (
            <li key={device.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  <bdi>{nameOf(device.device)}</bdi>
                  {device.here ? <Badge tone="teal">{t("account.here")}</Badge> : null}
                </p>
                <p className="text-sm text-ink-soft">
                  {t("account.lastSeen")} <When at={device.seen_at} /> · <bdi dir="ltr">{device.source}</bdi>
                </p>
              </div>
              {device.here ? null : (
                <Button
                  size="sm"
                  aria-label={t("account.endDeviceOf", { device: nameOf(device.device) })}
                  busy={end.isPending && end.variables === device.id}
                  onClick={() => end.mutate(device.id)}
                >
                  {t("account.endDevice")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Failed error={devices.error} retry={() => void devices.refetch()} />
      )}
    </Card>
  );
}
