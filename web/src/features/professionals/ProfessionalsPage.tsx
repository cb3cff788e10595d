export function ProfessionalsPage() {
  return null;
}
