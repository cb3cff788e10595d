import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Panel";

interface Props {
  count: number;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asked first, as those who were promised a visit are told at once. */
export function ConfirmCancel({ count, onClose, onConfirm }: Props) {
  const { t } = useTranslation();
  return (
    <Panel
      open
      shape="dialog"
      onClose={onClose}
      title={t("leads.bulk.cancelTitle")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="danger" onClick={onConfirm}>
            {t("leads.bulk.cancelDo")}
          </Button>
        </>
      }
    >
      <p>{t("leads.bulk.cancelWords", { count, number: count })}</p>
    </Panel>
  );
}
