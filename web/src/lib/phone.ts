/** 052-765-4321 for an Israeli number, the international form for others. */
export function sayPhone(e164: string): string {
  const israeli = /^\+972(\d{8,9})$/.exec(e164);
  if (!israeli) return e164;
  const national = `0${israeli[1]}`;
  return national.length === 10
    ? `${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}`
    : `${national.slice(0, 2)}-${national.slice(2, 5)}-${national.slice(5)}`;
}
