export function TracePanel(_: { conversationId: number; messageId: number; onClose: () => void }) {
  return null;
}
