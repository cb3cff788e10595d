import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { useBusiness, useMay } from "@/session/business";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Page";
import { useSayRefusal } from "@/ui/Refused";
import { When, Words } from "@/ui/Said";
import { say } from "@/ui/toast";
import { useAct } from "../api";

/** Who is invited and has not accepted. An invitation that is taken back is worth nothing from then on. */
export function OpenInvitations() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const owner = useMay("owner");
  const sayRefusal = useSayRefusal();
  const { data: open = [] } = useQuery({
    queryKey: [slug, "members", "invitations"],
    queryFn: () =>
      told(api.GET("/api/businesses/{slug}/members/invitations", { params: { path: { slug } } })),
  });
  const takeBack = useAct<number, unknown>("members", (of, invitation_id) =>
    told(
      api.DELETE("/api/businesses/{slug}/members/invitations/{invitation_id}", {
        params: { path: { slug: of, invitation_id } },
      }),
    ),
  );
  if (!open.length) return null;
  return (
    <Card title={t("settings.users.open")}>
      <ul className="-my-1 divide-y divide-line">
        {open.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
            <div className="min-w-0 grow basis-40">
              <Words className="truncate font-medium">{one.name}</Words>
              <p className="truncate text-sm text-ink-soft">
                <bdi dir="ltr">{one.email}</bdi> · {t("settings.users.until")} <When at={one.expires_at} />
              </p>
            </div>
            <Badge>{t(`words.role.${one.role}`)}</Badge>
            {owner ? (
              <Button
                size="sm"
                aria-label={t("settings.users.takeBackOf", { name: one.name })}
                busy={takeBack.isPending && takeBack.variables === one.id}
                onClick={() =>
                  takeBack.mutate(one.id, {
                    onError: sayRefusal,
                    onSuccess: () => say(t("settings.users.takenBack")),
                  })
                }
              >
                {t("settings.users.takeBack")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
