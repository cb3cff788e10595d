import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Copy, PhoneCall, Unplug } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas, told } from "@/api/client";
import { sayPhone } from "@/lib/phone";
import { useBusiness } from "@/session/business";
import { Button, IconButton } from "@/ui/Button";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Alert, useSayRefusal } from "@/ui/Refused";
import { Phone } from "@/ui/Said";
import { say } from "@/ui/toast";
import { useAct } from "./api";
import { Callers } from "./Callers";
import { ConnectPhone } from "./ConnectPhone";
import { Intro } from "./parts";

type Phones = Schemas["CalledNumbers"];
type Connected = Schemas["CalledNumber"];

/** The numbers at which the business is called, and what has to be entered at the provider of each. */
export function Phones() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { data, error, refetch } = useQuery({
    queryKey: [slug, "phones"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/phones", { params: { path: { slug } } })),
  });
  const [connecting, setConnecting] = useState(false);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeletons rows={2} className="h-40" />;
  const connect = (
    <Button look="primary" onClick={() => setConnecting(true)}>
      {t("settings.phones.connect")}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <Intro>{t("settings.phones.intro")}</Intro>
        <span className="flex flex-wrap gap-2">
          <Button asChild>
            <Link to={`/b/${slug}/calls/test`}>
              <PhoneCall className="size-4" />
              {t("settings.phones.test")}
            </Link>
          </Button>
          {data.numbers.length ? connect : null}
        </span>
      </div>
      {data.ready ? null : <Alert>{t("settings.phones.notReady")}</Alert>}
      {data.numbers.length ? (
        <Card title={t("settings.phones.connected")}>
          <ul className="-my-1 divide-y divide-line">
            {data.numbers.map((number) => (
              <Line key={number.id} number={number} />
            ))}
          </ul>
        </Card>
      ) : (
        <Empty icon={<PhoneCall className="size-8" />} title={t("settings.phones.none")} action={connect}>
          {t("settings.phones.noneWords")}
        </Empty>
      )}
      <Callers />
      <Addresses phones={data} />
      {connecting ? <ConnectPhone onClose={() => setConnecting(false)} /> : null}
    </div>
  );
}

function Line({ number }: { number: Connected }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <Phone e164={number.phone} className="font-medium" />
      <span className="text-sm text-ink-soft">
        Twilio <bdi dir="ltr">{number.account}</bdi>
      </span>
      <Button size="sm" look="danger" className="ms-auto" onClick={() => setAsking(true)}>
        <Unplug className="size-4" />
        {t("settings.phones.disconnect")}
        <span className="sr-only"> {sayPhone(number.phone)}</span>
      </Button>
      {asking ? <Disconnect number={number} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}

/** Asked first: the secrets are gone afterwards, and callers hear that nobody answers. */
function Disconnect({ number, onClose }: { number: Connected; onClose: () => void }) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const { slug } = useBusiness();
  const client = useQueryClient();
  const phone = sayPhone(number.phone);
  const remove = useAct<number, unknown>("phones", (slug, number_id) =>
    told(api.DELETE("/api/businesses/{slug}/phones/{number_id}", { params: { path: { slug, number_id } } })),
  );
  return (
    <Panel
      open
      shape="dialog"
      onClose={onClose}
      title={t("settings.phones.disconnectTitle", { phone: `\u2066${phone}\u2069` })}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(number.id, {
                onError: sayRefusal,
                onSuccess: () => {
                  void client.invalidateQueries({ queryKey: [slug, "calls"] });
                  say(t("settings.phones.disconnected"));
                  onClose();
                },
              })
            }
          >
            {t("settings.phones.disconnect")}
          </Button>
        </>
      }
    >
      <p>{t("settings.phones.disconnectWords")}</p>
    </Panel>
  );
}

/** What has to be entered at the provider, so that it tells us of calls. */
function Addresses({ phones }: { phones: Phones }) {
  const { t } = useTranslation();
  return (
    <Card title={t("settings.phones.addresses")}>
      <p className="mb-3 max-w-[70ch] text-ink-soft">{t("settings.phones.addressesWords")}</p>
      <dl className="flex flex-col gap-3">
        <Address label={t("settings.phones.voiceUrl")} url={phones.voice_url} />
        <Address label={t("settings.phones.statusUrl")} url={phones.status_url} />
      </dl>
      {phones.public ? null : (
        <p className="mt-3 max-w-[70ch] rounded-control bg-amber-soft p-3 text-amber">
          {t("settings.phones.notPublic")}
        </p>
      )}
    </Card>
  );
}

function Address({ label, url }: { label: string; url: string }) {
  const { t } = useTranslation();
  const copy = () => void navigator.clipboard.writeText(url).then(() => say(t("common.copied")));
  return (
    <div>
      <dt className="text-sm font-medium">{label}</dt>
      <dd className="flex items-center gap-2">
        <code dir="ltr" className="min-w-0 rounded-control bg-sunken px-2 py-1 text-sm break-all">
          {url}
        </code>
        <IconButton aria-label={`${t("common.copy")}: ${label}`} onClick={copy}>
          <Copy className="size-4" />
        </IconButton>
      </dd>
    </div>
  );
}
