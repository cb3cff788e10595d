import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { TradeChips } from "@/domain/TradeChips";
import { useTradeChoices, useTradeName } from "@/domain/trades";
import { useTouched } from "@/session/touched";
import { Button } from "@/ui/Button";
import { Form, Select } from "@/ui/Field";
import { Card } from "@/ui/Page";
import { say } from "@/ui/toast";
import { type Settings, useEditSettings } from "./api";
import { SaveBar } from "./parts";

/** Requests of a trade that nobody does are offered to people of these others. */
export function RelatedTrades({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const nameOf = useTradeName();
  const trades = useTradeChoices() ?? [];
  const edit = useEditSettings();
  const { values, dirty, change, clear, versionFor } = useTouched(
    "settings.related",
    { related: settings.related_trades },
    settings.version,
  );
  const { related } = values;
  const set = (next: Settings["related_trades"]) => change("related", next);
  const left = trades.filter(({ key }) => !(key in related));
  const save = () =>
    edit.mutate(
      {
        related_trades: Object.fromEntries(Object.entries(related).filter(([, takers]) => takers.length)),
        version: versionFor(edit.error),
      },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );

  return (
    <Card title={t("settings.related.title")}>
      <Form className="flex flex-col gap-5" onSend={save}>
        <p className="max-w-[70ch] text-ink-soft">{t("settings.related.words")}</p>
        {Object.entries(related).map(([trade, takers]) => (
          <fieldset key={trade} className="flex flex-col gap-2">
            <legend className="sr-only">{t("settings.related.of", { trade: nameOf(trade) })}</legend>
            <div className="flex items-center justify-between gap-2">
              <span aria-hidden className="font-medium">
                {t("settings.related.of", { trade: nameOf(trade) })}
              </span>
              <Button
                look="quiet"
                size="icon"
                aria-label={t("settings.facts.remove", { name: nameOf(trade) })}
                onClick={() =>
                  set(Object.fromEntries(Object.entries(related).filter(([key]) => key !== trade)))
                }
              >
                <Trash2 className="size-4" />
              </Button>
            </div>
            <TradeChips value={takers} onChange={(next) => set({ ...related, [trade]: next })} />
          </fieldset>
        ))}
        {left.length ? (
          <Select
            aria-label={t("settings.related.add")}
            className="max-w-72"
            value=""
            onChange={(event) => set({ ...related, [event.target.value]: [] })}
          >
            <option value="">{t("settings.related.add")}</option>
            {left.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        ) : null}
        <SaveBar dirty={dirty} edit={edit} onCancel={clear} />
      </Form>
    </Card>
  );
}
