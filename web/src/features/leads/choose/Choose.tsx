import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Lead } from "../api";
import type { Choice } from "./choosing";

const BOX = "size-4 cursor-pointer accent-accent";
const AROUND = "grid size-full min-h-8 cursor-pointer place-items-center";

/** Chooses a row. Around the box there is room to miss it without opening the row. */
export function ChooseRow({ lead, choice }: { lead: Lead; choice: Choice }) {
  const { t } = useTranslation();
  const stretch = useRef(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: clicks on the box are not clicks on the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box inside is what the keyboard reaches
    <span className="contents" onClick={(event) => event.stopPropagation()}>
      <label
        className={AROUND}
        onClickCapture={(event) => {
          stretch.current = event.shiftKey;
        }}
      >
        <span className="sr-only">
          {t("leads.bulk.choose", { name: lead.customer_name ?? t("leads.nameless") })}
        </span>
        <input
          type="checkbox"
          className={BOX}
          checked={choice.has(lead.id)}
          onChange={() => choice.toggle(lead.id, stretch.current)}
        />
      </label>
    </span>
  );
}

/** Chooses all rows that are loaded. */
export function ChooseAll({ choice }: { choice: Choice }) {
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = choice.all === "some";
  }, [choice.all]);
  return (
    <label className={AROUND}>
      <span className="sr-only">{t("leads.bulk.chooseAll")}</span>
      <input
        ref={box}
        type="checkbox"
        className={BOX}
        checked={choice.all === "all"}
        onChange={choice.toggleAll}
      />
    </label>
  );
}
