export function VisitPage() {
  return null;
}
