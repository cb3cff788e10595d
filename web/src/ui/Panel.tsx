import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cn } from "@/lib/cn";
import { Button } from "./Button";

interface Props {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Said to screen readers; none where the title says it all. */
  description?: string;
  children: ReactNode;
  actions?: ReactNode;
  /** A dialog stands in the middle; a panel at the inline end, and from below on phones. */
  shape?: "panel" | "dialog";
  wide?: boolean;
  /** A form begins at its first field. */
  focusFirst?: boolean;
}

const startAtField = (event: Event) => {
  const field = (event.target as HTMLElement).querySelector<HTMLElement>("input, select, textarea");
  if (!field) return;
  event.preventDefault();
  field.focus();
};

/** What is said in a toast can be pressed beside an open panel, which stays open. */
const stayForToasts = (event: CustomEvent<{ originalEvent: Event }>) => {
  const { target } = event.detail.originalEvent;
  if (target instanceof Element && target.closest("[data-sonner-toaster]")) event.preventDefault();
};

const PANEL =
  "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-card sm:inset-y-0 sm:start-auto sm:end-0 sm:max-h-none sm:w-[460px] sm:rounded-none sm:border-s";
const DIALOG =
  "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-card sm:inset-0 sm:m-auto sm:h-fit sm:max-h-[88dvh] sm:w-[480px] sm:rounded-card sm:border";

/** What opens beside or above the page without leaving it. */
export function Panel({
  open,
  onClose,
  title,
  description,
  children,
  actions,
  shape = "panel",
  wide,
  focusFirst,
}: Props) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirst ? startAtField : undefined}
          onInteractOutside={stayForToasts}
          className={cn(
            "fixed z-50 flex flex-col border-line bg-surface shadow-float",
            shape === "panel" ? PANEL : DIALOG,
            wide && (shape === "panel" ? "sm:w-[680px]" : "sm:w-[720px]"),
          )}
        >
          <header className="flex items-center gap-3 border-b border-line px-4 py-3">
            <Dialog.Title className="min-w-0 grow truncate text-lg font-bold">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="iconSm" aria-label={t("common.close")}>
                <X className="size-4" />
              </Button>
            </Dialog.Close>
          </header>
          {description ? (
            <Dialog.Description className="px-4 pt-3 text-ink-soft">{description}</Dialog.Description>
          ) : null}
          <div className="thin-scroll min-h-0 grow overflow-y-auto p-4">{children}</div>
          {actions ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
              {actions}
            </footer>
          ) : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
