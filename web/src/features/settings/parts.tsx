import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isConflict } from "@/lib/refusal";
import { Button } from "@/ui/Button";
import { Failed, Skeletons } from "@/ui/Page";
import { Refused } from "@/ui/Refused";
import { type Settings, useSettings } from "./api";

/** What a part is for, above it. */
export function Intro({ children }: { children: ReactNode }) {
  return <p className="max-w-[70ch] text-ink-soft">{children}</p>;
}

/** The settings once they are here. */
export function WithSettings({ children }: { children: (settings: Settings) => ReactNode }) {
  const { data, error, refetch } = useSettings();
  if (data) return children(data);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return <Skeletons rows={5} />;
}

interface SaveBarProps {
  dirty: boolean;
  edit: { isPending: boolean; error: unknown; reset: () => void };
  /** The error stands at its field and is not repeated here. */
  atField?: boolean;
  disabled?: boolean;
  /** What was touched is let go of. */
  onCancel: () => void;
}

/** Saving what was touched, or leaving it; and what the server said about it. */
export function SaveBar({ dirty, edit, atField, disabled, onCancel }: SaveBarProps) {
  const { t } = useTranslation();
  const conflict = isConflict(edit.error);
  if (!dirty) return null;
  const cancel = () => {
    onCancel();
    edit.reset();
  };
  return (
    <div className="flex flex-col gap-3">
      {atField ? null : <Refused error={edit.error} />}
      <div className="flex gap-2">
        <Button look="primary" type="submit" busy={edit.isPending} disabled={disabled}>
          {conflict ? t("settings.saveOver") : t("common.save")}
        </Button>
        <Button onClick={cancel}>{conflict ? t("settings.keepTheirs") : t("common.cancel")}</Button>
      </div>
    </div>
  );
}
