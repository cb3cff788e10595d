import { useQuery } from "@tanstack/react-query";
import { Send, Smartphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas, told } from "@/api/client";
import { NumberHealth } from "@/domain/NumberHealth";
import { settings } from "@/i18n/he/settings";
import { useRefusalWords } from "@/i18n/refusals";
import { refusalOf } from "@/lib/refusal";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { Card, Empty, Failed, Skeletons } from "@/ui/Page";
import { When } from "@/ui/Said";
import { useAct } from "./api";
import { Intro } from "./parts";

type Channel = Schemas["ChannelOut"];
const isProvider = (name: string): name is keyof typeof settings.channels.provider =>
  name in settings.channels.provider;

/** The numbers through which the business speaks, how each of them is, and a message to try it. */
export function Channels() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const channels = useQuery({
    queryKey: [slug, "channels"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/channels", { params: { path: { slug } } })),
  });
  if (channels.isPending) return <Skeletons rows={2} className="h-40" />;
  if (!channels.data) return <Failed error={channels.error} retry={() => void channels.refetch()} />;
  return (
    <div className="flex flex-col gap-4">
      <Intro>{t("settings.channels.intro")}</Intro>
      {channels.data.map((channel) => (
        <ChannelCard key={channel.id} channel={channel} />
      ))}
      {channels.data.length ? null : (
        <Empty icon={<Smartphone className="size-8" />} title={t("settings.channels.none")}>
          {t("settings.channels.noneWords")}
        </Empty>
      )}
    </div>
  );
}

function ChannelCard({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {isProvider(channel.provider)
            ? t(`settings.channels.provider.${channel.provider}`)
            : channel.provider}
          {channel.provider === "simulator" ? null : (
            <bdi dir="ltr" className="font-normal text-ink-soft tabular-nums">
              {channel.external_id}
            </bdi>
          )}
        </span>
      }
      action={<NumberHealth health={channel.health} />}
    >
      <p>{t(`settings.channels.healthWords.${channel.health}`)}</p>
      <p className="mb-4 text-sm text-ink-soft">
        {channel.state_at ? (
          <>
            {t("settings.channels.since")} <When at={channel.state_at} />
          </>
        ) : (
          t("settings.channels.neverChanged")
        )}
      </p>
      <TestMessage channelId={channel.id} />
    </Card>
  );
}

function TestMessage({ channelId }: { channelId: number }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const words = useRefusalWords();
  const [phone, setPhone] = useState("");
  const test = useAct<string, Schemas["TestQueued"]>("conversations", (business, to) =>
    told(
      api.POST("/api/businesses/{slug}/channels/{channel_id}/test", {
        params: { path: { slug: business, channel_id: channelId } },
        body: { phone: to },
      }),
    ),
  );
  const refused = refusalOf(test.error);
  const error = refused && (refused.code === "bad_setting" ? t("refusals.bad_phone") : words(refused));
  return (
    <Form className="flex flex-wrap items-start gap-2" onSend={() => test.mutate(phone.trim())}>
      <Field
        label={t("settings.channels.testTo")}
        hint={t("settings.channels.testHint")}
        error={error}
        className="w-full max-w-72"
      >
        <Input
          type="tel"
          dir="ltr"
          className="text-start"
          required
          maxLength={40}
          placeholder="052-123-4567"
          value={phone}
          onChange={(event) => {
            setPhone(event.target.value);
            if (test.isError || test.isSuccess) test.reset();
          }}
        />
      </Field>
      <Button type="submit" busy={test.isPending} className="mt-5.5">
        <Send className="size-4 rtl:-scale-x-100" />
        {t("settings.channels.test")}
      </Button>
      {test.data ? (
        <p role="status" className="mt-7 text-sm text-green">
          {t("settings.channels.queued")}{" "}
          <Link to={`/b/${slug}/inbox/${test.data.conversation_id}`} className="font-medium underline">
            {t("settings.channels.toConversation")}
          </Link>
        </p>
      ) : null}
    </Form>
  );
}
