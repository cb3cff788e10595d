import { useTranslation } from "react-i18next";
import { sayPhone } from "@/lib/phone";
import { isConflict, refusalOf } from "@/lib/refusal";
import { useTouched } from "@/session/touched";
import { Field, Form, Input, Select } from "@/ui/Field";
import { Card } from "@/ui/Page";
import { say } from "@/ui/toast";
import { type Settings, useEditSettings } from "./api";
import { Facts } from "./Facts";
import { SaveBar, WithSettings } from "./parts";

const ZONES = Intl.supportedValuesOf("timeZone");
const LANGUAGES = ["he", "en"] as const;

export function Business() {
  return (
    <WithSettings>
      {(settings) => (
        <div className="flex flex-col gap-4">
          <Basics settings={settings} />
          <Facts settings={settings} />
        </div>
      )}
    </WithSettings>
  );
}

const basicsOf = (settings: Settings) => ({
  name: settings.name,
  zone: settings.zone,
  language: settings.language,
  staff_e164: settings.staff_e164 ? sayPhone(settings.staff_e164) : "",
  offer_minutes: String(settings.offer_minutes),
  urgent_offer_minutes: String(settings.urgent_offer_minutes),
  asks_rating: settings.asks_rating ? "yes" : "no",
  records_calls: settings.records_calls ? "yes" : "no",
  calls_back: settings.calls_back ? "yes" : "no",
  calls_reminders: settings.calls_reminders ? "yes" : "no",
});
type Name = keyof ReturnType<typeof basicsOf>;

function Basics({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const stored = basicsOf(settings);
  const { values, touched, dirty, change, clear, isOvertaken, versionFor } = useTouched(
    "settings.basics",
    stored,
    settings.version,
  );
  const edit = useEditSettings();
  const refused = refusalOf(edit.error);
  const badField = refused?.code === "bad_setting" ? refused.params.field : null;
  const conflict = isConflict(edit.error);

  const save = () => {
    const {
      staff_e164,
      offer_minutes,
      urgent_offer_minutes,
      asks_rating,
      records_calls,
      calls_back,
      calls_reminders,
      ...plain
    } = touched;
    edit.mutate(
      {
        ...plain,
        ...(staff_e164 === undefined ? {} : { staff_e164: staff_e164.trim() || null }),
        ...(offer_minutes === undefined ? {} : { offer_minutes: Number(offer_minutes) }),
        ...(urgent_offer_minutes === undefined ? {} : { urgent_offer_minutes: Number(urgent_offer_minutes) }),
        ...(asks_rating === undefined ? {} : { asks_rating: asks_rating === "yes" }),
        ...(records_calls === undefined ? {} : { records_calls: records_calls === "yes" }),
        ...(calls_back === undefined ? {} : { calls_back: calls_back === "yes" }),
        ...(calls_reminders === undefined ? {} : { calls_reminders: calls_reminders === "yes" }),
        version: versionFor(edit.error),
      },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );
  };
  const hint = (name: Name, words?: string) =>
    conflict && isOvertaken(name)
      ? t("settings.storedNow", { value: stored[name] || t("common.none") })
      : words;

  return (
    <Card title={t("settings.business.basics")}>
      <Form className="flex flex-col gap-4" onSend={save}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("settings.business.name")}
            hint={hint("name", t("settings.business.nameHint"))}
            error={badField === "name" ? t("common.required") : null}
          >
            <Input
              dir="auto"
              required
              maxLength={120}
              value={values.name}
              onChange={(event) => change("name", event.target.value)}
            />
          </Field>
          <Field
            label={t("settings.business.staff")}
            hint={hint("staff_e164", t("settings.business.staffHint"))}
            error={badField === "staff_e164" ? t("refusals.bad_phone") : null}
          >
            <Input
              type="tel"
              dir="ltr"
              className="text-start"
              maxLength={40}
              placeholder="052-123-4567"
              value={values.staff_e164}
              onChange={(event) => change("staff_e164", event.target.value)}
            />
          </Field>
          <Field
            label={t("settings.business.language")}
            hint={hint("language", t("settings.business.languageHint"))}
          >
            <Select
              value={values.language}
              onChange={(event) => change("language", event.target.value as Settings["language"])}
            >
              {LANGUAGES.map((language) => (
                <option key={language} value={language}>
                  {t(`settings.language.${language}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label={t("settings.business.zone")}
            hint={hint("zone", t("settings.business.zoneHint"))}
            error={badField === "zone" ? t("settings.business.badZone") : null}
          >
            <Select dir="ltr" value={values.zone} onChange={(event) => change("zone", event.target.value)}>
              {[...new Set([values.zone, "Asia/Jerusalem", ...ZONES])].map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll("_", " ")}
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label={t("settings.business.offer")}
            hint={hint("offer_minutes", t("settings.business.offerHint"))}
          >
            <Minutes value={values.offer_minutes} onChange={(value) => change("offer_minutes", value)} />
          </Field>
          <Field
            label={t("settings.business.urgentOffer")}
            hint={hint("urgent_offer_minutes", t("settings.business.urgentOfferHint"))}
          >
            <Minutes
              value={values.urgent_offer_minutes}
              onChange={(value) => change("urgent_offer_minutes", value)}
            />
          </Field>
          <Field
            label={t("settings.business.rating")}
            hint={hint("asks_rating", t("settings.business.ratingHint"))}
          >
            <Select
              value={values.asks_rating}
              onChange={(event) => change("asks_rating", event.target.value)}
            >
              <option value="yes">{t("settings.business.ratingAsked")}</option>
              <option value="no">{t("settings.business.ratingNotAsked")}</option>
            </Select>
          </Field>
          <Field
            label={t("settings.business.recording")}
            hint={hint("records_calls", t("settings.business.recordingHint"))}
          >
            <Select
              value={values.records_calls}
              onChange={(event) => change("records_calls", event.target.value)}
            >
              <option value="no">{t("settings.business.notRecorded")}</option>
              <option value="yes">{t("settings.business.recorded")}</option>
            </Select>
          </Field>
          <Field
            label={t("settings.business.callsBack")}
            hint={hint("calls_back", t("settings.business.callsBackHint"))}
          >
            <Select value={values.calls_back} onChange={(event) => change("calls_back", event.target.value)}>
              <option value="no">{t("settings.business.callsBackTeam")}</option>
              <option value="yes">{t("settings.business.callsBackLeah")}</option>
            </Select>
          </Field>
          <Field
            label={t("settings.business.callsReminders")}
            hint={hint("calls_reminders", t("settings.business.callsRemindersHint"))}
          >
            <Select
              value={values.calls_reminders}
              onChange={(event) => change("calls_reminders", event.target.value)}
            >
              <option value="no">{t("settings.business.callsRemindersOff")}</option>
              <option value="yes">{t("settings.business.callsRemindersOn")}</option>
            </Select>
          </Field>
        </div>
        <SaveBar dirty={dirty} edit={edit} atField={badField !== null} onCancel={clear} />
      </Form>
    </Card>
  );
}

function Minutes({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Input
      type="number"
      inputMode="numeric"
      required
      min={1}
      max={1440}
      step={1}
      className="max-w-32 tabular-nums"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
