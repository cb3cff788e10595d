import { MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { cn } from "@/lib/cn";
import { Empty, Page } from "@/ui/Page";
import { ConversationList } from "./ConversationList";
import { Thread } from "./Thread";

/** Conversations, the one that is open, and whom it is with. On a phone one at a time. */
export function InboxPage() {
  const { t } = useTranslation();
  const { conversationId } = useParams();
  const open = Number(conversationId) || null;
  return (
    <div className="flex h-full min-h-0">
      <div className={cn("w-full shrink-0 sm:w-80 sm:border-e sm:border-line", open && "hidden sm:block")}>
        <Page full title={t("inbox.title")}>
          <ConversationList open={open} />
        </Page>
      </div>
      <div className={cn("min-w-0 grow", !open && "hidden sm:block")}>
        {open ? (
          <Thread key={open} conversationId={open} />
        ) : (
          <div className="grid h-full place-items-center">
            <Empty icon={<MessagesSquare className="size-8" />} title={t("inbox.choose")}>
              {t("inbox.chooseWords")}
            </Empty>
          </div>
        )}
      </div>
    </div>
  );
}
